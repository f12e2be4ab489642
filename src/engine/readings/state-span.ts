import { UP } from "./backend-state.ts";
import { NONE } from "./failure-reason.ts";
import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

/** A state of a backend over a time, in ns since the capture's first packet. */
export class StateSpan {
  /** Of `backend-state.ts`. */
  state: i32 = UP;
  /** Of `failure-reason.ts`: the first failure of a failing time. */
  reason: i32 = NONE;
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
