import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";

/** Bytes of an IPv4 address. */
export const IPV4_ADDRESS_LENGTH = 4;
/** Bytes of an IPv6 address. */
export const IPV6_ADDRESS_LENGTH = 16;

/** One number of an IPv4 address: 0 … 255, no leading zero (some systems read one as octal). */
const DECIMAL_BYTE = /^(?:0|[1-9]\d{0,2})$/;
/** One group of an IPv6 address. */
const HEXADECIMAL_GROUP = /^[0-9a-f]{1,4}$/i;
const GROUPS = 8;
/** Prefix of an IPv6 address that contains an IPv4 address: ::ffff:0:0/96 (RFC 4291 §2.5.5.2). */
const MAPPED_PREFIX_GROUPS = [0, 0, 0, 0, 0, 0xffff];
const MAPPED_PREFIX_LENGTH = 12;

/**
 * Reads an IP address as people write it: `192.168.56.103`, `2001:db8::1`, `::ffff:192.0.2.1`, `fe80::1%eth0`.
 * An IPv4-mapped IPv6 address gives the IPv4 address, which is what is in the packets; a zone is left out,
 * packets have none.
 * @returns the bytes in network order: 4 or 16
 * @throws Failure (status 2) if the text is no IP address
 */
export function parseIpAddress(text: string): Uint8Array {
  const address = text.includes(":") ? parseIpv6(text) : parseIpv4(text);
  if (address === null) {
    throw new Failure(message("notAddress", text), 2);
  }
  return isIpv4Mapped(address) ? address.slice(MAPPED_PREFIX_LENGTH) : address;
}

/**
 * Writes an IP address in its canonical form (RFC 5952): lower case, the longest run of zeros shortened.
 * @param bytes memory that the address lies in, network order
 * @param offset where it starts
 * @param length 4 for IPv4, 16 for IPv6
 */
export function formatIpAddress(bytes: Uint8Array, offset = 0, length = bytes.length - offset): string {
  const address = bytes.subarray(offset, offset + length);
  if (length === IPV4_ADDRESS_LENGTH) return address.join(".");
  if (isIpv4Mapped(address)) return `::ffff:${address.subarray(MAPPED_PREFIX_LENGTH).join(".")}`;
  const groups = groupsOf(address);
  const zeros = longestZeroRun(groups);
  const write = (part: number[]) => part.map((group) => group.toString(16)).join(":");
  // A single zero group is written out (RFC 5952 §4.2.2).
  if (zeros.length < 2) return write(groups);
  return `${write(groups.slice(0, zeros.start))}::${write(groups.slice(zeros.start + zeros.length))}`;
}

/**
 * An address from its words of 32 bits, in network order.
 * @param version 4 or 6
 * @param word of an index from 0
 * @returns 4 or 16 bytes
 */
export function ipAddressBytes(version: number, word: (index: number) => number): Uint8Array {
  const view = new DataView(new ArrayBuffer(version === 4 ? IPV4_ADDRESS_LENGTH : IPV6_ADDRESS_LENGTH));
  for (let at = 0; at < view.byteLength; at += 4) view.setInt32(at, word(at / 4));
  return new Uint8Array(view.buffer);
}

function parseIpv4(text: string): Uint8Array | null {
  const parts = text.split(".");
  if (parts.length !== IPV4_ADDRESS_LENGTH) return null;
  const valid = parts.every((part) => DECIMAL_BYTE.test(part) && Number(part) <= 255);
  return valid ? Uint8Array.from(parts, Number) : null;
}

function parseIpv6(text: string): Uint8Array | null {
  const [withoutZone = "", zone, ...moreZones] = text.split("%");
  if (zone === "" || moreZones.length > 0) return null;
  const halves = withoutZone.split("::");
  if (halves.length > 2) return null;
  const [before = null, after = null] = halves.map((half, index) =>
    parseGroups(half, index === halves.length - 1),
  );
  if (before === null || (halves.length === 2 && after === null)) return null;
  const missing = GROUPS - before.length - (after?.length ?? 0);
  // "::" stands for one group at least; without it all groups are there.
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...before, ...Array<number>(missing).fill(0), ...(after ?? [])];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

/** Groups between colons; the last may be an IPv4 address, which makes two groups, if the address ends there. */
function parseGroups(text: string, endsAddress: boolean): number[] | null {
  if (text === "") return [];
  const parts = text.split(":");
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    if (HEXADECIMAL_GROUP.test(part)) {
      groups.push(Number.parseInt(part, 16));
      continue;
    }
    const ipv4 = endsAddress && index === parts.length - 1 ? parseIpv4(part) : null;
    if (ipv4 === null) return null;
    groups.push(...groupsOf(ipv4));
  }
  return groups;
}

function groupsOf(address: Uint8Array): number[] {
  const view = new DataView(address.buffer, address.byteOffset, address.length);
  return Array.from({ length: address.length / 2 }, (_, group) => view.getUint16(group * 2));
}

function isIpv4Mapped(address: Uint8Array): boolean {
  if (address.length !== IPV6_ADDRESS_LENGTH) return false;
  const groups = groupsOf(address);
  return MAPPED_PREFIX_GROUPS.every((group, index) => groups[index] === group);
}

/** The longest run of zero groups, the first of equally long ones (RFC 5952 §4.2.3). */
function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let longest = { start: 0, length: 0 };
  let length = 0;
  for (const [index, group] of groups.entries()) {
    length = group === 0 ? length + 1 : 0;
    if (length > longest.length) longest = { start: index - length + 1, length };
  }
  return longest;
}
