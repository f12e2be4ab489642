import type { Cursor } from "./cursor.ts";

/** ICMP and ICMPv6: type (1), code (1), checksum (2), by type (4), and in errors the packet at fault. */
const TYPE = 0;
const HEADER_LENGTH = 8;

/** ICMP errors (RFC 792): unreachable, source quench, redirect, time exceeded, parameter problem. */
const ICMP_ERRORS = [3, 4, 5, 11, 12];
/** ICMPv6 errors (RFC 4443 §2.1): unreachable, packet too big, time exceeded, parameter problem. */
const ICMPV6_ERRORS = [1, 2, 3, 4];

/** Moves to the IP packet that an ICMP error quotes; false where the message quotes none. */
export function moveToIcmpQuote(cursor: Cursor): boolean {
  return moveToQuote(cursor, ICMP_ERRORS);
}

/** The same for ICMPv6. */
export function moveToIcmpv6Quote(cursor: Cursor): boolean {
  return moveToQuote(cursor, ICMPV6_ERRORS);
}

function moveToQuote(cursor: Cursor, errors: readonly number[]): boolean {
  if (!cursor.holds(HEADER_LENGTH)) return false;
  const type = cursor.view.getUint8(cursor.offset + TYPE);
  cursor.offset += HEADER_LENGTH;
  return errors.includes(type);
}
