/** Where readings are put, one number behind the other, for the host to take (`ReadingsReader`). What was not measured is NaN. */

const INITIAL_LENGTH: i32 = 256;

export class ReadingsWriter {
  /** The readings, in `values[0 … length)`. */
  values: Float64Array = new Float64Array(INITIAL_LENGTH);
  length: i32 = 0;

  /** Begins anew: what was put was taken. */
  begin(): void {
    this.length = 0;
  }

  put(value: f64): void {
    if (this.length === this.values.length) this.grow(2 * this.length);
    this.values[this.length++] = value;
  }

  putFlag(flag: boolean): void {
    this.put(flag ? 1 : 0);
  }

  /** How many numbers, then each of them. */
  putNumbers(numbers: Float64Array): void {
    this.put(numbers.length);
    for (let index: i32 = 0; index < numbers.length; index++) this.put(numbers[index] as f64);
  }

  /** How many octets, then each of them; `null` as none. */
  putOctets(octets: Uint8Array | null): void {
    if (octets === null) {
      this.put(0);
      return;
    }
    this.put(octets.length);
    for (let index: i32 = 0; index < octets.length; index++) this.put(octets[index] as u8);
  }

  private grow(length: i32): void {
    const larger = new Float64Array(length);
    larger.set(this.values);
    this.values = larger;
  }
}
