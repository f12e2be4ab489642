/**
 * The PROXY protocol header that a load balancer may put before a client's first byte
 * (https://www.haproxy.org/download/2.9/doc/proxy-protocol.txt, §2.1 and §2.2).
 */
import { CR, holdsAt, LF, octetsOf } from "./octets.ts";

const V1_START = octetsOf("PROXY ");
/** Longest first-version header, its line end included. */
const V1_MAX_LENGTH = 107;
const V2_SIGNATURE = octetsOf("\r\n\r\n\0\r\nQUIT\n");
const V2_LENGTH_OFFSET = 14;
const V2_FIXED_LENGTH = 16;

/** The offset after a PROXY protocol header at `start`; `start` where there is none, or none that is whole. */
export function skipProxyHeader(bytes: Buffer, start: number, end: number): number {
  if (bytes[start] === V1_START[0]) return skipFirstVersion(bytes, start, end);
  if (bytes[start] === CR) return skipSecondVersion(bytes, start, end);
  return start;
}

function skipFirstVersion(bytes: Buffer, start: number, end: number): number {
  const limit = Math.min(end, start + V1_MAX_LENGTH);
  if (limit - start < V1_START.length || !holdsAt(bytes, start, V1_START)) return start;
  for (let at = start + V1_START.length; at < limit; at++) {
    if (bytes[at] === LF) return at + 1;
  }
  return start;
}

function skipSecondVersion(bytes: Buffer, start: number, end: number): number {
  if (end - start < V2_FIXED_LENGTH || !holdsAt(bytes, start, V2_SIGNATURE)) return start;
  const after = start + V2_FIXED_LENGTH + bytes.readUInt16BE(start + V2_LENGTH_OFFSET);
  return after <= end ? after : start;
}
