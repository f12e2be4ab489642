/** Fills in what a request's head says of its exchange, HTTP/1's or HTTP/2's. */
import { takeDetails, takeMethodName } from "./exchange-details.ts";
import type { MessageHead } from "./message-head.ts";
import * as Method from "./methods.ts";
import type { ExchangePool, OpenExchange } from "./open-exchange.ts";
import { takeIdentity } from "./request-identity.ts";

/**
 * @param bytes in which the head's ranges lie
 * @param details whether the octets that reports tell are wanted
 * @returns `false` when they would take too much memory
 */
export function takeRequest(
  exchange: OpenExchange,
  head: MessageHead,
  bytes: Uint8Array,
  startNs: f64,
  startFrame: i32,
  details: boolean,
  pool: ExchangePool,
): boolean {
  exchange.hasRequest = true;
  exchange.method = head.method;
  if (head.method === Method.UNKNOWN) takeMethodName(exchange, head, bytes);
  exchange.isSimple = head.isSimple;
  exchange.isLast = head.closes;
  exchange.requestStartNs = startNs;
  exchange.requestStartFrame = startFrame;
  takeIdentity(exchange, head, bytes);
  return !details || takeDetails(exchange, head, bytes, pool);
}
