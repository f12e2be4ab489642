/**
 * When a backend was up, failing or silent, from the traffic alone: what `backend-now.ts` showed at each moment of a run, with
 * the exact ends that only looking back gives.
 *
 * Evidence is a success (an answer below 500, to its last byte) or a failure:
 * - `REFUSED`: a reset in answer to a SYN
 * - `UNANSWERED`: no answer, by the rules of `backend-now.ts`, or the source closed the connection while a request waited for
 *   its answer (its timer ran out, or its own client had gone)
 * - `RESET`: the backend closed the connection while a request waited for its answer, or within the answer
 * - `SERVER_ERROR`: an answer of 500 or above
 *
 * The backend is *up* from its first success on. It is *failing* from the first of `FAILURES_IN_A_ROW` failures without a
 * success between on, or for as long as `backend-now.ts` calls it down: a single slow or faulty request is no state. It is
 * up again with the next success. It was *silent* while its source did not turn to it although others got their share:
 * between two attempts at it, `SHORTEST_SILENCE_NS` apart or more, the source turned `SHARES_MISSED` times as often to its
 * other backends as it has backends. Turns are what was sent (connections and requests): answers come in heaps when a
 * backlog drains. (With requests spread evenly over k backends, the chance of that is about e^−10; a method that prefers
 * some, like ip-hash, can leave a backend silent for good.) What is silent because nobody asked anything is not reported
 * as silent: the state before it lasts.
 */

import * as BackendState from "../../readings/backend-state.ts";
import * as FailureReason from "../../readings/failure-reason.ts";
import * as LiveState from "../../readings/live-state.ts";
import { StateSpan } from "../../readings/state-span.ts";
import { SECOND_NS } from "../samples/second-counters.ts";
import { BackendNow, type SourceTurns, type StateNow } from "./backend-now.ts";

const FAILURES_IN_A_ROW: i32 = 3;
const SHARES_MISSED: i32 = 10;
/** A hole in the traffic that is shorter is how traffic is. */
const SHORTEST_SILENCE_NS: f64 = SECOND_NS;
/** States kept of one backend; beyond it, the shortest ones are merged with those around them. */
const MAX_STATES: i32 = 100;

export class BackendHistory {
  /** The rules for what it is at a moment. Single segments are told in a run under way only; it does without them. */
  readonly now: BackendNow;
  private readonly source: SourceTurns;
  /** The states so far are the first `count`; the records behind are for use again. */
  private readonly spans: StateSpan[] = [];
  private count: i32 = 0;
  /** When the source last turned to the backend, or the backend showed something; −1 = never. */
  private lastNs: f64 = -1;
  /** How often the source had turned to others by then. */
  private othersThen: i32 = 0;
  private failures: i32 = 0;
  private failingSinceNs: f64 = -1;
  private failingReason: i32 = FailureReason.REFUSED;
  /** The last state of `now` that was taken over. */
  private taken: StateNow;

  constructor(source: SourceTurns) {
    this.source = source;
    const now = new BackendNow(source, false);
    this.now = now;
    this.taken = now.current;
  }

  /** The source opens a connection. */
  connecting(timeNs: f64): void {
    this.reach(timeNs);
    this.now.connecting(timeNs);
    this.touch(timeNs);
  }

  /** The source's request was seen to its end; see `BackendNow.asked`. */
  asked(timeNs: f64, isTurn: boolean, kind: i32): void {
    this.reach(timeNs);
    this.now.asked(timeNs, isTurn, kind);
    this.touch(timeNs);
  }

  /** The backend answered well; see `BackendNow.succeeded`. */
  succeeded(askedNs: f64, timeNs: f64, timeToFirstByteNs: f64, kind: i32): void {
    this.follow(timeNs);
    this.now.succeeded(askedNs, timeNs, timeToFirstByteNs, kind);
    this.touch(timeNs);
    this.failures = 0;
    // An old process that finishes its work is no return.
    if (this.now.current.state === LiveState.DOWN) this.lengthen(timeNs);
    else this.extend(BackendState.UP, FailureReason.NONE, timeNs, timeNs);
  }

  /**
   * The backend refused, didn't answer, reset, or answered 5xx.
   * @param reason of `failure-reason.ts`
   * @param sinceNs first sign of the failure
   */
  failed(reason: i32, sinceNs: f64, timeNs: f64): void {
    this.follow(timeNs);
    this.now.failed(reason, timeNs);
    this.touch(sinceNs);
    if (this.failures === 0) {
      this.failingSinceNs = sinceNs;
      this.failingReason = reason;
    }
    this.failures++;
    const last = this.lastSpan();
    const isFailing = last !== null && last.state === BackendState.FAILING;
    if (isFailing || reason === FailureReason.REFUSED || this.failures >= FAILURES_IN_A_ROW) {
      this.extend(BackendState.FAILING, this.failingReason, this.failingSinceNs, sinceNs);
    } else this.lengthen(sinceNs);
    this.taken = this.now.current;
  }

  /** The states until `nowNs`, in order of time. Looking at them changes nothing. */
  readings(nowNs: f64): StateSpan[] {
    const states: StateSpan[] = [];
    for (let index: i32 = 0; index < this.count; index++) states.push(copyOf(this.at(index)));
    // One that was never asked was passed over for as long as there is anything to see.
    const wasPassedOver = this.lastNs < 0 ? this.wasAvoided() : this.wasPassedOver(this.source.lastNs);
    const present = this.now.at(nowNs);
    if (present.state === LiveState.DOWN && present !== this.taken) {
      endAt(states, present.sinceNs);
      const toNs = wasPassedOver ? this.lastNs : nowNs;
      append(states, BackendState.FAILING, present.reason, present.sinceNs, toNs);
    }
    if (wasPassedOver) {
      append(states, BackendState.SILENT, FailureReason.NONE, Math.max(0, this.lastNs), this.source.lastNs);
    }
    return states;
  }

  private wasPassedOver(nowNs: f64): boolean {
    return nowNs - Math.max(0, this.lastNs) >= SHORTEST_SILENCE_NS && this.wasAvoided();
  }

  private wasAvoided(): boolean {
    return this.now.others() - this.othersThen >= SHARES_MISSED * this.source.backends;
  }

  /** The source turns to the backend. */
  private reach(timeNs: f64): void {
    this.follow(timeNs);
    if (this.wasPassedOver(timeNs)) {
      this.add(BackendState.SILENT, FailureReason.NONE, Math.max(0, this.lastNs), timeNs);
    } else if (this.now.current.state === LiveState.DOWN) this.lengthen(timeNs);
  }

  /** Takes over that the backend is down: what time alone brought about, or a rule of `backend-now.ts` only. */
  private follow(timeNs: f64): void {
    this.now.settle(timeNs);
    const present = this.now.current;
    if (present === this.taken) return;
    this.taken = present;
    if (present.state !== LiveState.DOWN) return;
    this.extend(
      BackendState.FAILING,
      present.reason,
      present.sinceNs,
      Math.max(present.sinceNs, this.lastNs),
    );
  }

  private touch(timeNs: f64): void {
    this.lastNs = Math.max(this.lastNs, timeNs);
    this.othersThen = this.now.others();
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
    const last = this.lastSpan();
    if (last !== null && last.state === BackendState.SILENT && state === BackendState.SILENT) {
      last.toNs = Math.max(last.toNs, toNs);
      return;
    }
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

function copyOf(span: StateSpan): StateSpan {
  const copy = new StateSpan();
  copy.state = span.state;
  copy.reason = span.reason;
  copy.fromNs = span.fromNs;
  copy.toNs = span.toNs;
  return copy;
}

/** The last state ended by then. */
function endAt(states: StateSpan[], timeNs: f64): void {
  if (states.length === 0) return;
  const last = states[states.length - 1] as StateSpan;
  last.toNs = Math.max(last.fromNs, Math.min(last.toNs, timeNs));
}

/** Adds a state behind the others; one of the same kind goes on. */
function append(states: StateSpan[], state: i32, reason: i32, fromNs: f64, toNs: f64): void {
  const last: StateSpan | null = states.length === 0 ? null : (states[states.length - 1] as StateSpan);
  if (last !== null && last.state === state) {
    last.toNs = Math.max(last.toNs, toNs);
    return;
  }
  const span = new StateSpan();
  span.state = state;
  span.reason = reason;
  span.fromNs = last === null ? fromNs : Math.max(fromNs, last.toNs);
  span.toNs = Math.max(span.fromNs, toNs);
  states.push(span);
}
