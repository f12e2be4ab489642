import { OTHER_PROTOCOL } from "./discard-reason.ts";

/** Counts of what was given up, by the reasons of `discard-reason.ts`, all from 0. */
export class Discards {
  readonly counts: Float64Array = new Float64Array(OTHER_PROTOCOL + 1);

  add(reason: i32, count: f64): void {
    this.counts[reason] = (this.counts[reason] as f64) + count;
  }
}
