/** Steps 3 and 5 of `balancer-matching.ts`: two attempts, of which `one` ended first, whose clients might be each other's. */
import { mismatchesOfAnswer, NEVER, sameBackend, TOLERANCE_NS, unevennessOf } from "./balancer-fit.ts";
import type { ClientExchange, UpstreamAttempt } from "./balancer-records.ts";

/** A swap that makes the waiting times less even by no more than this factor fits nearly as well. */
const NEARLY: f64 = 4;

/** Whether `other`, like all behind it, can't be for the client of `one`, nor `one` for the other's. */
export function isTooLateFor(other: UpstreamAttempt, one: UpstreamAttempt): boolean {
  const client = one.client;
  // From here on, attempts end after the first one's client was served.
  if (client !== null) return other.doneNs > client.endNs + TOLERANCE_NS;
  return other.client !== null && other.beginNs > one.doneNs + TOLERANCE_NS;
}

/** Step 3: gives each of two attempts the other's client where that is better; one of them may have none. */
export function swapIfBetter(one: UpstreamAttempt, other: UpstreamAttempt): boolean {
  const clientOfOne = one.client;
  const clientOfOther = other.client;
  if (clientOfOne === null && clientOfOther === null) return false;
  const swapped = mismatchesOfSwap(one, other);
  if (swapped === NEVER) return false;
  const asIs = mismatchesOf(clientOfOne, one) + mismatchesOf(clientOfOther, other);
  if (swapped > asIs) return false;
  if (swapped === asIs && swapUnevenness(one, other) >= unevenness(one, other)) return false;
  give(clientOfOther, one);
  give(clientOfOne, other);
  return true;
}

function give(client: ClientExchange | null, attempt: UpstreamAttempt): void {
  attempt.client = client;
  if (client !== null) client.answerer = attempt;
}

/** Step 5: whether each of two attempts at different backends would fit the other's client nearly as well as its own. */
export function fitNearlyAsWell(one: UpstreamAttempt, other: UpstreamAttempt): boolean {
  if ((one.client === null && other.client === null) || sameBackend(one, other)) return false;
  const asIs = mismatchesOf(one.client, one) + mismatchesOf(other.client, other);
  if (mismatchesOfSwap(one, other) > asIs) return false;
  // Where the balancer closed the backends' connections, its answers follow so closely that little doubt is left.
  const isTight = one.ownCloseNs >= 0 && other.ownCloseNs >= 0;
  return !isTight || swapUnevenness(one, other) <= NEARLY * unevenness(one, other);
}

function mismatchesOf(client: ClientExchange | null, attempt: UpstreamAttempt): f64 {
  return client === null ? 0 : mismatchesOfAnswer(client, attempt);
}

function mismatchesOfSwap(one: UpstreamAttempt, other: UpstreamAttempt): f64 {
  const first = mismatchesOf(other.client, one);
  return first === NEVER ? NEVER : first + mismatchesOf(one.client, other);
}

function unevenness(one: UpstreamAttempt, other: UpstreamAttempt): f64 {
  return unevennessFor(one.client, one) + unevennessFor(other.client, other);
}

function swapUnevenness(one: UpstreamAttempt, other: UpstreamAttempt): f64 {
  return unevennessFor(other.client, one) + unevennessFor(one.client, other);
}

function unevennessFor(client: ClientExchange | null, attempt: UpstreamAttempt): f64 {
  return client === null ? 0 : unevennessOf(client, attempt);
}
