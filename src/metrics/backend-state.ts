/**
 * When a backend was up, failing or silent, from the traffic alone.
 *
 * Evidence is a success (an answer below 500, to its last byte) or a failure:
 * - `refused`: a reset in answer to a SYN
 * - `unanswered`: a SYN had to be repeated, or the source closed the connection while a request waited for its answer (its
 *   timer ran out, or its own client had gone)
 * - `reset`: the backend closed the connection while a request waited for its answer, or within the answer
 * - `5xx`: an answer of 500 or above
 *
 * The backend is *up* from its first success on. It is *failing* from the first of `FAILURES_IN_A_ROW` failures without a
 * success between on, or from the first refusal at once: a single slow or faulty request is no state. It is up again with
 * the next success. It was *silent* while its source did not turn to it although others got their share: between two
 * attempts at it, the source's other backends gave `SHARES_MISSED` times as much evidence as there are backends. (With
 * requests spread evenly over k backends, the chance of that is about e^−10; a method that prefers some, like ip-hash, can
 * leave a backend silent for good.) What is silent because nobody asked anything is not reported as silent: the state
 * before it lasts.
 */
import { NANOSECONDS_PER_SECOND } from "../units.ts";

/** Why a backend was failing. */
export type FailureReason = "refused" | "unanswered" | "reset" | "5xx";

/** A backend's state over a time. */
export interface BackendState {
  readonly state: "up" | "failing" | "silent";
  /** Seconds since the capture's first packet. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** The first failure of a failing time; `null` otherwise. */
  readonly reason: FailureReason | null;
}

const FAILURES_IN_A_ROW = 3;
const SHARES_MISSED = 10;
/** States kept of one backend; beyond it, the shortest ones are merged with those around them. */
const MOST_STATES = 100;

/** What all backends of one source have shown. */
export class SourceActivity {
  backends = 0;
  evidence = 0;
  lastNs = 0;
}

interface StateSpan {
  readonly state: "up" | "failing" | "silent";
  readonly reason: FailureReason | null;
  readonly fromNs: number;
  toNs: number;
}

export class BackendStateTally {
  readonly #source: SourceActivity;
  readonly #spans: StateSpan[] = [];
  /** When the source last turned to the backend, or the backend showed something; −1 = never. */
  #lastNs = -1;
  /** The source's evidence without this backend's, up to then. */
  #othersThen = 0;
  #ownEvidence = 0;
  #failures = 0;
  #failingSinceNs = -1;
  #failingReason: FailureReason = "refused";

  constructor(source: SourceActivity) {
    this.#source = source;
    source.backends++;
    this.#othersThen = 0;
  }

  /** The source turns to the backend. */
  asked(timeNs: number): void {
    if (this.#wasPassedOver()) this.#add("silent", null, Math.max(0, this.#lastNs), timeNs);
    this.#touch(timeNs);
  }

  /** The backend answered well. */
  succeeded(timeNs: number): void {
    this.#count(timeNs);
    this.#failures = 0;
    this.#extend("up", null, timeNs, timeNs);
  }

  /** The backend refused, didn't answer, reset, or answered 5xx. */
  failed(reason: FailureReason, timeNs: number): void {
    this.#count(timeNs);
    if (this.#failures === 0) {
      this.#failingSinceNs = timeNs;
      this.#failingReason = reason;
    }
    this.#failures++;
    const isFailing = this.#spans.at(-1)?.state === "failing";
    if (isFailing || reason === "refused" || this.#failures >= FAILURES_IN_A_ROW) {
      this.#extend("failing", this.#failingReason, this.#failingSinceNs, timeNs);
    } else this.#lengthen(timeNs);
  }

  /** The states so far, in order of time. */
  states(): BackendState[] {
    const spans = [...this.#spans];
    if (this.#wasPassedOver()) {
      const fromNs = Math.max(0, this.#lastNs);
      spans.push({ state: "silent", reason: null, fromNs, toNs: Math.max(fromNs, this.#source.lastNs) });
    }
    return spans.map(({ state, reason, fromNs, toNs }) => ({
      state,
      fromSeconds: fromNs / NANOSECONDS_PER_SECOND,
      toSeconds: toNs / NANOSECONDS_PER_SECOND,
      reason,
    }));
  }

  #wasPassedOver(): boolean {
    const others = this.#source.evidence - this.#ownEvidence - this.#othersThen;
    return others >= SHARES_MISSED * this.#source.backends;
  }

  #touch(timeNs: number): void {
    this.#lastNs = Math.max(this.#lastNs, timeNs);
    this.#othersThen = this.#source.evidence - this.#ownEvidence;
  }

  #count(timeNs: number): void {
    this.#ownEvidence++;
    this.#source.evidence++;
    this.#source.lastNs = Math.max(this.#source.lastNs, timeNs);
    this.#touch(timeNs);
  }

  /** The state lasts until `toNs`, or begins at `fromNs`, when the one before it ends. */
  #extend(state: "up" | "failing", reason: FailureReason | null, fromNs: number, toNs: number): void {
    const last = this.#spans.at(-1);
    if (last?.state === state) {
      last.toNs = Math.max(last.toNs, toNs);
      return;
    }
    let startNs = fromNs;
    if (last?.state === "silent") startNs = last.toNs;
    else if (last !== undefined) last.toNs = Math.max(last.fromNs, fromNs);
    this.#add(state, reason, Math.max(startNs, last?.fromNs ?? 0), toNs);
  }

  /** Too little evidence for another state: the present one lasts. */
  #lengthen(toNs: number): void {
    const last = this.#spans.at(-1);
    if (last !== undefined && last.state !== "silent") last.toNs = Math.max(last.toNs, toNs);
  }

  #add(state: StateSpan["state"], reason: FailureReason | null, fromNs: number, toNs: number): void {
    this.#spans.push({ state, reason, fromNs, toNs: Math.max(fromNs, toNs) });
    if (this.#spans.length > MOST_STATES) this.#mergeShortest();
  }

  /** Takes the shortest span between two others out: the one before it lasts until the one after it. */
  #mergeShortest(): void {
    let shortest = 1;
    for (let index = 1; index < this.#spans.length - 1; index++) {
      if (lengthOf(this.#spans[index]) < lengthOf(this.#spans[shortest])) shortest = index;
    }
    const [removed] = this.#spans.splice(shortest, 1);
    const before = this.#spans[shortest - 1];
    const after = this.#spans[shortest];
    if (removed === undefined || before === undefined || after === undefined) return;
    if (before.state === after.state) {
      before.toNs = after.toNs;
      this.#spans.splice(shortest, 1);
    } else before.toNs = removed.toNs;
  }
}

function lengthOf(span: StateSpan | undefined): number {
  return span === undefined ? Number.POSITIVE_INFINITY : span.toNs - span.fromNs;
}
