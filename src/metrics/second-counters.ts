/**
 * Counters for each of the last seconds, in a ring: what is older is forgotten. Memory is fixed, adding is a few array
 * accesses, and seconds in which nothing happened cost nothing. Seconds are counted from the capture's first packet.
 */
import { NANOSECONDS_PER_SECOND } from "../units.ts";

export class SecondCounters {
  readonly #seconds: number;
  readonly #counters: number;
  readonly #counts: Float64Array;
  /** Which second each slot holds; −1 = none yet. */
  readonly #held: Float64Array;

  /**
   * @param seconds how many are kept, the present one included
   * @param counters how many each second has
   */
  constructor(seconds: number, counters: number) {
    this.#seconds = seconds;
    this.#counters = counters;
    this.#counts = new Float64Array(seconds * counters);
    this.#held = new Float64Array(seconds).fill(-1);
  }

  /** Adds to a counter in the second of `timeNs`; negative amounts take back. Times before those kept are ignored. */
  add(timeNs: number, counter: number, amount: number): void {
    const at = this.#rowOf(timeNs);
    if (at < 0) return;
    this.#counts[at + counter] = (this.#counts[at + counter] as number) + amount;
  }

  /** Raises a counter to at least `value`, in the second of `timeNs`. */
  raise(timeNs: number, counter: number, value: number): void {
    const at = this.#rowOf(timeNs);
    if (at >= 0 && value > (this.#counts[at + counter] as number)) this.#counts[at + counter] = value;
  }

  /** Forgets everything. */
  clear(): void {
    this.#held.fill(-1);
    this.#counts.fill(0);
  }

  /** What a counter holds for one second; 0 where nothing was counted or it is forgotten. */
  at(second: number, counter: number): number {
    if (second < 0) return 0;
    const slot = second % this.#seconds;
    return this.#held[slot] === second ? (this.#counts[slot * this.#counters + counter] as number) : 0;
  }

  /** Sum of a counter over the seconds from `second` on. */
  sumFrom(second: number, counter: number): number {
    let sum = 0;
    for (let slot = 0; slot < this.#seconds; slot++) {
      if ((this.#held[slot] as number) >= Math.max(0, second)) {
        sum += this.#counts[slot * this.#counters + counter] as number;
      }
    }
    return sum;
  }

  /** Largest value of a counter over the seconds from `second` on; 0 without any. */
  largestFrom(second: number, counter: number): number {
    let largest = 0;
    for (let slot = 0; slot < this.#seconds; slot++) {
      const value = this.#counts[slot * this.#counters + counter] as number;
      if ((this.#held[slot] as number) >= Math.max(0, second) && value > largest) largest = value;
    }
    return largest;
  }

  /** Where the counters of the time's second start, cleared where the slot held another; −1 where that is a later one. */
  #rowOf(timeNs: number): number {
    const second = secondOf(timeNs);
    const slot = second % this.#seconds;
    const at = slot * this.#counters;
    const held = this.#held[slot] as number;
    if (held === second) return at;
    if (held > second) return -1;
    this.#held[slot] = second;
    this.#counts.fill(0, at, at + this.#counters);
    return at;
  }
}

/** The second that a time lies in; times before the capture's start count as its start. */
export function secondOf(timeNs: number): number {
  return Math.max(0, Math.floor(timeNs / NANOSECONDS_PER_SECOND));
}
