import {
  ATTEMPT_ADDRESS,
  ATTEMPT_PORT,
  ATTEMPT_SIZE,
  ATTEMPT_STATUS,
  BalancedExchangeReadings,
} from "../../readings/balanced-exchange-readings.ts";
import type { ReadingsWriter } from "../../readings/readings-writer.ts";
import { addedTimeOf } from "./balancer-added-time.ts";
import type { ClientExchange } from "./balancer-records.ts";
import { outcomeOf } from "./balancer-tally.ts";

const row: BalancedExchangeReadings = new BalancedExchangeReadings();

/** Puts a client exchange with what it caused. */
export function putBalancedRow(client: ClientExchange, to: ReadingsWriter): void {
  row.client = client.address;
  row.clientPort = client.port;
  row.exchange = client.ordinal + 1;
  row.outcome = outcomeOf(client);
  row.isUncertain = client.isUncertain;
  row.method = client.method;
  row.methodName.octets = client.methodName;
  row.status = client.status;
  row.attempts = attemptsOf(client);
  row.timeToFirstByteNs = elapsedNs(client.requestEndNs, client.responseStartNs);
  row.timeToLastByteNs = elapsedNs(client.requestEndNs, client.responseEndNs);
  const last = client.attemptAt(client.attempts - 1);
  row.upstreamFirstByteNs = last === null ? NaN : elapsedNs(last.beginNs, last.responseStartNs);
  row.upstreamLastByteNs = last === null ? NaN : elapsedNs(last.beginNs, last.responseEndNs);
  const added = addedTimeOf(client);
  row.addedTimeToFirstByteNs = added.firstByteNs < 0 ? NaN : added.firstByteNs;
  row.addedTimeToLastByteNs = added.lastByteNs < 0 ? NaN : added.lastByteNs;
  row.put(to);
}

function attemptsOf(client: ClientExchange): Float64Array {
  const attempts = new Float64Array(ATTEMPT_SIZE * client.attempts);
  for (let index: i32 = 0; index < client.attempts; index++) {
    const attempt = client.attemptAt(index);
    if (attempt === null) continue;
    const at = ATTEMPT_SIZE * index;
    attempts[at + ATTEMPT_ADDRESS] = attempt.address;
    attempts[at + ATTEMPT_PORT] = attempt.port;
    attempts[at + ATTEMPT_STATUS] = attempt.status;
  }
  return attempts;
}

/** Not measured where one end was not seen, or was recorded before the other. */
function elapsedNs(fromNs: f64, toNs: f64): f64 {
  return fromNs < 0 || toNs < fromNs ? NaN : toNs - fromNs;
}
