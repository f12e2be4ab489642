/** Fills in by what an exchange is known again, of `message-traits.ts`. */
import { octetAt } from "../dialect/byte-order.ts";
import type { BodyStart } from "./body-start.ts";
import type { FieldValue, MessageHead } from "./message-head.ts";
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
import { identityHash, valueHash } from "./request-identity.ts";

const LETTER_W: i32 = 0x57;

/** Fills in what the response's head says, which lies in `bytes`. */
export function takeResponseHead(exchange: OpenExchange, head: MessageHead, bytes: Uint8Array): void {
  const traits = exchange.traits;
  traits[RESPONSE_ID] = valueHash(bytes, head.requestId);
  traits[ETAG] = etagHash(bytes, head.etag);
  traits[SERVER_TIMING] = firstMemberHash(bytes, head.serverTiming);
  traits[VIA] = firstMemberHash(bytes, head.via);
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

/** Of the tag, without the mark of a weak one (RFC 9110 §8.8.3). */
function etagHash(bytes: Uint8Array, value: FieldValue): i32 {
  const start = value.start;
  const isWeak =
    value.isThere &&
    value.end - start > 2 &&
    octetAt(bytes, start) === LETTER_W &&
    octetAt(bytes, start + 1) === SLASH;
  return isWeak ? identityHash(bytes, start + 2, value.end) : valueHash(bytes, value);
}

/** Of the first member of a list. */
function firstMemberHash(bytes: Uint8Array, value: FieldValue): i32 {
  if (!value.isThere) return 0;
  let at = value.start;
  while (at < value.end && octetAt(bytes, at) !== COMMA) at++;
  return identityHash(bytes, value.start, at);
}
