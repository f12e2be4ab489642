/** Reads the readings that the tally room put down, in the order in which it did: NaN there is `null` here. */
import { NANOSECONDS_PER_MILLISECOND } from "../units.ts";
import type { Distribution } from "./run-metrics.ts";

export class ReadingsReader {
  readonly #values: Float64Array;
  #at = 0;

  /** @param values as the tally room's `Readings` hold them; they are read where they lie */
  constructor(values: Float64Array) {
    this.#values = values;
  }

  /** Whether there is more to be read. */
  get hasMore(): boolean {
    return this.#at < this.#values.length;
  }

  /**
   * The next reading, which is always measured.
   * @throws RangeError where there is none: the two rooms don't agree on what was put down
   */
  number(): number {
    const value = this.#values[this.#at++];
    if (value === undefined) throw new RangeError("readings end in the middle");
    return value;
  }

  /** The next reading, `null` where it was not measured. */
  measured(): number | null {
    const value = this.number();
    return Number.isNaN(value) ? null : value;
  }

  /** The next reading, a yes or a no. */
  flag(): boolean {
    return this.number() !== 0;
  }

  /** Octets, as latin-1: `Readings.putOctets`. */
  text(): string {
    const length = this.number();
    const start = this.#at;
    this.#at += length;
    return String.fromCharCode(...this.#values.subarray(start, this.#at));
  }

  /** As many of something as the next reading says. */
  list<Item>(read: () => Item): Item[] {
    return Array.from({ length: this.number() }, read);
  }

  /** A time in ns, as ms. */
  milliseconds(): number | null {
    const ns = this.measured();
    return ns === null ? null : ns / NANOSECONDS_PER_MILLISECOND;
  }

  /** `Samples.distribution`. */
  distribution(): Distribution {
    return {
      count: this.number(),
      mean: this.milliseconds(),
      standardDeviation: this.milliseconds(),
      min: this.milliseconds(),
      p50: this.milliseconds(),
      p90: this.milliseconds(),
      p95: this.milliseconds(),
      p99: this.milliseconds(),
      max: this.milliseconds(),
    };
  }
}
