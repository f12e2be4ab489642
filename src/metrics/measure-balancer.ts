/** What a balancer did between clients and backends. */

import { methodName } from "../engine/http/methods.ts";
import * as Balanced from "../engine/readings/balanced-exchange-readings.ts";
import { BALANCER_OUTCOMES } from "../engine/readings/balancer-outcome.ts";
import type { BalancerReadings } from "../engine/readings/balancer-readings.ts";
import type { BalancedExchangeRow, BalancerMetrics } from "./balancer-metrics.ts";
import { inGroups } from "./in-groups.ts";
import { measureDistribution, measuredMs } from "./measure-distribution.ts";
import { nameOf } from "./name-of.ts";

/** @param addressText the text of an address by its number */
export function measureBalancer(
  readings: BalancerReadings,
  addressText: (address: number) => string,
): BalancerMetrics {
  return {
    address: addressText(readings.address),
    upstreamAddress: addressText(readings.upstreamAddress),
    clientExchanges: readings.clientExchanges,
    matched: readings.matched,
    uncertain: readings.uncertain,
    retried: readings.retried,
    answeredItself: Object.fromEntries(inGroups(readings.answeredItself, 2)),
    unfinished: readings.unfinished,
    upstreamOnly: readings.upstreamOnly,
    addedTimeToFirstByteMs: measureDistribution(readings.addedTimeToFirstByte),
    addedTimeToLastByteMs: measureDistribution(readings.addedTimeToLastByte),
    clientTimeToFirstByteMs: measureDistribution(readings.clients.timeToFirstByte),
    clientTimeToLastByteMs: measureDistribution(readings.clients.timeToLastByte),
    clientsFailed: readings.clients.failed,
    clientAddresses: readings.clients.addresses,
    clientAddressesAtSeveral: readings.clients.addressesAtSeveral,
    retriesMs: measureDistribution(readings.retries),
  };
}

/** @param endpoint the text of an address, by its number, and a port */
export function balancedExchangeRow(
  readings: Balanced.BalancedExchangeReadings,
  endpoint: (address: number, port: number) => string,
): BalancedExchangeRow {
  const attempts = inGroups(readings.attempts, Balanced.ATTEMPT_SIZE);
  return {
    client: endpoint(readings.client, readings.clientPort),
    exchange: readings.exchange,
    outcome: nameOf(BALANCER_OUTCOMES, readings.outcome),
    uncertain: readings.isUncertain,
    method: methodName(readings.method) || readings.methodName.text,
    status: readings.status || null,
    upstreams: attempts.map((attempt) =>
      endpoint(attempt[Balanced.ATTEMPT_ADDRESS] ?? 0, attempt[Balanced.ATTEMPT_PORT] ?? 0),
    ),
    upstreamStatuses: attempts.map((attempt) => attempt[Balanced.ATTEMPT_STATUS] || null),
    timeToFirstByteMs: measuredMs(readings.timeToFirstByteNs),
    timeToLastByteMs: measuredMs(readings.timeToLastByteNs),
    upstreamFirstByteMs: measuredMs(readings.upstreamFirstByteNs),
    upstreamLastByteMs: measuredMs(readings.upstreamLastByteNs),
    addedTimeToFirstByteMs: measuredMs(readings.addedTimeToFirstByteNs),
    addedTimeToLastByteMs: measuredMs(readings.addedTimeToLastByteNs),
  };
}
