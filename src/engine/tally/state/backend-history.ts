/**
 * When a backend was up, failing or silent, from the traffic alone.
 *
 * Evidence is a success (an answer below 500, to its last byte) or a failure:
 * - `REFUSED`: a reset in answer to a SYN
 * - `UNANSWERED`: a SYN had to be repeated, or the source closed the connection while a request waited for its answer (its
 *   timer ran out, or its own client had gone)
 * - `RESET`: the backend closed the connection while a request waited for its answer, or within the answer
 * - `SERVER_ERROR`: an answer of 500 or above
 *
 * The backend is *up* from its first success on. It is *failing* from the first of `FAILURES_IN_A_ROW` failures without a
 * success between on, or from the first refusal at once: a single slow or faulty request is no state. It is up again with
 * the next success. It was *silent* while its source did not turn to it although others got their share: between two
 * attempts at it, the source's other backends gave `SHARES_MISSED` times as much evidence as there are backends. (With
 * requests spread evenly over k backends, the chance of that is about e^−10; a method that prefers some, like ip-hash, can
 * leave a backend silent for good.) What is silent because nobody asked anything is not reported as silent: the state
 * before it lasts.
 */

import * as BackendState from "../../readings/backend-state.ts";
import * as FailureReason from "../../readings/failure-reason.ts";
import { StateSpan } from "../../readings/state-span.ts";

const FAILURES_IN_A_ROW: i32 = 3;
const SHARES_MISSED: i32 = 10;
/** States kept of one backend; beyond it, the shortest ones are merged with those around them. */
const MAX_STATES: i32 = 100;

/** What all backends of one source have shown. */
export class SourceActivity {
  backends: i32 = 0;
  evidence: i32 = 0;
  lastNs: f64 = 0;
}

export class BackendHistory {
  private readonly source: SourceActivity;
  /** The states so far are the first `count`; the records behind are for use again. */
  private readonly spans: StateSpan[] = [];
  private count: i32 = 0;
  /** When the source last turned to the backend, or the backend showed something; −1 = never. */
  private lastNs: f64 = -1;
  /** The source's evidence without this backend's, up to then. */
  private othersThen: i32 = 0;
  private ownEvidence: i32 = 0;
  private failures: i32 = 0;
  private failingSinceNs: f64 = -1;
  private failingReason: i32 = FailureReason.REFUSED;

  constructor(source: SourceActivity) {
    this.source = source;
    source.backends++;
  }

  /** The source turns to the backend. */
  asked(timeNs: f64): void {
    if (this.wasPassedOver()) {
      this.add(BackendState.SILENT, FailureReason.NONE, Math.max(0, this.lastNs), timeNs);
    }
    this.touch(timeNs);
  }

  /** The backend answered well. */
  succeeded(timeNs: f64): void {
    this.note(timeNs);
    this.failures = 0;
    this.extend(BackendState.UP, FailureReason.NONE, timeNs, timeNs);
  }

  /** The backend refused, didn't answer, reset, or answered 5xx. @param reason of `failure-reason.ts` */
  failed(reason: i32, timeNs: f64): void {
    this.note(timeNs);
    if (this.failures === 0) {
      this.failingSinceNs = timeNs;
      this.failingReason = reason;
    }
    this.failures++;
    const last = this.lastSpan();
    const isFailing = last !== null && last.state === BackendState.FAILING;
    if (isFailing || reason === FailureReason.REFUSED || this.failures >= FAILURES_IN_A_ROW) {
      this.extend(BackendState.FAILING, this.failingReason, this.failingSinceNs, timeNs);
    } else this.lengthen(timeNs);
  }

  /** The states so far, in order of time. */
  readings(): StateSpan[] {
    const states = this.spans.slice(0, this.count);
    if (!this.wasPassedOver()) return states;
    const silent = new StateSpan();
    silent.state = BackendState.SILENT;
    silent.fromNs = Math.max(0, this.lastNs);
    silent.toNs = Math.max(silent.fromNs, this.source.lastNs);
    states.push(silent);
    return states;
  }

  private wasPassedOver(): boolean {
    const others = this.source.evidence - this.ownEvidence - this.othersThen;
    return others >= SHARES_MISSED * this.source.backends;
  }

  private touch(timeNs: f64): void {
    this.lastNs = Math.max(this.lastNs, timeNs);
    this.othersThen = this.source.evidence - this.ownEvidence;
  }

  /** The backend showed something. */
  private note(timeNs: f64): void {
    const source = this.source;
    this.ownEvidence++;
    source.evidence++;
    source.lastNs = Math.max(source.lastNs, timeNs);
    this.touch(timeNs);
  }

  /** The state, up or failing, lasts until `toNs`, or begins at `fromNs`, when the one before it ends. */
  private extend(state: i32, reason: i32, fromNs: f64, toNs: f64): void {
    const last = this.lastSpan();
    if (last === null) {
      this.add(state, reason, Math.max(fromNs, 0), toNs);
      return;
    }
    if (last.state === state) {
      last.toNs = Math.max(last.toNs, toNs);
      return;
    }
    let startNs = fromNs;
    if (last.state === BackendState.SILENT) startNs = last.toNs;
    else last.toNs = Math.max(last.fromNs, fromNs);
    this.add(state, reason, Math.max(startNs, last.fromNs), toNs);
  }

  /** Too little evidence for another state: the present one lasts. */
  private lengthen(toNs: f64): void {
    const last = this.lastSpan();
    if (last !== null && last.state !== BackendState.SILENT) last.toNs = Math.max(last.toNs, toNs);
  }

  private add(state: i32, reason: i32, fromNs: f64, toNs: f64): void {
    if (this.count === this.spans.length) this.spans.push(new StateSpan());
    const span = this.at(this.count++);
    span.state = state;
    span.reason = reason;
    span.fromNs = fromNs;
    span.toNs = Math.max(fromNs, toNs);
    if (this.count > MAX_STATES) this.mergeShortest();
  }

  /** Takes the shortest span between two others out: the one before it lasts until the one after it. */
  private mergeShortest(): void {
    let shortest: i32 = 1;
    for (let index: i32 = 1; index < this.count - 1; index++) {
      if (this.at(index).lengthNs < this.at(shortest).lengthNs) shortest = index;
    }
    const removed = this.remove(shortest);
    const before = this.at(shortest - 1);
    const after = this.at(shortest);
    if (before.state === after.state) {
      before.toNs = after.toNs;
      this.remove(shortest);
    } else before.toNs = removed.toNs;
  }

  /** Takes a span out; its record, which is returned, is kept for use again. */
  private remove(place: i32): StateSpan {
    const spans = this.spans;
    const removed = this.at(place);
    this.count--;
    for (let index: i32 = place; index < this.count; index++) spans[index] = this.at(index + 1);
    spans[this.count] = removed;
    return removed;
  }

  private at(index: i32): StateSpan {
    return this.spans[index] as StateSpan;
  }

  private lastSpan(): StateSpan | null {
    return this.count === 0 ? null : this.at(this.count - 1);
  }
}
