import type { Readings } from "../../readings/readings.ts";
import { addedTimeOf } from "./balancer-added-time.ts";
import type { BalancerRecord, ClientExchange } from "./balancer-records.ts";
import { outcomeOf } from "./balancer-tally.ts";

/**
 * Puts a client exchange with what it caused, in the order of `BalancedExchangeRow`: an endpoint is the number of an address
 * and a port, the method its number and the octets of an unknown one's name, and of the attempts how many there are, then
 * endpoint and status of each. Status 0 is none; times are in ns.
 */
export function putBalancedRow(client: ClientExchange, out: Readings): void {
  putEndpoint(client, out);
  out.put(client.ordinal + 1);
  out.put(outcomeOf(client));
  out.put(client.isUncertain ? 1 : 0);
  out.put(client.method);
  out.putOctets(client.methodName);
  out.put(client.status);
  out.put(client.attempts);
  for (let index: i32 = 0; index < client.attempts; index++) {
    const attempt = client.attemptAt(index);
    if (attempt === null) continue;
    putEndpoint(attempt, out);
    out.put(attempt.status);
  }
  out.put(elapsedNs(client.requestEndNs, client.responseStartNs));
  out.put(elapsedNs(client.requestEndNs, client.responseEndNs));
  const last = client.attemptAt(client.attempts - 1);
  out.put(last === null ? NaN : elapsedNs(last.beginNs, last.responseStartNs));
  out.put(last === null ? NaN : elapsedNs(last.beginNs, last.responseEndNs));
  const added = addedTimeOf(client);
  out.put(added.firstByteNs < 0 ? NaN : added.firstByteNs);
  out.put(added.lastByteNs < 0 ? NaN : added.lastByteNs);
}

function putEndpoint(record: BalancerRecord, out: Readings): void {
  out.put(record.address);
  out.put(record.port);
}

/** Not measured where one end was not seen, or was recorded before the other. */
function elapsedNs(fromNs: f64, toNs: f64): f64 {
  return fromNs < 0 || toNs < fromNs ? NaN : toNs - fromNs;
}
