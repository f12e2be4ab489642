/** What a balancer did between clients and backends. */

import { methodName } from "../engine/http/methods.ts";
import * as Balanced from "../engine/readings/balanced-exchange-readings.ts";
import { BALANCER_OUTCOMES } from "../engine/readings/balancer-outcome.ts";
import type { BalancerReadings } from "../engine/readings/balancer-readings.ts";
import type { BackendAttempt, BalancedExchangeRow, BalancerMetrics } from "./balancer-metrics.ts";
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
  return {
    client: endpoint(readings.client, readings.clientPort),
    connection: readings.connection,
    exchange: readings.exchange,
    outcome: nameOf(BALANCER_OUTCOMES, readings.outcome),
    uncertain: readings.isUncertain,
    method: methodName(readings.method) || readings.methodName.text,
    status: readings.status || null,
    attempts: inGroups(readings.attempts, Balanced.ATTEMPT_SIZE).map((attempt) =>
      backendAttempt((index) => attempt[index] ?? Number.NaN, endpoint),
    ),
    timeToFirstByteMs: measuredMs(readings.timeToFirstByteNs),
    timeToLastByteMs: measuredMs(readings.timeToLastByteNs),
    waitBeforeMs: measuredMs(readings.waitBeforeNs),
    waitAfterMs: measuredMs(readings.waitAfterNs),
    addedTimeToFirstByteMs: measuredMs(readings.addedTimeToFirstByteNs),
    addedTimeToLastByteMs: measuredMs(readings.addedTimeToLastByteNs),
  };
}

function backendAttempt(
  number: (index: number) => number,
  endpoint: (address: number, port: number) => string,
): BackendAttempt {
  return {
    server: endpoint(number(Balanced.ATTEMPT_ADDRESS), number(Balanced.ATTEMPT_PORT)),
    status: number(Balanced.ATTEMPT_STATUS) || null,
    connection: number(Balanced.ATTEMPT_CONNECTION),
    exchange: number(Balanced.ATTEMPT_EXCHANGE) || null,
    connectMs: measuredMs(number(Balanced.ATTEMPT_CONNECT_NS)),
    timeToFirstByteMs: measuredMs(number(Balanced.ATTEMPT_FIRST_BYTE_NS)),
    timeToLastByteMs: measuredMs(number(Balanced.ATTEMPT_LAST_BYTE_NS)),
  };
}
