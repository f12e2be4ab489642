/** Fills in by what an exchange is known again, of `message-traits.ts`. */
import { octetAt } from "../dialect/byte-order.ts";
import type { BodyStart } from "./body-start.ts";
import type { MessageHead } from "./message-head.ts";
import {
  ETAG,
  REQUEST_BODY,
  RESPONSE_BODY,
  RESPONSE_ID,
  RESPONSE_LENGTH,
  SERVER_TIMING,
  VIA,
} from "./message-traits.ts";
import { COMMA, SLASH } from "./octets.ts";
import type { OpenExchange } from "./open-exchange.ts";
import { identityHash } from "./request-identity.ts";

const LETTER_W: i32 = 0x57;

/** Fills in what the response's head says, which lies in `bytes`. */
export function takeResponseHead(exchange: OpenExchange, head: MessageHead, bytes: Uint8Array): void {
  const traits = exchange.traits;
  if (head.requestIdStart !== -1)
    traits[RESPONSE_ID] = identityHash(bytes, head.requestIdStart, head.requestIdEnd);
  if (head.etagStart !== -1) {
    const isWeak =
      head.etagEnd - head.etagStart > 2 &&
      octetAt(bytes, head.etagStart) === LETTER_W &&
      octetAt(bytes, head.etagStart + 1) === SLASH;
    traits[ETAG] = identityHash(bytes, head.etagStart + (isWeak ? 2 : 0), head.etagEnd);
  }
  if (head.serverTimingStart !== -1)
    traits[SERVER_TIMING] = firstMemberHash(bytes, head.serverTimingStart, head.serverTimingEnd);
  if (head.viaStart !== -1) traits[VIA] = firstMemberHash(bytes, head.viaStart, head.viaEnd);
}

/** Fills in what is known of the request's body, at its end. */
export function takeRequestBody(exchange: OpenExchange, body: BodyStart): void {
  exchange.traits[REQUEST_BODY] = body.hash;
}

/** Fills in what is known of the response's body, at its end. */
export function takeResponseBody(exchange: OpenExchange, body: BodyStart): void {
  exchange.traits[RESPONSE_BODY] = body.hash;
  // 0 stands for unknown; lengths above 4 GB may coincide with others.
  exchange.traits[RESPONSE_LENGTH] = ((body.length % 0x7fff_ffff) as i32) + 1;
}

function firstMemberHash(bytes: Uint8Array, start: i32, end: i32): i32 {
  let at = start;
  while (at < end && octetAt(bytes, at) !== COMMA) at++;
  return identityHash(bytes, start, at);
}
