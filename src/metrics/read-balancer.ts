/** What the tally room's `BalancerObserver` found out, read from its readings. */
import { methodName } from "../engine/http/methods.ts";
import * as BalancerOutcome from "../engine/tally/balancer/balancer-outcome.ts";
import type { BalancedExchangeRow, BalancerMetrics } from "./balancer-metrics.ts";
import type { ReadingsReader } from "./readings-reader.ts";

/** How an exchange was served, in words: by its number. */
const OUTCOMES: Readonly<Record<number, BalancedExchangeRow["outcome"]>> = {
  [BalancerOutcome.MATCHED]: "matched",
  [BalancerOutcome.ANSWERED_ITSELF]: "answeredItself",
  [BalancerOutcome.UNFINISHED]: "unfinished",
};

/**
 * Reads what `BalancerObserver.readings` put down.
 * @param addressText the text of an address by its number
 */
export function readBalancer(
  reader: ReadingsReader,
  addressText: (address: number) => string,
): BalancerMetrics | null {
  if (!reader.flag()) return null;
  return {
    address: addressText(reader.number()),
    clientExchanges: reader.number(),
    matched: reader.number(),
    uncertain: reader.number(),
    retried: reader.number(),
    answeredItself: Object.fromEntries(reader.list(() => [reader.number(), reader.number()])),
    unfinished: reader.number(),
    upstreamOnly: reader.number(),
    addedTimeToFirstByteMs: reader.distribution(),
    addedTimeToLastByteMs: reader.distribution(),
    retriesMs: reader.distribution(),
  };
}

/**
 * Reads a row that the observer put down.
 * @param endpoint the text of an address, by its number, and a port
 */
export function readBalancedRow(
  reader: ReadingsReader,
  endpoint: (address: number, port: number) => string,
): BalancedExchangeRow {
  const end = () => endpoint(reader.number(), reader.number());
  const client = end();
  const exchange = reader.number();
  const outcome = outcomeText(reader.number());
  const uncertain = reader.flag();
  const method = methodText(reader.number(), reader.text());
  const status = reader.number() || null;
  const attempts = reader.list(() => ({ upstream: end(), status: reader.number() || null }));
  return {
    client,
    exchange,
    outcome,
    uncertain,
    method,
    status,
    upstreams: attempts.map((attempt) => attempt.upstream),
    upstreamStatuses: attempts.map((attempt) => attempt.status),
    timeToFirstByteMs: reader.milliseconds(),
    timeToLastByteMs: reader.milliseconds(),
    upstreamFirstByteMs: reader.milliseconds(),
    upstreamLastByteMs: reader.milliseconds(),
    addedTimeToFirstByteMs: reader.milliseconds(),
    addedTimeToLastByteMs: reader.milliseconds(),
  };
}

function outcomeText(outcome: number): BalancedExchangeRow["outcome"] {
  const text = OUTCOMES[outcome];
  if (text === undefined) throw new RangeError(`${outcome} is no outcome of an exchange`);
  return text;
}

/** @param name of a method that has no number */
function methodText(method: number, name: string): string {
  return methodName(method) || name;
}
