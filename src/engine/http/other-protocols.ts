/** Protocols that are told from the first bytes of a stream and never turn into HTTP/1.x. */
import { octetAt } from "../dialect/byte-order.ts";
import * as DiscardReason from "./discards.ts";
import { holdsAt, octetsOf } from "./octets.ts";

/** Record types change_cipher_spec … application_data, and version 3.x (RFC 8446 §5.1). */
const TLS_FIRST_TYPE: i32 = 0x14;
const TLS_LAST_TYPE: i32 = 0x17;
const TLS_MAJOR_VERSION: i32 = 0x03;
const TLS_LAST_MINOR_VERSION: i32 = 0x04;
/** Octets that tell TLS. */
const TLS_TOLD_BY: i32 = 3;
/** RFC 4253 §4.2. */
const SSH_BANNER = octetsOf("SSH-");

/** The protocol whose stream begins with `bytes[start, end)`: one of the last of `discards.ts`. */
export function recogniseProtocol(bytes: Uint8Array, start: i32, end: i32): i32 {
  const length = end - start;
  if (length >= TLS_TOLD_BY && mayBeTls(bytes, start, end)) return DiscardReason.TLS;
  if (length >= SSH_BANNER.length && holdsAt(bytes, start, SSH_BANNER)) return DiscardReason.SSH;
  return DiscardReason.OTHER_PROTOCOL;
}

/** Whether a stream that begins with `bytes[start, end)`, at least one octet, may be TLS, as far as they tell. */
export function mayBeTls(bytes: Uint8Array, start: i32, end: i32): boolean {
  const type = octetAt(bytes, start);
  if (type < TLS_FIRST_TYPE || type > TLS_LAST_TYPE) return false;
  if (start + 1 < end && octetAt(bytes, start + 1) !== TLS_MAJOR_VERSION) return false;
  return start + 2 >= end || octetAt(bytes, start + 2) <= TLS_LAST_MINOR_VERSION;
}
