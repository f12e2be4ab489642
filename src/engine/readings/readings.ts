/**
 * Numbers that leave the room, one behind the other: who reads them (`ReadingsReader` of the metrics room) knows their order.
 * What was not measured is NaN.
 */

const INITIAL_LENGTH: i32 = 256;

export class Readings {
  /** The readings, in `values[0 … length)`. */
  values: Float64Array = new Float64Array(INITIAL_LENGTH);
  length: i32 = 0;

  /** Begins anew: what was written was read. */
  begin(): void {
    this.length = 0;
  }

  put(value: f64): void {
    if (this.length === this.values.length) this.grow();
    this.values[this.length++] = value;
  }

  /** Octets as readings: how many, then each of them; `null` as none. */
  putOctets(octets: Uint8Array | null): void {
    if (octets === null) {
      this.put(0);
      return;
    }
    this.put(octets.length);
    for (let index: i32 = 0; index < octets.length; index++) this.put(octets[index] as u8);
  }

  private grow(): void {
    const larger = new Float64Array(2 * this.values.length);
    larger.set(this.values);
    this.values = larger;
  }
}
