/**
 * Whether a backend is up *now*, from the traffic alone. `backend-history.ts` looks back over a run; this looks at the
 * present, where what did not happen yet counts too: an answer that is missing.
 *
 * **down**, until it succeeds again, as soon as one of these holds:
 * 1. *refused*: a SYN was answered by RST. The port is closed; nothing else says that.
 * 2. *nothing comes back*: a SYN or request has waited for `UNHEARD_NS`, and no segment at all came from the backend since
 *    it was sent. A SYN is repeated after 1 s (RFC 6298 §2.1), data several times in 2 s: by then more than one copy went
 *    unheard, so it is no single loss.
 * 3. *nobody is answered*: at least `LATE_REQUESTS` requests wait, were asked since the backend last sent a byte of any
 *    answer, and are late by what is usual of their kind (`overdue-answers.ts`). So does a stopped process whose kernel
 *    goes on acknowledging. One slow request is not enough: it is slow where others are answered meanwhile (every byte of
 *    theirs starts the count anew), and where nobody else asks, nothing tells a slow request from a stopped process. Long
 *    polls are not enough, however many: a kind that always takes long, or was never answered, is not late.
 * 4. *failures in a row*: `HARD_FAILURES` exchanges cut or given up without an answer, or `ANY_FAILURES` with answers of
 *    500 or above among them, and no success between (the latter number is Envoy's `consecutive_5xx`). A process that
 *    answers 500 is there; one that fails every time is no use.
 * 5. *taken out of rotation*: an exchange was cut or given up, and since then the source turned `SHARES_MISSED` times to
 *    others for each of its backends, never to this one, for `AWAY_NS` at least. (nginx takes a server out for 10 s after one failure; in this
 *    time nothing is evidence, and the one failure has to do.)
 *
 * A success ends it, but not one that was asked before the latest refusal or reset: that is a process which finishes its
 * work before it ends.
 *
 * **failing**: some fail. From `FAILURES` failures on within `WINDOW_SECONDS` that are at least `FAILING_SHARE` of the
 * answers, until they are fewer than `RECOVERED_SHARE`; or `FAILURES` in a row; or where it never succeeded; or where
 * a request is late as in 3 and the source avoids the backend as in 5: that may be a slow request or a stopped process.
 *
 * Where the capture shows one direction only, no answer is missing: rules 2 (but for SYNs) and 3 want to have heard of the
 * backend at some time. A SYN that was repeated and then answered is a loss on the way, not a failure.
 *
 * **up**: it succeeded, and none of the above. Silence is no evidence: a backend that nobody asks stays what it was.
 * **unknown**: neither success nor failure so far.
 *
 * Everything here is told by events; to look at the state changes nothing.
 */

import * as FailureReason from "../../readings/failure-reason.ts";
import * as LiveState from "../../readings/live-state.ts";
import { SECOND_NS, SecondCounters, secondOf } from "../samples/second-counters.ts";
import { LATE_REQUESTS, OverdueAnswers } from "./overdue-answers.ts";

/** Rule 2. */
export const UNHEARD_NS: f64 = 2 * SECOND_NS;
/** Rule 4. */
const HARD_FAILURES: i32 = 3;
const ANY_FAILURES: i32 = 5;
/** Rule 5. With requests spread at random, the chance of it is about e^−5, and the next success sets it right. */
const SHARES_MISSED: i32 = 5;
const AWAY_NS: f64 = SECOND_NS;
/** Failing. */
const FAILURES: i32 = 3;
const WINDOW_SECONDS: i32 = 10;
const FAILING_SHARE: f64 = 0.05;
const RECOVERED_SHARE: f64 = 0.01;

const SUCCESSES: i32 = 0;
const FAILED: i32 = 1;
const NEVER: f64 = -1;

/** How often a source turned to any of its backends. */
export class SourceTurns {
  backends: i32 = 0;
  turns: i32 = 0;
  /** When it did last. */
  lastNs: f64 = 0;
}

/** A state, why, and since when: made when a state is entered, never changed. */
export class StateNow {
  /** Of `live-state.ts`. */
  readonly state: i32;
  /** Of `failure-reason.ts`; `NONE` but for failing and down. */
  readonly reason: i32;
  /** ns since the capture's first packet; −1 while unknown. */
  readonly sinceNs: f64;

  constructor(state: i32, reason: i32, sinceNs: f64) {
    this.state = state;
    this.reason = reason;
    this.sinceNs = sinceNs;
  }
}

const UNKNOWN: StateNow = new StateNow(LiveState.UNKNOWN, FailureReason.NONE, NEVER);

export class BackendNow {
  private readonly source: SourceTurns;
  private readonly seesSegments: boolean;
  /** Successes and failures by second. */
  private readonly outcomes: SecondCounters = new SecondCounters(WINDOW_SECONDS + 1, 2);
  private readonly overdue: OverdueAnswers = new OverdueAnswers();
  /** The state at the last event. */
  current: StateNow = UNKNOWN;
  private turns: i32 = 0;
  /** Requests that wait for their answer. */
  private waitingRequests: i32 = 0;
  /** First SYN or request since the backend was last heard of. */
  private firstUnheardNs: f64 = NEVER;
  /** When the first request was asked since the backend last sent an answer, others had got so many turns. */
  private othersAtUnanswered: i32 = 0;
  /** Whether it was ever heard of: a capture of one direction only shows no answers. */
  private wasHeard: boolean = false;
  private succeededNs: f64 = NEVER;
  /** Since the last success that counts: failures, those that are no 5xx among them, the first one. */
  private inARow: i32 = 0;
  private hardInARow: i32 = 0;
  private firstFailureNs: f64 = NEVER;
  private firstReason: i32 = FailureReason.REFUSED;
  private refused: boolean = false;
  /** Since the latest failure that is no 5xx. */
  private isAskedAgain: boolean = true;
  private othersAtFailure: i32 = 0;
  /** Latest refusal or reset. */
  private brokeNs: f64 = NEVER;
  /** Of the time with failures that goes on or was last. */
  private boutFromNs: f64 = NEVER;
  private boutReason: i32 = FailureReason.REFUSED;
  private lastFailureNs: f64 = NEVER;

  /** @param seesSegments `heard` is told of every segment, so that one that is missing says something */
  constructor(source: SourceTurns, seesSegments: boolean) {
    this.source = source;
    this.seesSegments = seesSegments;
    source.backends++;
  }

  /** Requests that wait for their answer. */
  get waiting(): i32 {
    return this.waitingRequests;
  }

  /** The source opens a connection. */
  connecting(timeNs: f64): void {
    this.turn(timeNs);
    if (this.firstUnheardNs === NEVER) this.firstUnheardNs = timeNs;
  }

  /**
   * The source's request was seen to its end.
   * @param isTurn on a connection that was used before
   * @param kind its `pathHash`, 0 = not known
   */
  asked(timeNs: f64, isTurn: boolean, kind: i32): void {
    if (isTurn) this.turn(timeNs);
    this.waitingRequests++;
    if (this.firstUnheardNs === NEVER && this.wasHeard && this.seesSegments) this.firstUnheardNs = timeNs;
    if (this.overdue.firstAskedNs === NEVER) this.othersAtUnanswered = this.others();
    this.overdue.asked(kind, timeNs);
  }

  /** The source uses a connection whose SYN/ACK was not recorded: it was there. */
  accepted(): void {
    this.firstUnheardNs = NEVER;
  }

  /** A segment came from the backend, on a connection that is being opened or carries HTTP. */
  heard(timeNs: f64): void {
    this.wasHeard = true;
    if (this.firstUnheardNs === NEVER) return;
    this.settle(timeNs);
    this.firstUnheardNs = NEVER;
  }

  /** New bytes came from the backend on a connection on which a request waits. */
  answering(timeNs: f64): void {
    if (this.overdue.firstAskedNs === NEVER) return;
    this.settle(timeNs);
    this.overdue.clear();
  }

  /** A request waits no longer, whatever became of it: told before it succeeds or fails. */
  answered(timeNs: f64): void {
    this.settle(timeNs);
    this.waitingRequests--;
    if (this.waitingRequests === 0) this.overdue.clear();
  }

  /**
   * The backend answered well.
   * @param askedNs begin of the request
   * @param timeToFirstByteNs −1 = not known
   * @param kind of the request, as when it was asked
   */
  succeeded(askedNs: f64, timeNs: f64, timeToFirstByteNs: f64, kind: i32): void {
    this.settle(timeNs);
    // Whatever was recorded first: it was heard, and it did answer.
    this.firstUnheardNs = NEVER;
    this.overdue.clear();
    this.overdue.answered(kind, timeToFirstByteNs);
    this.outcomes.add(timeNs, SUCCESSES, 1);
    if (askedNs >= this.brokeNs) this.succeed(timeNs);
    this.settle(timeNs);
  }

  /** The backend refused, didn't answer, reset, or answered 5xx. @param reason of `failure-reason.ts` */
  failed(reason: i32, timeNs: f64): void {
    this.settle(timeNs);
    this.outcomes.add(timeNs, FAILED, 1);
    if (this.boutFromNs === NEVER || timeNs - this.lastFailureNs > WINDOW_SECONDS * SECOND_NS) {
      this.boutFromNs = timeNs;
      this.boutReason = reason;
    }
    this.lastFailureNs = timeNs;
    if (this.inARow === 0) {
      this.firstFailureNs = timeNs;
      this.firstReason = reason;
    }
    this.inARow++;
    if (reason !== FailureReason.SERVER_ERROR) {
      this.hardInARow++;
      this.isAskedAgain = false;
      this.othersAtFailure = this.others();
    }
    if (reason === FailureReason.REFUSED || reason === FailureReason.RESET) this.brokeNs = timeNs;
    if (reason === FailureReason.REFUSED) this.refused = true;
    this.settle(timeNs);
  }

  /** The state at `nowNs`. */
  at(nowNs: f64): StateNow {
    if (this.current.state === LiveState.DOWN) return this.current;
    const down = this.whyDown(nowNs);
    if (down !== null) return down;
    const failing = this.whyFailing(nowNs);
    return failing !== null ? failing : this.whyUp(nowNs);
  }

  private succeed(timeNs: f64): void {
    this.succeededNs = timeNs;
    this.inARow = 0;
    this.hardInARow = 0;
    this.refused = false;
    if (this.current.state !== LiveState.DOWN) return;
    // The backend returned: what it did before says nothing of it now.
    this.outcomes.clear();
    this.outcomes.add(timeNs, SUCCESSES, 1);
    this.boutFromNs = NEVER;
    this.current = new StateNow(LiveState.UP, FailureReason.NONE, timeNs);
  }

  /** Takes over what time alone has brought about. */
  settle(timeNs: f64): void {
    this.current = this.at(timeNs);
  }

  /** The present state where it is the same one. */
  private entered(state: i32, reason: i32, sinceNs: f64): StateNow {
    return this.current.state === state ? this.current : new StateNow(state, reason, sinceNs);
  }

  private whyDown(nowNs: f64): StateNow | null {
    const first = this.firstUnheardNs;
    if (first !== NEVER && nowNs - first >= UNHEARD_NS) {
      return this.entered(LiveState.DOWN, FailureReason.UNANSWERED, first);
    }
    const isStalled = this.waitingRequests >= LATE_REQUESTS && this.overdue.lateAt(nowNs) >= LATE_REQUESTS;
    if (isStalled && this.wasHeard) {
      return this.entered(LiveState.DOWN, FailureReason.UNANSWERED, this.overdue.firstAskedNs);
    }
    if (this.inARow === 0) return null;
    const isOver =
      this.refused ||
      this.hardInARow >= HARD_FAILURES ||
      this.inARow >= ANY_FAILURES ||
      (!this.isAskedAgain &&
        nowNs - this.lastFailureNs >= AWAY_NS &&
        this.turnedAwaySince(this.othersAtFailure));
    if (!isOver) return null;
    // A process that is killed resets what it had in hand first; that its port is closed says more.
    const reason = this.refused ? FailureReason.REFUSED : this.firstReason;
    return this.entered(LiveState.DOWN, reason, this.firstFailureNs);
  }

  private whyFailing(nowNs: f64): StateNow | null {
    if (this.inARow >= FAILURES || (this.inARow > 0 && this.succeededNs === NEVER)) {
      return this.entered(LiveState.FAILING, this.firstReason, this.firstFailureNs);
    }
    const isLate = this.waitingRequests > 0 && this.overdue.lateAt(nowNs) > 0;
    if (isLate && this.turnedAwaySince(this.othersAtUnanswered)) {
      return this.entered(LiveState.FAILING, FailureReason.UNANSWERED, this.overdue.firstAskedNs);
    }
    return this.someFail(nowNs) ? this.entered(LiveState.FAILING, this.boutReason, this.boutFromNs) : null;
  }

  private whyUp(nowNs: f64): StateNow {
    if (this.succeededNs === NEVER) return UNKNOWN;
    // Where nothing happened now, time alone made it so: the last failure left the window.
    const leftNs = (secondOf(this.lastFailureNs) + WINDOW_SECONDS) * SECOND_NS;
    const hasLeft = this.boutFromNs !== NEVER && leftNs <= nowNs;
    return this.entered(LiveState.UP, FailureReason.NONE, hasLeft ? leftNs : nowNs);
  }

  private someFail(nowNs: f64): boolean {
    if (this.boutFromNs === NEVER) return false;
    const from = secondOf(nowNs) - WINDOW_SECONDS + 1;
    if (secondOf(this.lastFailureNs) < from) return false;
    const failures = this.outcomes.sumFrom(from, FAILED);
    const share = failures / (failures + this.outcomes.sumFrom(from, SUCCESSES));
    if (this.current.state === LiveState.FAILING) return share >= RECOVERED_SHARE;
    return failures >= FAILURES && share >= FAILING_SHARE;
  }

  /** The source turns to the backend. */
  private turn(timeNs: f64): void {
    this.settle(timeNs);
    this.turns++;
    this.source.turns++;
    this.source.lastNs = Math.max(this.source.lastNs, timeNs);
    this.isAskedAgain = true;
  }

  /** How often the source turned to its other backends. */
  others(): i32 {
    return this.source.turns - this.turns;
  }

  private turnedAwaySince(othersThen: i32): boolean {
    return this.others() - othersThen >= SHARES_MISSED * this.source.backends;
  }
}
