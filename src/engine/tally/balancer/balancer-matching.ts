/**
 * Which upstream exchange a client exchange caused.
 *
 * Nothing on the wire says so, unless the balancer passes X-Request-ID or X-Forwarded-For on. What is known:
 * - Nesting: the balancer turns to a backend after the client has asked, and answers after the backend has.
 * - Identity: method, and mostly target and status, are the same on both sides (`balancer-fit.ts`).
 * - Order: an event loop (nginx, HAProxy, Envoy per worker) handles what comes first first; an answer leaves right after
 *   the event that caused it.
 * - A further attempt follows a failed one (refused, reset, timed out, 5xx).
 *
 * So (1) each answered attempt, in order of its end, takes the client that was answered soonest after it; (2) attempts
 * left over displace others that fit elsewhere too; (3) neighbours swap as long as that makes fewer mismatches or, with
 * equally many, the balancer's waiting times more even: the sum of their squares smaller. (The plain sum is the same for
 * every assignment.) (4) Failed attempts go where they came before an answer, to whom waited longest; then
 * they are swapped likewise (`balancer-failures.ts`). (5) Where a swap with another backend would fit nearly as well, or a
 * failed attempt fits others as well, order alone decided, and the match is uncertain.
 */
import { min } from "../../dialect/integers.ts";
import { FailureMatcher } from "./balancer-failures.ts";
import { isOutOfOrder, mismatchesOfAnswer, NEVER, TOLERANCE_NS } from "./balancer-fit.ts";
import { inOrder } from "./balancer-order.ts";
import type { ClientExchange, UpstreamAttempt } from "./balancer-records.ts";
import { fitNearlyAsWell, isTooLateFor, swapIfBetter } from "./balancer-swap.ts";

/** Neighbours, in order of their end, that may swap. */
const NEIGHBOURS: i32 = 16;
const MAX_PASSES: i32 = 8;
/** Clients looked at for one attempt. */
const MAX_LOOKED_AT: i32 = 64;
/** How many attempts may move for one that was left over. */
const MAX_MOVES: i32 = 4;

/** Matches again and again: the lists that it needs are kept. */
export class Matcher {
  /** Clients that were answered, in order of their answers. */
  private readonly answered: ClientExchange[] = [];
  /** Attempts that were answered, in order of their end. */
  private readonly answers: UpstreamAttempt[] = [];
  private readonly failures: FailureMatcher = new FailureMatcher();
  /** Searches of this matching for an attempt that can move. */
  private searches: i32 = 0;

  /** Sets `failures`, `answerer` and `isUncertain` of every client, and `client` of every attempt. */
  match(clients: ClientExchange[], attempts: UpstreamAttempt[]): void {
    for (let index: i32 = 0; index < clients.length; index++) (clients[index] as ClientExchange).unmatch();
    // Most servers are no balancers.
    if (attempts.length === 0) return;
    this.searches = 0;
    this.takeClients(clients);
    this.takeAttempts(attempts);
    this.assign(true);
    this.assign(false);
    for (let pass: i32 = 0; pass < MAX_PASSES; pass++) if (!this.improve()) break;
    this.failures.match(clients, attempts);
    this.markUncertain();
  }

  private takeClients(clients: ClientExchange[]): void {
    const answered = this.answered;
    answered.length = 0;
    for (let index: i32 = 0; index < clients.length; index++) {
      const client = clients[index] as ClientExchange;
      client.place = index;
      if (client.responseStartNs >= 0) answered.push(client);
    }
    answered.sort(soonestAnsweredFirst);
  }

  private takeAttempts(attempts: UpstreamAttempt[]): void {
    const answers = this.answers;
    answers.length = 0;
    for (let index: i32 = 0; index < attempts.length; index++) {
      const attempt = attempts[index] as UpstreamAttempt;
      attempt.place = index;
      attempt.client = null;
      if (attempt.status > 0) answers.push(attempt);
    }
    answers.sort(soonestDoneFirst);
  }

  /** Steps 1 and 2. `strictly`: nothing was recorded in the wrong order. */
  private assign(strictly: boolean): void {
    const answers = this.answers;
    for (let index: i32 = 0; index < answers.length; index++) {
      const attempt = answers[index] as UpstreamAttempt;
      if (attempt.client !== null) continue;
      const client = this.soonestAnswered(attempt, strictly);
      if (client !== null) {
        link(client, attempt);
        continue;
      }
      this.searches++;
      this.displace(attempt, strictly, MAX_MOVES);
    }
  }

  /** Of the clients without an attempt, the one that fits best and was answered soonest. */
  private soonestAnswered(attempt: UpstreamAttempt, strictly: boolean): ClientExchange | null {
    const answered = this.answered;
    let best: ClientExchange | null = null;
    let fewest = NEVER;
    let looked: i32 = 0;
    for (let index = this.firstAnsweredAfter(attempt); index < answered.length; index++) {
      const client = answered[index] as ClientExchange;
      if (client.answerer !== null) continue;
      if (++looked > MAX_LOOKED_AT) break;
      const mismatches = mismatchesOfAnswer(client, attempt);
      if (mismatches >= fewest || (strictly && isOutOfOrder(mismatches))) continue;
      best = client;
      fewest = mismatches;
      if (fewest === 0) break;
    }
    return best;
  }

  /** Index of the first client that may have been answered by the attempt. */
  private firstAnsweredAfter(attempt: UpstreamAttempt): i32 {
    const answered = this.answered;
    const earliest = attempt.responseStartNs - TOLERANCE_NS;
    let low: i32 = 0;
    let high: i32 = answered.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((answered[middle] as ClientExchange).responseStartNs < earliest) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Finds the attempt a client whose own attempt can move (augmenting path, Kuhn's algorithm); whether there was one. */
  private displace(attempt: UpstreamAttempt, strictly: boolean, moves: i32): boolean {
    const answered = this.answered;
    const first = this.firstAnsweredAfter(attempt);
    const end = min(answered.length, first + MAX_LOOKED_AT);
    for (let index = first; index < end; index++) {
      const client = answered[index] as ClientExchange;
      if (client.visit === this.searches) continue;
      const mismatches = mismatchesOfAnswer(client, attempt);
      if (mismatches === NEVER || (strictly && isOutOfOrder(mismatches))) continue;
      client.visit = this.searches;
      const other = client.answerer;
      if (other !== null && (moves === 0 || !this.displace(other, strictly, moves - 1))) continue;
      link(client, attempt);
      return true;
    }
    return false;
  }

  /** One pass of swaps between neighbours; whether there was any. */
  private improve(): boolean {
    const answers = this.answers;
    let improved = false;
    for (let index: i32 = 0; index < answers.length; index++) {
      const one = answers[index] as UpstreamAttempt;
      const end = min(answers.length, index + 1 + NEIGHBOURS);
      for (let neighbour = index + 1; neighbour < end; neighbour++) {
        const other = answers[neighbour] as UpstreamAttempt;
        if (isTooLateFor(other, one)) break;
        if (swapIfBetter(one, other)) improved = true;
      }
    }
    return improved;
  }

  /** Step 5. */
  private markUncertain(): void {
    const answers = this.answers;
    for (let index: i32 = 0; index < answers.length; index++) {
      const one = answers[index] as UpstreamAttempt;
      const end = min(answers.length, index + 1 + NEIGHBOURS);
      for (let neighbour = index + 1; neighbour < end; neighbour++) {
        const other = answers[neighbour] as UpstreamAttempt;
        if (isTooLateFor(other, one)) break;
        if (fitNearlyAsWell(one, other)) {
          doubt(one.client);
          doubt(other.client);
        }
      }
    }
  }
}

function soonestAnsweredFirst(a: ClientExchange, b: ClientExchange): i32 {
  return inOrder(a.responseStartNs, a.place, b.responseStartNs, b.place);
}

function soonestDoneFirst(a: UpstreamAttempt, b: UpstreamAttempt): i32 {
  return inOrder(a.doneNs, a.place, b.doneNs, b.place);
}

function link(client: ClientExchange, attempt: UpstreamAttempt): void {
  client.answerer = attempt;
  attempt.client = client;
}

function doubt(client: ClientExchange | null): void {
  if (client !== null) client.isUncertain = true;
}
