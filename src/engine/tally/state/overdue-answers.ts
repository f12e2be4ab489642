/**
 * Which answers are late, measured by what is usual. A long poll that takes 25 s is no sign of trouble, a front page that was
 * always there in 2 ms and now takes 3 s is one; so each kind of request (its path, `pathHash`) has its own usual time, and a
 * kind that was never answered is never late: nothing is usual of it.
 */

import { SECOND_NS } from "../samples/second-counters.ts";

/** An answer is late after so long, or after `USUAL_FACTOR` times what is usual, if that is longer. */
export const LATE_NS: f64 = 3 * SECOND_NS;
const USUAL_FACTOR: f64 = 2;
/** With so many late answers and not one byte of any meanwhile, nobody is answered any more. */
export const LATE_REQUESTS: i32 = 3;

/** Kinds that are told apart; others share their places. A power of two. */
const KINDS: i32 = 256;
/** What is usual is held in µs, at most so many of them: half an hour. */
const NS_PER_UNIT: f64 = 1000;
const MAX_UNITS: f64 = 1.8e9;
/** A quicker answer takes this share off what is usual, a slower one raises it at once. */
const DECAY: f64 = 0.1;

const NEVER: f64 = -1;

export class OverdueAnswers {
  /** Usual time to first byte of each kind, 0 = never answered. Made with the first answer: most pairs have none. */
  private usual: Int32Array | null = null;
  /** When the first three answers become late, in order, and when the first of them was asked for. */
  private readonly dueNs: Float64Array = new Float64Array(LATE_REQUESTS).fill(Infinity);
  private firstNs: f64 = NEVER;

  /** When the first answer that has a time to be late at was asked for; −1 = none is awaited. */
  get firstAskedNs(): f64 {
    return this.firstNs;
  }

  /** A request was asked. @param kind its `pathHash`, 0 = not known */
  asked(kind: i32, timeNs: f64): void {
    const usual = this.usual;
    if (usual === null || kind === 0) return;
    const units = usual[kind & (KINDS - 1)] as i32;
    if (units === 0) return;
    if (this.firstNs === NEVER) this.firstNs = timeNs;
    this.put(timeNs + Math.max(LATE_NS, USUAL_FACTOR * NS_PER_UNIT * (units as f64)));
  }

  /** An answer came whole. @param tookNs to its first byte */
  answered(kind: i32, tookNs: f64): void {
    if (kind === 0 || tookNs < 0) return;
    let usual = this.usual;
    if (usual === null) {
      usual = new Int32Array(KINDS);
      this.usual = usual;
    }
    const place = kind & (KINDS - 1);
    const units = Math.min(MAX_UNITS, Math.ceil(tookNs / NS_PER_UNIT) + 1);
    const before: f64 = usual[place] as f64;
    usual[place] = Math.max(units, before - (before - units) * DECAY) as i32;
  }

  /** Bytes of an answer came: what was asked before them is not counted any more. */
  clear(): void {
    if (this.firstNs === NEVER) return;
    this.firstNs = NEVER;
    this.dueNs.fill(Infinity);
  }

  /** How many answers are late, 0 … `LATE_REQUESTS`. */
  lateAt(nowNs: f64): i32 {
    let late: i32 = 0;
    while (late < LATE_REQUESTS && (this.dueNs[late] as f64) <= nowNs) late++;
    return late;
  }

  /** Keeps the earliest, in order. */
  private put(dueNs: f64): void {
    const all = this.dueNs;
    let place: i32 = LATE_REQUESTS - 1;
    if (dueNs >= (all[place] as f64)) return;
    for (; place > 0 && (all[place - 1] as f64) > dueNs; place--) all[place] = all[place - 1] as f64;
    all[place] = dueNs;
  }
}
