/**
 * Takes readings in the order in which `ReadingsWriter` has them. The host alone does: AssemblyScript parses this file and
 * compiles nothing of it.
 */
export class ReadingsReader {
  private readonly values: Float64Array;
  private at: i32 = 0;

  /** @param values what a `ReadingsWriter` holds; they are read where they lie */
  constructor(values: Float64Array) {
    this.values = values;
  }

  /** Whether there is more to be taken. */
  get hasMore(): boolean {
    return this.at < this.values.length;
  }

  /** The next reading. @throws RangeError where there is none: more is taken than was put */
  number(): f64 {
    if (this.at >= this.values.length) throw new RangeError("readings end in the middle");
    return this.values[this.at++] as f64;
  }

  /** As `putFlag` has it. */
  flag(): boolean {
    return this.number() !== 0;
  }

  /** As `putNumbers` has them. */
  numbers(): Float64Array {
    const length = this.number() as i32;
    const start = this.at;
    this.at += length;
    return this.values.subarray(start, this.at);
  }

  /** Passes over what `putOctets` put; returns where it is, for `textAt`. */
  passText(): i32 {
    const start = this.at;
    const length = this.number() as i32;
    this.at += length;
    return start;
  }

  /** What `putOctets` put there, each octet as one character (latin-1). */
  textAt(start: i32): string {
    const end = start + 1 + (this.values[start] as i32);
    let text = "";
    for (let at = start + 1; at < end; at++) text += String.fromCharCode(this.values[at] as i32);
    return text;
  }

  /** Where the next reading is, to come back to by `moveTo`. */
  get place(): i32 {
    return this.at;
  }

  moveTo(place: i32): void {
    this.at = place;
  }
}
