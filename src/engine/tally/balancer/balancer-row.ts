import * as Balanced from "../../readings/balanced-exchange-readings.ts";
import type { ReadingsWriter } from "../../readings/readings-writer.ts";
import { addedTimeOf } from "./balancer-added-time.ts";
import type { ClientExchange, UpstreamAttempt } from "./balancer-records.ts";
import { outcomeOf } from "./balancer-tally.ts";

const row: Balanced.BalancedExchangeReadings = new Balanced.BalancedExchangeReadings();

/** Puts a client exchange with what it caused. */
export function putBalancedRow(client: ClientExchange, to: ReadingsWriter): void {
  row.client = client.address;
  row.clientPort = client.port;
  row.connection = client.connectionNumber;
  row.exchange = client.ordinal + 1;
  row.outcome = outcomeOf(client);
  row.isUncertain = client.isUncertain;
  row.method = client.method;
  row.methodName.octets = client.methodName;
  row.status = client.status;
  row.attempts = attemptsOf(client);
  row.timeToFirstByteNs = elapsedNs(client.requestEndNs, client.responseStartNs);
  row.timeToLastByteNs = elapsedNs(client.requestEndNs, client.responseEndNs);
  const first = client.attemptAt(0);
  row.waitBeforeNs = first === null ? NaN : elapsedNs(client.requestEndNs, first.beginNs);
  const answerer = client.answerer;
  row.waitAfterNs = answerer === null ? NaN : elapsedNs(answerer.responseStartNs, client.responseStartNs);
  const added = addedTimeOf(client);
  row.addedTimeToFirstByteNs = added.firstByteNs < 0 ? NaN : added.firstByteNs;
  row.addedTimeToLastByteNs = added.lastByteNs < 0 ? NaN : added.lastByteNs;
  row.put(to);
}

function attemptsOf(client: ClientExchange): Float64Array {
  const attempts = new Float64Array(Balanced.ATTEMPT_SIZE * client.attempts);
  for (let index: i32 = 0; index < client.attempts; index++) {
    const attempt = client.attemptAt(index);
    if (attempt !== null) putAttempt(attempt, attempts, Balanced.ATTEMPT_SIZE * index);
  }
  return attempts;
}

function putAttempt(attempt: UpstreamAttempt, to: Float64Array, at: i32): void {
  const beginNs = attempt.beginNs;
  const hasAnswer = attempt.responseStartNs >= 0;
  to[at + Balanced.ATTEMPT_ADDRESS] = attempt.address;
  to[at + Balanced.ATTEMPT_PORT] = attempt.port;
  to[at + Balanced.ATTEMPT_STATUS] = attempt.status;
  to[at + Balanced.ATTEMPT_CONNECTION] = attempt.connectionNumber;
  to[at + Balanced.ATTEMPT_EXCHANGE] = attempt.hasMethod ? attempt.ordinal + 1 : 0;
  to[at + Balanced.ATTEMPT_CONNECT_NS] =
    attempt.openedNs < 0 ? NaN : elapsedNs(attempt.openedNs, attempt.requestStartNs);
  to[at + Balanced.ATTEMPT_FIRST_BYTE_NS] = elapsedNs(beginNs, attempt.responseStartNs);
  to[at + Balanced.ATTEMPT_LAST_BYTE_NS] = elapsedNs(
    beginNs,
    hasAnswer ? attempt.responseEndNs : attempt.closeNs,
  );
}

/** Not measured where one end was not seen, or was recorded before the other. */
function elapsedNs(fromNs: f64, toNs: f64): f64 {
  return fromNs < 0 || toNs < fromNs ? NaN : toNs - fromNs;
}
