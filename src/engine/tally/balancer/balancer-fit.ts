/**
 * How well an upstream attempt fits a client exchange: what speaks against it, and how long the balancer would have held
 * the messages.
 */

import { octetAt } from "../../dialect/byte-order.ts";
import { isServerError } from "../../http/exchange-outcome.ts";
import * as ExchangeState from "../../http/exchange-state.ts";
import { RESPONSE_ID, TRAITS } from "../../http/message-traits.ts";
import * as Method from "../../http/methods.ts";
import type { BalancerRecord, ClientExchange, UpstreamAttempt } from "./balancer-records.ts";

/** By how much two messages may be recorded in the wrong order (capture queues). */
export const TOLERANCE_NS: f64 = 1e6;
/** Mismatches of what can't be. */
export const NEVER: f64 = Infinity;

/** What speaks against a match, by weight: one of a kind outweighs all of the kinds before it (at most three of the first). */
const OUT_OF_ORDER: f64 = 1;
const OTHER_STATUS: f64 = 4;
const SAME_BACKEND_AGAIN: f64 = 4;
const OTHER_TARGET: f64 = 16;
/** For each trait that differs: up to seven. */
const OTHER_TRAIT: f64 = 64;
const OTHER_FORWARDED_FOR: f64 = 512;
const OTHER_REQUEST_ID: f64 = 2048;

/** A mismatch outweighs any waiting time: as much as an answer held for 0.1 s, in µs². */
const MISMATCH: f64 = 1e10;
/** A request may wait in queues before the balancer reads it; its answer leaves with the event that caused it. */
const WEIGHT_IN: f64 = 1 / 1000;
const NS_PER_US: f64 = 1000;

/** What speaks against `attempt` as the one whose answer the client got: a sum of weights, or `NEVER`. */
export function mismatchesOfAnswer(client: ClientExchange, attempt: UpstreamAttempt): f64 {
  const begin = attempt.beginNs;
  const answered = client.responseStartNs;
  if (answered < 0 || begin < client.startNs - TOLERANCE_NS) return NEVER;
  const answerable = Math.max(begin, attempt.responseStartNs);
  if (answerable > answered + TOLERANCE_NS) return NEVER;
  let sum: f64 = 0;
  if (begin < client.startNs || answerable > answered) sum += OUT_OF_ORDER;
  if (client.state === ExchangeState.COMPLETE && client.hasEnded) {
    if (attempt.responseEndNs > client.endNs + TOLERANCE_NS) return NEVER;
    if (attempt.responseEndNs > client.endNs) sum += OUT_OF_ORDER;
  }
  if (attempt.status !== client.status) {
    // A 5xx that the client didn't get is a failure, after which the balancer tried elsewhere or answered itself.
    if (isServerError(attempt.status)) return NEVER;
    sum += OTHER_STATUS;
  }
  if (client.telling !== 0) sum += mismatchesOfTraits(client, attempt);
  return sum + mismatchesOfRequests(client, attempt);
}

/** What a client got must be what some backend sent, as far as the balancer passes it on. */
function mismatchesOfTraits(client: ClientExchange, attempt: UpstreamAttempt): f64 {
  let sum: f64 = 0;
  for (let trait: i32 = 0; trait < TRAITS; trait++) {
    if ((client.telling & (1 << trait)) === 0) continue;
    const value = attempt.traits[trait] as i32;
    if (value === 0 || value === client.traits[trait]) continue;
    // The balancer tells the client the ID that it gave the request.
    if (trait === RESPONSE_ID && attempt.requestIdHash === client.traits[trait]) continue;
    sum += trait === RESPONSE_ID ? OTHER_REQUEST_ID : OTHER_TRAIT;
  }
  return sum;
}

/**
 * What speaks against `attempt` as one that failed before the client got its answer.
 * @param failures the client's failed attempts, of which the first `before` failed earlier
 */
export function mismatchesOfFailure(
  client: ClientExchange,
  attempt: UpstreamAttempt,
  failures: UpstreamAttempt[],
  before: i32,
): f64 {
  const answerer = client.answerer;
  const begin = attempt.beginNs;
  const failed = attempt.failedNs;
  if (begin < client.startNs - TOLERANCE_NS || begin > client.endNs + TOLERANCE_NS) return NEVER;
  let sum: f64 = begin < client.startNs ? OUT_OF_ORDER : 0;
  // nginx closes what failed before it turns elsewhere or answers; not so when the client went away first.
  const next = answerer === null ? client.responseStartNs : answerer.beginNs;
  if (next >= 0) {
    if (failed < 0 || failed > next + TOLERANCE_NS) return NEVER;
    if (failed > next) sum += OUT_OF_ORDER;
    if (answerer === null && client.status < 500) sum += OTHER_STATUS;
  }
  for (let index: i32 = 0; index < before; index++) {
    const earlier = failures[index] as UpstreamAttempt;
    if (earlier.failedNs < 0 || earlier.failedNs > begin + TOLERANCE_NS) return NEVER;
    if (sameBackend(earlier, attempt)) sum += SAME_BACKEND_AGAIN;
  }
  if (answerer !== null && sameBackend(answerer, attempt)) sum += SAME_BACKEND_AGAIN;
  return attempt.hasMethod ? sum + mismatchesOfRequests(client, attempt) : sum;
}

/** Whether both went to the same address and port. */
export function sameBackend(a: UpstreamAttempt, b: UpstreamAttempt): boolean {
  return a.address === b.address && a.port === b.port;
}

/** A cache may ask with GET for a HEAD; a balancer may rewrite targets. */
function mismatchesOfRequests(client: ClientExchange, attempt: UpstreamAttempt): f64 {
  if (!sameMethod(attempt, client) && !(client.method === Method.HEAD && attempt.method === Method.GET)) {
    return NEVER;
  }
  let sum: f64 = attempt.targetHash === client.targetHash ? 0 : OTHER_TARGET;
  if (client.requestIdHash !== 0 && attempt.requestIdHash !== client.requestIdHash) sum += OTHER_REQUEST_ID;
  const forwarded = attempt.forwardedForHash;
  const isOwn = forwarded === client.addressHash || forwarded === client.forwardedForHash;
  if (forwarded !== 0 && !isOwn) sum += OTHER_FORWARDED_FOR;
  return sum;
}

function sameMethod(a: BalancerRecord, b: BalancerRecord): boolean {
  if (a.method !== b.method) return false;
  const name = a.methodName;
  const other = b.methodName;
  if (name === null || other === null) return name === other;
  if (name.length !== other.length) return false;
  for (let index: i32 = 0; index < name.length; index++) {
    if (octetAt(name, index) !== octetAt(other, index)) return false;
  }
  return true;
}

/**
 * The squares of the times that the balancer would have held the request and the answer, in µs². Least where everything
 * was handled in order.
 */
export function unevennessOf(client: ClientExchange, attempt: UpstreamAttempt): f64 {
  const heldIn = Math.max(0, attempt.beginNs - client.askedNs) / NS_PER_US;
  return WEIGHT_IN * heldIn * heldIn + unevennessOfAnswer(client, attempt);
}

/** The answer's part of it. */
export function unevennessOfAnswer(client: ClientExchange, attempt: UpstreamAttempt): f64 {
  const held = heldOutNs(attempt, client.responseStartNs) / NS_PER_US;
  return held * held;
}

/**
 * What speaks against `attempt` as the client's, in one number: mismatches first, then waiting times. `NEVER` where it can't
 * be.
 */
export function costOfAnswer(client: ClientExchange, attempt: UpstreamAttempt): f64 {
  const mismatches = mismatchesOfAnswer(client, attempt);
  if (mismatches === NEVER) return NEVER;
  return mismatches * MISMATCH + Math.min(unevennessOf(client, attempt), MISMATCH);
}

/**
 * How long the balancer held the answer that it began at `answeredNs`. It reads first what began to come first (epoll's list of
 * what is ready has that order), with all that has come by then. nginx closes the backend's connection, if it isn't kept, right
 * before it answers, without a body right after.
 */
function heldOutNs(attempt: UpstreamAttempt, answeredNs: f64): f64 {
  const ownCloseNs = attempt.closedWithAnswerNs;
  if (ownCloseNs >= 0 && ownCloseNs <= answeredNs) return answeredNs - ownCloseNs;
  const held = Math.max(0, answeredNs - attempt.responseStartNs);
  return ownCloseNs < 0 ? held : Math.min(held, ownCloseNs - answeredNs);
}

/**
 * The same for a client whose attempts failed, but for the answering one: each failure is followed at once by the next
 * attempt, or by the balancer's own answer.
 */
export function unevennessOfFailures(client: ClientExchange, failures: UpstreamAttempt[]): f64 {
  if (failures.length === 0) return 0;
  let sum: f64 = 0;
  let beforeNs = client.askedNs;
  for (let index: i32 = 0; index < failures.length; index++) {
    const attempt = failures[index] as UpstreamAttempt;
    const held = (attempt.beginNs - beforeNs) / NS_PER_US;
    sum += index === 0 ? WEIGHT_IN * held * held : held * held;
    beforeNs = attempt.failedNs;
  }
  const answerer = client.answerer;
  const next = answerer === null ? client.responseStartNs : answerer.beginNs;
  // A client that goes away makes the balancer give up its attempt.
  const nextNs = next >= 0 || client.endNs === NEVER ? next : client.endNs;
  const held: f64 = nextNs < 0 || beforeNs < 0 ? 0 : (nextNs - beforeNs) / NS_PER_US;
  return sum + held * held;
}
