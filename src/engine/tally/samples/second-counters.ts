/**
 * Counters for each of the last seconds, in a ring: what is older is forgotten. Memory is fixed, adding is a few array
 * accesses, and seconds in which nothing happened cost nothing. Seconds are counted from the capture's first packet.
 */

/** A second in ns. */
export const SECOND_NS: f64 = 1e9;

/** Seconds below it are divided as integers; a clock that jumps may show any. */
const FIRST_LARGE: f64 = 0x8000_0000;

export class SecondCounters {
  private readonly seconds: i32;
  private readonly counters: i32;
  private readonly counts: Float64Array;
  /** Which second each slot holds; −1 = none yet. */
  private readonly held: Float64Array;

  /**
   * @param seconds how many are kept, the present one included
   * @param counters how many each second has
   */
  constructor(seconds: i32, counters: i32) {
    this.seconds = seconds;
    this.counters = counters;
    this.counts = new Float64Array(seconds * counters);
    this.held = new Float64Array(seconds).fill(-1);
  }

  /** Adds to a counter in the second of `timeNs`; negative amounts take back. Times before those kept are ignored. */
  add(timeNs: f64, counter: i32, amount: f64): void {
    const at = this.rowOf(timeNs);
    if (at < 0) return;
    this.counts[at + counter] = (this.counts[at + counter] as f64) + amount;
  }

  /** Raises a counter to at least `value`, in the second of `timeNs`. */
  raise(timeNs: f64, counter: i32, value: f64): void {
    const at = this.rowOf(timeNs);
    if (at >= 0 && value > (this.counts[at + counter] as f64)) this.counts[at + counter] = value;
  }

  /** Forgets everything. */
  clear(): void {
    this.held.fill(-1);
    this.counts.fill(0);
  }

  /** What a counter holds for one second; 0 where nothing was counted or it is forgotten. */
  at(second: f64, counter: i32): f64 {
    if (second < 0) return 0;
    const slot = this.slotOf(second);
    return this.held[slot] === second ? (this.counts[slot * this.counters + counter] as f64) : 0;
  }

  /** Sum of a counter over the seconds from `second` on. */
  sumFrom(second: f64, counter: i32): f64 {
    const from = Math.max(0, second);
    let sum: f64 = 0;
    for (let slot: i32 = 0; slot < this.seconds; slot++) {
      if ((this.held[slot] as f64) >= from) sum += this.counts[slot * this.counters + counter] as f64;
    }
    return sum;
  }

  /** Largest value of a counter over the seconds from `second` on; 0 without any. */
  largestFrom(second: f64, counter: i32): f64 {
    const from = Math.max(0, second);
    let largest: f64 = 0;
    for (let slot: i32 = 0; slot < this.seconds; slot++) {
      const value = this.counts[slot * this.counters + counter] as f64;
      if ((this.held[slot] as f64) >= from && value > largest) largest = value;
    }
    return largest;
  }

  /** Where the counters of the time's second start, cleared where the slot held another; −1 where that is a later one. */
  private rowOf(timeNs: f64): i32 {
    const second = secondOf(timeNs);
    const slot = this.slotOf(second);
    const at = slot * this.counters;
    const held = this.held[slot] as f64;
    if (held === second) return at;
    if (held > second) return -1;
    this.held[slot] = second;
    this.counts.fill(0, at, at + this.counters);
    return at;
  }

  private slotOf(second: f64): i32 {
    if (second < FIRST_LARGE) return (second as i32) % this.seconds;
    return (second % (this.seconds as f64)) as i32;
  }
}

/** The second that a time lies in; times before the capture's start count as its start. */
export function secondOf(timeNs: f64): f64 {
  return Math.max(0, Math.floor(timeNs / SECOND_NS));
}
