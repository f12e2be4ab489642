/** What a backend was over a time: the rules are in `tally/state/backend-history.ts`. */
import * as FailureReason from "./failure-reason.ts";
import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

export const UP = 0;
export const FAILING = 1;
export const SILENT = 2;

/** Their names in reports, by their numbers. */
export const BACKEND_STATES = ["up", "failing", "silent"] as const;

/** A state over a time, in ns since the capture's first packet. */
export class StateSpan {
  state: i32 = UP;
  /** Of `failure-reason.ts`: the first failure of a failing time. */
  reason: i32 = FailureReason.NONE;
  fromNs: f64 = 0;
  toNs: f64 = 0;

  get lengthNs(): f64 {
    return this.toNs - this.fromNs;
  }

  put(to: ReadingsWriter): void {
    to.put(this.state);
    to.put(this.reason);
    to.put(this.fromNs);
    to.put(this.toNs);
  }

  take(from: ReadingsReader): void {
    this.state = from.number() as i32;
    this.reason = from.number() as i32;
    this.fromNs = from.number();
    this.toNs = from.number();
  }
}
