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
 * they are swapped likewise. (5) Where a swap with another backend would fit nearly as well, or a failed attempt fits
 * others as well, order alone decided, and the match is uncertain.
 */
import {
  isOutOfOrder,
  mismatchesOfAnswer,
  mismatchesOfFailure,
  NEVER,
  sameBackend,
  TOLERANCE_NS,
  unevennessOf,
  unevennessOfFailures,
} from "./balancer-fit.ts";
import type { ClientExchange, UpstreamAttempt } from "./balancer-records.ts";

/** Neighbours, in order of their end, that may swap. */
const NEIGHBOURS = 16;
const MOST_PASSES = 8;
/** Clients looked at for one attempt. */
const MOST_LOOKED_AT = 64;
/** How many attempts may move for one that was left over. */
const MOST_MOVES = 4;
/** A swap that makes the waiting times less even by no more than this factor fits nearly as well. */
const NEARLY = 4;

/** Sets `attempts` and `isUncertain` of every client, and `client` of every attempt. */
export function matchExchanges(
  clients: readonly ClientExchange[],
  attempts: readonly UpstreamAttempt[],
): void {
  for (const client of clients) client.unmatch();
  // Most servers are no balancers.
  if (attempts.length === 0) return;
  for (const attempt of attempts) attempt.client = null;
  const answered = clients
    .filter((client) => client.responseStartNs >= 0)
    .sort((a, b) => a.responseStartNs - b.responseStartNs);
  const answers = attempts.filter((attempt) => attempt.status > 0).sort((a, b) => a.doneNs - b.doneNs);
  for (const strictly of [true, false]) {
    for (const attempt of answers) {
      if (attempt.client !== null) continue;
      const client = soonestAnswered(answered, attempt, strictly);
      if (client === null) displace(answered, attempt, strictly, MOST_MOVES, new Set());
      else link(client, attempt);
    }
  }
  for (let pass = 0; pass < MOST_PASSES; pass++) if (!improve(answers)) break;
  assignFailures(clients, attempts);
  markUncertain(answers);
}

function link(client: ClientExchange, attempt: UpstreamAttempt): void {
  client.answerer = attempt;
  attempt.client = client;
}

/** Of the clients without an attempt, the one that fits best and was answered soonest. */
function soonestAnswered(
  answered: readonly ClientExchange[],
  attempt: UpstreamAttempt,
  strictly: boolean,
): ClientExchange | null {
  let best: ClientExchange | null = null;
  let fewest = NEVER;
  let looked = 0;
  for (let index = firstAnsweredAfter(answered, attempt); index < answered.length; index++) {
    const client = answered[index] as ClientExchange;
    if (client.answerer !== null) continue;
    if (++looked > MOST_LOOKED_AT) break;
    const mismatches = mismatchesOfAnswer(client, attempt);
    if (mismatches >= fewest || (strictly && isOutOfOrder(mismatches))) continue;
    best = client;
    fewest = mismatches;
    if (fewest === 0) break;
  }
  return best;
}

/** Index of the first client that may have been answered by the attempt. */
function firstAnsweredAfter(answered: readonly ClientExchange[], attempt: UpstreamAttempt): number {
  const earliest = attempt.responseStartNs - TOLERANCE_NS;
  let low = 0;
  let high = answered.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((answered[middle] as ClientExchange).responseStartNs < earliest) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Finds the attempt a client whose own attempt can move (augmenting path, Kuhn's algorithm); whether there was one. */
function displace(
  answered: readonly ClientExchange[],
  attempt: UpstreamAttempt,
  strictly: boolean,
  moves: number,
  visited: Set<ClientExchange>,
): boolean {
  const first = firstAnsweredAfter(answered, attempt);
  const end = Math.min(answered.length, first + MOST_LOOKED_AT);
  for (let index = first; index < end; index++) {
    const client = answered[index] as ClientExchange;
    if (visited.has(client)) continue;
    const mismatches = mismatchesOfAnswer(client, attempt);
    if (mismatches === NEVER || (strictly && isOutOfOrder(mismatches))) continue;
    visited.add(client);
    const other = client.answerer;
    if (other !== null && (moves === 0 || !displace(answered, other, strictly, moves - 1, visited))) continue;
    link(client, attempt);
    return true;
  }
  return false;
}

/** Calls `visit` with pairs of attempts whose clients might be the other's; one of the two may have none. */
function forNeighbours(
  answers: readonly UpstreamAttempt[],
  visit: (one: UpstreamAttempt, other: UpstreamAttempt) => void,
): void {
  for (let index = 0; index < answers.length; index++) {
    const one = answers[index] as UpstreamAttempt;
    const end = Math.min(answers.length, index + 1 + NEIGHBOURS);
    for (let neighbour = index + 1; neighbour < end; neighbour++) {
      const other = answers[neighbour] as UpstreamAttempt;
      if (one.client === null && other.client === null) continue;
      // From here on, attempts end after the first one's client was served.
      if (one.client !== null && other.doneNs > one.client.endNs + TOLERANCE_NS) break;
      if (one.client === null && other.beginNs > one.doneNs + TOLERANCE_NS) break;
      visit(one, other);
    }
  }
}

/** One pass of swaps; whether there was any. */
function improve(answers: readonly UpstreamAttempt[]): boolean {
  let improved = false;
  forNeighbours(answers, (one, other) => {
    const swapped = mismatchesOfSwap(one, other);
    if (swapped === NEVER) return;
    const asIs = mismatchesOf(one.client, one) + mismatchesOf(other.client, other);
    if (swapped > asIs || (swapped === asIs && swapUnevenness(one, other) >= unevenness(one, other))) return;
    const client = one.client;
    give(other.client, one);
    give(client, other);
    improved = true;
  });
  return improved;
}

function give(client: ClientExchange | null, attempt: UpstreamAttempt): void {
  attempt.client = client;
  if (client !== null) client.answerer = attempt;
}

function mismatchesOf(client: ClientExchange | null, attempt: UpstreamAttempt): number {
  return client === null ? 0 : mismatchesOfAnswer(client, attempt);
}

function mismatchesOfSwap(one: UpstreamAttempt, other: UpstreamAttempt): number {
  const first = mismatchesOf(other.client, one);
  return first === NEVER ? NEVER : first + mismatchesOf(one.client, other);
}

function unevenness(one: UpstreamAttempt, other: UpstreamAttempt): number {
  return (
    (one.client === null ? 0 : unevennessOf(one.client, one)) +
    (other.client === null ? 0 : unevennessOf(other.client, other))
  );
}

function swapUnevenness(one: UpstreamAttempt, other: UpstreamAttempt): number {
  return (
    (other.client === null ? 0 : unevennessOf(other.client, one)) +
    (one.client === null ? 0 : unevennessOf(one.client, other))
  );
}

/** Step 4: attempts whose answer no client got. */
function assignFailures(clients: readonly ClientExchange[], attempts: readonly UpstreamAttempt[]): void {
  const failures = attempts
    .filter((attempt) => attempt.client === null && (attempt.status === 0 || attempt.status >= 500))
    .sort((a, b) => a.beginNs - b.beginNs);
  const inOrder = clients.toSorted((a, b) => a.startNs - b.startNs);
  let next = 0;
  let present: ClientExchange[] = [];
  for (const attempt of failures) {
    for (let client = inOrder[next]; client !== undefined; client = inOrder[++next]) {
      if (client.startNs > attempt.beginNs + TOLERANCE_NS) break;
      present.push(client);
    }
    present = present.filter((client) => client.endNs >= attempt.beginNs - TOLERANCE_NS);
    assignFailure(present, attempt);
  }
  for (let pass = 0; pass < MOST_PASSES; pass++) if (!improveFailures(failures)) break;
}

/** Gives the attempt to whom it fits best and who waited longest. Who fits as well is in doubt, like whom it was given to. */
function assignFailure(present: readonly ClientExchange[], attempt: UpstreamAttempt): void {
  let best: ClientExchange[] = [];
  let fewest = NEVER;
  for (const client of present) {
    const mismatches = mismatchesOfFailure(client, attempt, client.failures);
    if (mismatches === NEVER || mismatches > fewest) continue;
    if (mismatches < fewest) best = [];
    best.push(client);
    fewest = mismatches;
  }
  let longest: ClientExchange | null = null;
  for (const client of best) {
    if (longest === null || waitsSince(client) < waitsSince(longest)) longest = client;
    if (best.length > 1) client.isUncertain = true;
  }
  if (longest === null) return;
  longest.failures.push(attempt);
  attempt.client = longest;
}

function waitsSince(client: ClientExchange): number {
  return client.failures.at(-1)?.failedNs ?? client.askedNs;
}

/** One pass of swaps between the failures of two clients, each with what followed it; whether there was any. */
function improveFailures(failures: readonly UpstreamAttempt[]): boolean {
  let improved = false;
  for (let index = 0; index < failures.length; index++) {
    const one = failures[index] as UpstreamAttempt;
    const end = Math.min(failures.length, index + 1 + NEIGHBOURS);
    for (let neighbour = index + 1; neighbour < end; neighbour++) {
      const other = failures[neighbour] as UpstreamAttempt;
      if (one.client === null || other.client === null || one.client === other.client) continue;
      if (other.beginNs > one.client.endNs + TOLERANCE_NS) break;
      improved = swapTailsIfBetter(one, one.client, other, other.client) || improved;
    }
  }
  return improved;
}

function swapTailsIfBetter(
  one: UpstreamAttempt,
  clientOfOne: ClientExchange,
  other: UpstreamAttempt,
  clientOfOther: ClientExchange,
): boolean {
  const a = clientOfOne.failures;
  const b = clientOfOther.failures;
  const newA = [...a.slice(0, a.indexOf(one)), ...b.slice(b.indexOf(other))];
  const newB = [...b.slice(0, b.indexOf(other)), ...a.slice(a.indexOf(one))];
  const swapped = mismatchesOfFailures(clientOfOne, newA) + mismatchesOfFailures(clientOfOther, newB);
  const asIs = mismatchesOfFailures(clientOfOne, a) + mismatchesOfFailures(clientOfOther, b);
  if (swapped === NEVER || swapped > asIs) return false;
  if (swapped === asIs) {
    const uneven = unevennessOfFailures(clientOfOne, newA) + unevennessOfFailures(clientOfOther, newB);
    if (uneven >= unevennessOfFailures(clientOfOne, a) + unevennessOfFailures(clientOfOther, b)) return false;
  }
  clientOfOne.failures = newA;
  clientOfOther.failures = newB;
  for (const attempt of newA) attempt.client = clientOfOne;
  for (const attempt of newB) attempt.client = clientOfOther;
  return true;
}

function mismatchesOfFailures(client: ClientExchange, failures: readonly UpstreamAttempt[]): number {
  let sum = 0;
  for (const [index, attempt] of failures.entries()) {
    sum += mismatchesOfFailure(client, attempt, failures.slice(0, index));
  }
  return sum;
}

/** Step 5. */
function markUncertain(answers: readonly UpstreamAttempt[]): void {
  forNeighbours(answers, (one, other) => {
    if (sameBackend(one, other)) return;
    const asIs = mismatchesOf(one.client, one) + mismatchesOf(other.client, other);
    if (mismatchesOfSwap(one, other) > asIs) return;
    // Where the balancer closed the backends' connections, its answers follow so closely that little doubt is left.
    const isTight = one.ownCloseNs >= 0 && other.ownCloseNs >= 0;
    if (isTight && swapUnevenness(one, other) > NEARLY * unevenness(one, other)) return;
    if (one.client !== null) one.client.isUncertain = true;
    if (other.client !== null) other.client.isUncertain = true;
  });
}
