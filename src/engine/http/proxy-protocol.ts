/**
 * The PROXY protocol header that a load balancer may put before a client's first byte
 * (https://www.haproxy.org/download/2.9/doc/proxy-protocol.txt, §2.1 and §2.2).
 */
import { octetAt } from "../dialect/byte-order.ts";
import { min } from "../dialect/integers.ts";
import { CR, holdsAt, LF, octetsOf } from "./octets.ts";

const V1_START = octetsOf("PROXY ");
/** Longest first-version header, its line end included. */
const V1_MAX_LENGTH: i32 = 107;
const V2_SIGNATURE = octetsOf("\r\n\r\n\0\r\nQUIT\n");
const V2_LENGTH_OFFSET: i32 = 14;
const V2_FIXED_LENGTH: i32 = 16;

/** The offset after a PROXY protocol header at `start` (before `end`); `start` where there is none, or none that is whole. */
export function skipProxyHeader(bytes: Uint8Array, start: i32, end: i32): i32 {
  if (octetAt(bytes, start) === octetAt(V1_START, 0)) return skipFirstVersion(bytes, start, end);
  if (octetAt(bytes, start) === CR) return skipSecondVersion(bytes, start, end);
  return start;
}

function skipFirstVersion(bytes: Uint8Array, start: i32, end: i32): i32 {
  const limit = min(end, start + V1_MAX_LENGTH);
  if (limit - start < V1_START.length || !holdsAt(bytes, start, V1_START)) return start;
  for (let at = start + V1_START.length; at < limit; at++) {
    if (octetAt(bytes, at) === LF) return at + 1;
  }
  return start;
}

function skipSecondVersion(bytes: Uint8Array, start: i32, end: i32): i32 {
  if (end - start < V2_FIXED_LENGTH || !holdsAt(bytes, start, V2_SIGNATURE)) return start;
  const lengthAt = start + V2_LENGTH_OFFSET;
  const length = (octetAt(bytes, lengthAt) << 8) | octetAt(bytes, lengthAt + 1);
  const after = start + V2_FIXED_LENGTH + length;
  return after <= end ? after : start;
}
