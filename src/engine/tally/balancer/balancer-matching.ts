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
 * - The answer: what a client got is what its backend sent. Body, length, ETag and IDs count where some backend sent the
 *   same (`passed-values.ts`): the balancer may compress, add to or replace anything.
 *
 * So (1) answered attempts and answered clients are assigned to each other: as many as can be, with the fewest mismatches, and
 * with equally many so that the balancer's waiting times are the most even, the sum of their squares smallest
 * (`balancer-assignment.ts`). (The plain sum is the same for every assignment.) (2) Failed attempts go where they came before
 * an answer, to whom waited longest; then they are swapped as long as that makes it better (`balancer-failures.ts`). (3) Where
 * a swap with another backend would fit nearly as well, or a failed attempt fits others as well, order alone decided. The match is
 * uncertain where the orders of questions and answers are at odds, or often are.
 */
import { min } from "../../dialect/integers.ts";
import { TRAITS } from "../../http/message-traits.ts";
import { Assignment } from "./balancer-assignment.ts";
import { FailureMatcher } from "./balancer-failures.ts";
import { inOrder } from "./balancer-order.ts";
import type { ClientExchange, UpstreamAttempt } from "./balancer-records.ts";
import { areInOrder, fitNearlyAsWell, isTooLateFor } from "./balancer-swap.ts";
import { PassedValues } from "./passed-values.ts";

/** Neighbours, in order of their end, that might be each other's. */
const NEIGHBOURS: i32 = 16;

/** Pairs in order for each one at odds with it, from which on order tells. One event loop has 6 or more, four have 2 to 3. */
const MIN_IN_ORDER: i32 = 5;

/** Matches again and again: the lists that it needs are kept. */
export class Matcher {
  /** Clients that were answered, in order of their answers. */
  private readonly answered: ClientExchange[] = [];
  /** Attempts that were answered, in order of their end. */
  private readonly answers: UpstreamAttempt[] = [];
  /** Attempts that might be each other's but for the order, two and two. */
  private readonly inOrder: UpstreamAttempt[] = [];
  private readonly passed: PassedValues = new PassedValues();
  private readonly assignment: Assignment = new Assignment();
  private readonly failures: FailureMatcher = new FailureMatcher();

  /** Sets `failures`, `answerer` and `isUncertain` of every client, and `client` of every attempt. */
  match(clients: ClientExchange[], attempts: UpstreamAttempt[]): void {
    for (let index: i32 = 0; index < clients.length; index++) (clients[index] as ClientExchange).unmatch();
    // Most servers are no balancers.
    if (attempts.length === 0) return;
    this.takeClients(clients);
    this.takeAttempts(attempts);
    this.findTellingTraits();
    this.assignment.assign(this.answered, this.answers);
    this.failures.match(clients, attempts);
    this.markUncertain();
    this.markLeftOver();
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

  /** What an answer is known by says something where a backend sent the same: the balancer passes it on. */
  private findTellingTraits(): void {
    const passed = this.passed;
    const answered = this.answered;
    passed.begin(this.answers);
    for (let index: i32 = 0; index < answered.length; index++) {
      const client = answered[index] as ClientExchange;
      for (let trait: i32 = 0; trait < TRAITS; trait++) {
        const value = client.traits[trait] as i32;
        if (value !== 0 && passed.has(trait, value)) client.telling |= 1 << trait;
      }
    }
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

  /**
   * Step 3. Where the order of the questions and that of the answers are at odds, either may be wrong. Where they often are, there are
   * several event loops, or other work between: then order says nothing of the others either.
   */
  private markUncertain(): void {
    const answers = this.answers;
    const inOrder = this.inOrder;
    inOrder.length = 0;
    let crossed: i32 = 0;
    for (let index: i32 = 0; index < answers.length; index++) {
      const one = answers[index] as UpstreamAttempt;
      const end = min(answers.length, index + 1 + NEIGHBOURS);
      for (let neighbour = index + 1; neighbour < end; neighbour++) {
        const other = answers[neighbour] as UpstreamAttempt;
        if (isTooLateFor(other, one)) break;
        if (!fitNearlyAsWell(one, other)) continue;
        if (areInOrder(one, other)) {
          inOrder.push(one);
          inOrder.push(other);
          continue;
        }
        crossed++;
        doubt(one.client);
        doubt(other.client);
      }
    }
    // Two of them are a pair.
    if (2 * MIN_IN_ORDER * crossed <= inOrder.length) return;
    for (let index: i32 = 0; index < inOrder.length; index++)
      doubt((inOrder[index] as UpstreamAttempt).client);
  }

  /** A client and an attempt are left over at the same time: perhaps the balancer didn't answer it itself. */
  private markLeftOver(): void {
    const answers = this.answers;
    const answered = this.answered;
    for (let index: i32 = 0; index < answers.length; index++) {
      const attempt = answers[index] as UpstreamAttempt;
      if (attempt.client !== null) continue;
      for (let place: i32 = 0; place < answered.length; place++) {
        const client = answered[place] as ClientExchange;
        if (client.attempts > 0 || client.targetHash !== attempt.targetHash) continue;
        if (attempt.doneNs >= client.startNs && attempt.beginNs <= client.endNs) client.isUncertain = true;
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

function doubt(client: ClientExchange | null): void {
  if (client !== null) client.isUncertain = true;
}
