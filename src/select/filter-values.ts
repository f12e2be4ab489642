/** Values as filters have them, by the type of the field before them. */
import { Failure } from "../failure.ts";
import { parseIpAddress } from "../packet/ip-address.ts";
import { NANOSECONDS_PER_SECOND } from "../units.ts";
import { type Message, message } from "../words/message.ts";
import type { FieldType } from "./filter-fields.ts";

/**
 * A value: one number, or the four words of an IPv6 address in network order. Addresses may have a mask, which is laid over the
 * frame's address before the two are compared; `mask` is all ones where none was written.
 */
export interface FilterValue {
  readonly words: readonly number[];
  readonly mask: readonly number[];
  readonly isNetwork: boolean;
}

/** 0x hexadecimal, 0b binary, a leading 0 octal, else decimal: C's, as in Wireshark. */
const NUMBER =
  /^\+?(?:(?<hexadecimal>0x[\da-f]+)|(?<binary>0b[01]+)|0(?<octal>[0-7]+)|(?<decimal>0|[1-9]\d*))$/i;
const SECONDS = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<fraction>\d{1,9}))?$/;
const ETHERNET = /^[\da-f]{2}([:-][\da-f]{2}){5}$|^[\da-f]{4}(\.[\da-f]{4}){2}$/i;
const PREFIX = /^(?<address>[^/]+)(?:\/(?<bits>\d{1,3}))?$/;
const ALL_ONES = 0xffff_ffff;

/** The value, or why it is none of that type. */
export function parseFilterValue(type: FieldType, text: string, field: string): FilterValue | Message {
  switch (type.kind) {
    case "number":
      return plain(numberOf(text, type.highest)) ?? message("filterNumber", text, field, type.highest);
    case "seconds":
      return plain(nanosecondsOf(text)) ?? message("filterSeconds", text, field);
    case "ethernet":
      return plain(ethernetOf(text)) ?? message("filterEthernet", text, field);
    case "ipv4":
    case "ipv6":
      return addressOf(text, field, type.kind === "ipv4" ? 4 : 6);
  }
}

function plain(value: number | null): FilterValue | null {
  return value === null ? null : { words: [value], mask: [ALL_ONES], isNetwork: false };
}

function numberOf(text: string, highest: number): number | null {
  const { hexadecimal, binary, octal, decimal } = NUMBER.exec(text)?.groups ?? {};
  const value = Number(hexadecimal ?? binary ?? (octal === undefined ? decimal : `0o${octal}`) ?? Number.NaN);
  return value <= highest ? value : null;
}

/** Whole nanoseconds, computed without a fraction that a double can't hold. */
function nanosecondsOf(text: string): number | null {
  const { sign, whole, fraction = "" } = SECONDS.exec(text)?.groups ?? {};
  if (whole === undefined || whole.length > 9) return null;
  const nanoseconds = Number(whole) * NANOSECONDS_PER_SECOND + Number(fraction.padEnd(9, "0"));
  return sign === "-" ? -nanoseconds : nanoseconds;
}

function ethernetOf(text: string): number | null {
  return ETHERNET.test(text) ? Number.parseInt(text.replaceAll(/[:.-]/g, ""), 16) : null;
}

function addressOf(text: string, field: string, version: 4 | 6): FilterValue | Message {
  const { address = "", bits } = PREFIX.exec(text)?.groups ?? {};
  const found = address.includes("%") ? null : addressWords(address);
  if (found === null) return message("filterAddress", text, field);
  if (found.length !== (version === 4 ? 1 : 4)) {
    const other = version === 6 ? field.replace("ipv6", "ip") : field.replace("ip", "ipv6");
    return message("filterVersion", field, version, text, other);
  }
  const length = version === 4 ? 32 : 128;
  const ones = bits === undefined ? length : Number(bits);
  if (ones > length) return message("filterPrefix", text, length);
  return {
    words: found,
    mask: found.map((_, word) => maskOf(ones - 32 * word)),
    isNetwork: bits !== undefined,
  };
}

/** One word of IPv4, four of IPv6; `null` where the text is no address. */
function addressWords(text: string): readonly number[] | null {
  let bytes: Uint8Array;
  try {
    bytes = parseIpAddress(text);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
  // An IPv4-mapped address comes back as IPv4, and is IPv6 in a packet.
  const isMapped = text.includes(":") && bytes.length === 4;
  const whole = isMapped ? Uint8Array.of(...MAPPED_PREFIX, ...bytes) : bytes;
  const view = new DataView(whole.buffer, whole.byteOffset, whole.length);
  return Array.from({ length: whole.length / 4 }, (_, word) => view.getUint32(word * 4));
}

const MAPPED_PREFIX = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/** A word whose first bits are ones. */
function maskOf(ones: number): number {
  if (ones <= 0) return 0;
  return ones >= 32 ? ALL_ONES : (ALL_ONES << (32 - ones)) >>> 0;
}
