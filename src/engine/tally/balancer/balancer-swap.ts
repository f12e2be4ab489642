/** Step 3 of `balancer-matching.ts`: two attempts, of which `one` ended first, whose clients might be each other's. */
import { mismatchesOfAnswer, NEVER, sameBackend, TOLERANCE_NS, unevennessOfAnswer } from "./balancer-fit.ts";
import type { ClientExchange, UpstreamAttempt } from "./balancer-records.ts";

/** A swap that makes the squares of the answers' waiting times no more than this factor larger fits nearly as well. */
const NEARLY: f64 = 4;

/** Whether `other`, like all behind it, can't be for the client of `one`, nor `one` for the other's. */
export function isTooLateFor(other: UpstreamAttempt, one: UpstreamAttempt): boolean {
  const client = one.client;
  // From here on, attempts end after the first one's client was served.
  if (client !== null) return other.doneNs > client.endNs + TOLERANCE_NS;
  return other.client !== null && other.beginNs > one.doneNs + TOLERANCE_NS;
}

/** Step 3: whether each of two attempts at different backends would fit the other's client nearly as well as its own. */
export function fitNearlyAsWell(one: UpstreamAttempt, other: UpstreamAttempt): boolean {
  if ((one.client === null && other.client === null) || sameBackend(one, other)) return false;
  const asIs = mismatchesOf(one.client, one) + mismatchesOf(other.client, other);
  if (mismatchesOfSwap(one, other) > asIs) return false;
  return !isTight(one, other) || swapHeldOut(one, other) <= NEARLY * heldOut(one, other);
}

/**
 * Whether order speaks for both matches and against their swap, twice: who asked first was asked for first, and whose answer came
 * first was answered first.
 */
export function areInOrder(one: UpstreamAttempt, other: UpstreamAttempt): boolean {
  const first = one.client;
  const second = other.client;
  if (first === null || second === null || isTight(one, other)) return false;
  if (first.askedNs < second.askedNs !== one.beginNs < other.beginNs) return false;
  return first.responseStartNs < second.responseStartNs === one.responseStartNs < other.responseStartNs;
}

/** Where the balancer closed the backends' connections, its answers follow so closely that little doubt is left. */
function isTight(one: UpstreamAttempt, other: UpstreamAttempt): boolean {
  return one.closedWithAnswerNs >= 0 && other.closedWithAnswerNs >= 0;
}

function mismatchesOf(client: ClientExchange | null, attempt: UpstreamAttempt): f64 {
  return client === null ? 0 : mismatchesOfAnswer(client, attempt);
}

function mismatchesOfSwap(one: UpstreamAttempt, other: UpstreamAttempt): f64 {
  const first = mismatchesOf(other.client, one);
  return first === NEVER ? NEVER : first + mismatchesOf(one.client, other);
}

/** The squares of how long the answers were held, in µs². */
function heldOut(one: UpstreamAttempt, other: UpstreamAttempt): f64 {
  return heldOutFor(one.client, one) + heldOutFor(other.client, other);
}

function swapHeldOut(one: UpstreamAttempt, other: UpstreamAttempt): f64 {
  return heldOutFor(other.client, one) + heldOutFor(one.client, other);
}

function heldOutFor(client: ClientExchange | null, attempt: UpstreamAttempt): f64 {
  return client === null ? 0 : unevennessOfAnswer(client, attempt);
}
