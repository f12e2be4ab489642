/**
 * How well an upstream attempt fits a client exchange: what speaks against it, and how long the balancer would have held
 * the messages.
 */
import type { ClientExchange, UpstreamAttempt } from "./balancer-records.ts";

/** By how much two messages may be recorded in the wrong order (capture queues). */
export const TOLERANCE_NS = 1_000_000;
/** Mismatches of what can't be. */
export const NEVER = Number.POSITIVE_INFINITY;

/** What speaks against a match, by weight: one of a kind outweighs all of the kinds before it (at most three of the first). */
const OUT_OF_ORDER = 1;
const OTHER_STATUS = 4;
const SAME_BACKEND_AGAIN = 4;
const OTHER_TARGET = 16;
const OTHER_FORWARDED_FOR = 64;
const OTHER_REQUEST_ID = 256;

/** A request may wait in queues before the balancer reads it; its answer leaves with the event that caused it. */
const WEIGHT_IN = 1 / 1000;
const NS_PER_US = 1000;

/** Whether finite mismatches hold messages that were recorded in the wrong order. */
export function isOutOfOrder(mismatches: number): boolean {
  return mismatches % OTHER_STATUS !== 0;
}

/** What speaks against `attempt` as the one whose answer the client got: a sum of weights, or `NEVER`. */
export function mismatchesOfAnswer(client: ClientExchange, attempt: UpstreamAttempt): number {
  const begin = attempt.beginNs;
  const answered = client.responseStartNs;
  if (answered < 0 || begin < client.startNs - TOLERANCE_NS) return NEVER;
  if (Math.max(begin, attempt.responseStartNs) > answered + TOLERANCE_NS) return NEVER;
  let sum = 0;
  if (begin < client.startNs || Math.max(begin, attempt.responseStartNs) > answered) sum += OUT_OF_ORDER;
  if (client.state === "complete" && client.hasEnded) {
    if (attempt.responseEndNs > client.endNs + TOLERANCE_NS) return NEVER;
    if (attempt.responseEndNs > client.endNs) sum += OUT_OF_ORDER;
  }
  if (attempt.status !== client.status) {
    // A 5xx that the client didn't get is a failure, after which the balancer tried elsewhere or answered itself.
    if (attempt.status >= 500) return NEVER;
    sum += OTHER_STATUS;
  }
  return sum + mismatchesOfRequests(client, attempt);
}

/**
 * What speaks against `attempt` as one that failed before the client got its answer.
 * @param before the client's attempts that failed earlier
 */
export function mismatchesOfFailure(
  client: ClientExchange,
  attempt: UpstreamAttempt,
  before: readonly UpstreamAttempt[],
): number {
  const { answerer } = client;
  const begin = attempt.beginNs;
  const failed = attempt.failedNs;
  if (begin < client.startNs - TOLERANCE_NS || begin > client.endNs + TOLERANCE_NS) return NEVER;
  let sum = begin < client.startNs ? OUT_OF_ORDER : 0;
  // nginx closes what failed before it turns elsewhere or answers; not so when the client went away first.
  const next = answerer?.beginNs ?? client.responseStartNs;
  if (next >= 0) {
    if (failed < 0 || failed > next + TOLERANCE_NS) return NEVER;
    if (failed > next) sum += OUT_OF_ORDER;
    if (answerer === null && client.status < 500) sum += OTHER_STATUS;
  }
  for (const earlier of before) {
    if (earlier.failedNs < 0 || earlier.failedNs > begin + TOLERANCE_NS) return NEVER;
    if (sameBackend(earlier, attempt)) sum += SAME_BACKEND_AGAIN;
  }
  if (answerer !== null && sameBackend(answerer, attempt)) sum += SAME_BACKEND_AGAIN;
  return attempt.method === "" ? sum : sum + mismatchesOfRequests(client, attempt);
}

/** Whether both went to the same address and port. */
export function sameBackend(a: UpstreamAttempt, b: UpstreamAttempt): boolean {
  return a.address === b.address && a.port === b.port;
}

/** A cache may ask with GET for a HEAD; a balancer may rewrite targets. */
function mismatchesOfRequests(client: ClientExchange, attempt: UpstreamAttempt): number {
  const sameMethod = attempt.method === client.method;
  if (!sameMethod && !(client.method === "HEAD" && attempt.method === "GET")) return NEVER;
  let sum = attempt.targetHash === client.targetHash ? 0 : OTHER_TARGET;
  if (client.requestIdHash !== 0 && attempt.requestIdHash !== client.requestIdHash) sum += OTHER_REQUEST_ID;
  const forwarded = attempt.forwardedForHash;
  const isOwn = forwarded === client.addressHash || forwarded === client.forwardedForHash;
  if (forwarded !== 0 && !isOwn) sum += OTHER_FORWARDED_FOR;
  return sum;
}

/**
 * The squares of the times that the balancer would have held the request and the answer, in µs². Least where everything
 * was handled in order.
 */
export function unevennessOf(client: ClientExchange, attempt: UpstreamAttempt): number {
  const heldIn = Math.max(0, attempt.beginNs - client.askedNs) / NS_PER_US;
  const heldOut = heldOutNs(attempt, client.responseStartNs) / NS_PER_US;
  return WEIGHT_IN * heldIn * heldIn + heldOut * heldOut;
}

/**
 * How long the balancer held the answer that it began at `answeredNs`. nginx collects short responses and closes the
 * backend's connection, if it isn't kept, right before it answers, without a body right after; longer ones it begins to
 * pass on at once.
 */
function heldOutNs(attempt: UpstreamAttempt, answeredNs: number): number {
  const { ownCloseNs, responseStartNs, responseEndNs } = attempt;
  if (ownCloseNs >= 0 && ownCloseNs <= answeredNs) return answeredNs - ownCloseNs;
  const isCollected = responseEndNs >= 0 && responseEndNs <= answeredNs;
  const held = Math.max(0, answeredNs - (isCollected ? responseEndNs : responseStartNs));
  return ownCloseNs < 0 ? held : Math.min(held, ownCloseNs - answeredNs);
}

/**
 * The same for a client whose attempts failed, but for the answering one: each failure is followed at once by the next
 * attempt, or by the balancer's own answer.
 */
export function unevennessOfFailures(client: ClientExchange, failures: readonly UpstreamAttempt[]): number {
  let sum = 0;
  let before: UpstreamAttempt | undefined;
  for (const attempt of failures) {
    const held = (attempt.beginNs - (before === undefined ? client.askedNs : before.failedNs)) / NS_PER_US;
    sum += before === undefined ? WEIGHT_IN * held * held : held * held;
    before = attempt;
  }
  if (before === undefined) return 0;
  const next = client.answerer?.beginNs ?? client.responseStartNs;
  // A client that goes away makes the balancer give up its attempt.
  const nextNs = next >= 0 || client.endNs === NEVER ? next : client.endNs;
  const held = nextNs < 0 || before.failedNs < 0 ? 0 : (nextNs - before.failedNs) / NS_PER_US;
  return sum + held * held;
}
