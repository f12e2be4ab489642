/** Step 2 of `balancer-matching.ts`: whose failed attempts those were whose answer no client got. */

import { max, min } from "../../dialect/integers.ts";
import { isServerError } from "../../http/exchange-outcome.ts";
import { mismatchesOfFailure, NEVER, TOLERANCE_NS, unevennessOfFailures } from "./balancer-fit.ts";
import { inOrder } from "./balancer-order.ts";
import type { ClientExchange, UpstreamAttempt } from "./balancer-records.ts";

/** Neighbours, in order of their begin, that may swap. */
const NEIGHBOURS: i32 = 16;
const MAX_PASSES: i32 = 8;
/**
 * Clients looked at for one attempt, of those that came last and of those that wait longest: a balancer turns to a backend
 * at once, or again after a timeout.
 */
const MAX_LOOKED_AT: i32 = 128;

/** Matches again and again: the lists that it needs are kept. */
export class FailureMatcher {
  /** Attempts that failed, in order of their begin. */
  private readonly failures: UpstreamAttempt[] = [];
  /** Clients in order of their begin. */
  private readonly clients: ClientExchange[] = [];
  /** Those of them that waited when the attempt began that is being assigned. */
  private readonly present: ClientExchange[] = [];
  /** The first of them that was not served yet. */
  private firstPresent: i32 = 0;
  /** Those of these that it fits best. */
  private readonly best: ClientExchange[] = [];
  private fewest: f64 = NEVER;
  /** The failures of two clients with their tails swapped. */
  private forOne: UpstreamAttempt[] = [];
  private forOther: UpstreamAttempt[] = [];

  /**
   * Sets `failures` of the clients, and `client` of the attempts that nobody has; those in doubt are marked.
   * @param clients each at its `place`, as the attempts are
   */
  match(clients: ClientExchange[], attempts: UpstreamAttempt[]): void {
    this.takeFailures(attempts);
    if (this.failures.length === 0) return;
    this.takeClients(clients);
    this.assign();
    for (let pass: i32 = 0; pass < MAX_PASSES; pass++) if (!this.improve()) break;
  }

  private takeFailures(attempts: UpstreamAttempt[]): void {
    const failures = this.failures;
    failures.length = 0;
    for (let index: i32 = 0; index < attempts.length; index++) {
      const attempt = attempts[index] as UpstreamAttempt;
      // A request that waits may still be answered.
      const isWaiting = attempt.requestStartNs >= 0 && !attempt.hasEnded;
      const hasFailed = !isWaiting && (attempt.status === 0 || isServerError(attempt.status));
      if (attempt.client === null && hasFailed) failures.push(attempt);
    }
    failures.sort(earliestBegunFirst);
  }

  private takeClients(clients: ClientExchange[]): void {
    const sorted = this.clients;
    sorted.length = 0;
    for (let index: i32 = 0; index < clients.length; index++) sorted.push(clients[index] as ClientExchange);
    sorted.sort(earliestStartedFirst);
  }

  private assign(): void {
    const failures = this.failures;
    const clients = this.clients;
    const present = this.present;
    present.length = 0;
    this.firstPresent = 0;
    let next: i32 = 0;
    for (let index: i32 = 0; index < failures.length; index++) {
      const attempt = failures[index] as UpstreamAttempt;
      const begin = attempt.beginNs;
      while (next < clients.length) {
        const client = clients[next] as ClientExchange;
        if (client.startNs > begin + TOLERANCE_NS) break;
        present.push(client);
        next++;
      }
      this.dismissUntil(begin - TOLERANCE_NS);
      this.assignOne(attempt);
    }
  }

  /** Clients that were served before are present no longer. Who was served between others is left out when it is looked at. */
  private dismissUntil(timeNs: f64): void {
    const present = this.present;
    while (this.firstPresent < present.length) {
      const client = present[this.firstPresent] as ClientExchange;
      if (client.endNs >= timeNs) return;
      this.firstPresent++;
    }
  }

  /** Gives the attempt to whom it fits best and who waited longest. Who fits as well is in doubt, like whom it was given to. */
  private assignOne(attempt: UpstreamAttempt): void {
    this.findBest(attempt);
    const best = this.best;
    let longest: ClientExchange | null = null;
    let longestSince: f64 = 0;
    for (let index: i32 = 0; index < best.length; index++) {
      const client = best[index] as ClientExchange;
      const since = waitsSince(client);
      if (longest === null || since < longestSince) {
        longest = client;
        longestSince = since;
      }
      if (best.length > 1) client.isUncertain = true;
    }
    if (longest === null) return;
    longest.failures.push(attempt);
    attempt.client = longest;
  }

  private findBest(attempt: UpstreamAttempt): void {
    this.best.length = 0;
    this.fewest = NEVER;
    const first = this.firstPresent;
    const end = this.present.length;
    const fromLast = max(first, end - MAX_LOOKED_AT);
    for (let index = first; index < min(fromLast, first + MAX_LOOKED_AT); index++) this.look(attempt, index);
    for (let index = fromLast; index < end; index++) this.look(attempt, index);
  }

  private look(attempt: UpstreamAttempt, index: i32): void {
    const client = this.present[index] as ClientExchange;
    const mismatches = mismatchesOfFailure(client, attempt, client.failures, client.failures.length);
    if (mismatches === NEVER || mismatches > this.fewest) return;
    if (mismatches < this.fewest) this.best.length = 0;
    this.best.push(client);
    this.fewest = mismatches;
  }

  /** One pass of swaps between the failures of two clients, each with what followed it; whether there was any. */
  private improve(): boolean {
    const failures = this.failures;
    let improved = false;
    for (let index: i32 = 0; index < failures.length; index++) {
      const one = failures[index] as UpstreamAttempt;
      const end = min(failures.length, index + 1 + NEIGHBOURS);
      for (let neighbour = index + 1; neighbour < end; neighbour++) {
        const other = failures[neighbour] as UpstreamAttempt;
        const clientOfOne = one.client;
        const clientOfOther = other.client;
        if (clientOfOne === null || clientOfOther === null || clientOfOne === clientOfOther) continue;
        if (other.beginNs > clientOfOne.endNs + TOLERANCE_NS) break;
        if (this.swapTailsIfBetter(one, clientOfOne, other, clientOfOther)) improved = true;
      }
    }
    return improved;
  }

  private swapTailsIfBetter(
    one: UpstreamAttempt,
    clientOfOne: ClientExchange,
    other: UpstreamAttempt,
    clientOfOther: ClientExchange,
  ): boolean {
    const a = clientOfOne.failures;
    const b = clientOfOther.failures;
    const forOne = this.forOne;
    const forOther = this.forOther;
    const atOne = a.indexOf(one);
    const atOther = b.indexOf(other);
    join(forOne, a, atOne, b, atOther);
    join(forOther, b, atOther, a, atOne);
    const swapped = mismatchesOfAll(clientOfOne, forOne) + mismatchesOfAll(clientOfOther, forOther);
    const asIs = mismatchesOfAll(clientOfOne, a) + mismatchesOfAll(clientOfOther, b);
    if (swapped === NEVER || swapped > asIs) return false;
    if (swapped === asIs) {
      const uneven =
        unevennessOfFailures(clientOfOne, forOne) + unevennessOfFailures(clientOfOther, forOther);
      if (uneven >= unevennessOfFailures(clientOfOne, a) + unevennessOfFailures(clientOfOther, b))
        return false;
    }
    own(clientOfOne, forOne);
    own(clientOfOther, forOther);
    this.forOne = a;
    this.forOther = b;
    return true;
  }
}

function earliestBegunFirst(a: UpstreamAttempt, b: UpstreamAttempt): i32 {
  return inOrder(a.beginNs, a.place, b.beginNs, b.place);
}

function earliestStartedFirst(a: ClientExchange, b: ClientExchange): i32 {
  return inOrder(a.startNs, a.place, b.startNs, b.place);
}

function waitsSince(client: ClientExchange): f64 {
  const failures = client.failures;
  return failures.length === 0 ? client.askedNs : (failures[failures.length - 1] as UpstreamAttempt).failedNs;
}

/** Makes `joined` of the first `count` of `heads` and of `tails` from `from` on. */
function join(
  joined: UpstreamAttempt[],
  heads: UpstreamAttempt[],
  count: i32,
  tails: UpstreamAttempt[],
  from: i32,
): void {
  joined.length = 0;
  for (let index: i32 = 0; index < count; index++) joined.push(heads[index] as UpstreamAttempt);
  for (let index = from; index < tails.length; index++) joined.push(tails[index] as UpstreamAttempt);
}

function mismatchesOfAll(client: ClientExchange, failures: UpstreamAttempt[]): f64 {
  let sum: f64 = 0;
  for (let index: i32 = 0; index < failures.length; index++) {
    sum += mismatchesOfFailure(client, failures[index] as UpstreamAttempt, failures, index);
  }
  return sum;
}

function own(client: ClientExchange, failures: UpstreamAttempt[]): void {
  client.failures = failures;
  for (let index: i32 = 0; index < failures.length; index++) {
    (failures[index] as UpstreamAttempt).client = client;
  }
}
