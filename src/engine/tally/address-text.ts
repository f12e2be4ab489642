/** Addresses as text, in the canonical form that `formatIpAddress` of `ip-address.ts` writes. */
import { COLON, DIGIT_0, DOT } from "../http/octets.ts";
import type { AddressTable } from "../tcp/address-table.ts";

/** Eight groups of four digits, seven colons. */
const MAX_OCTETS: i32 = 39;
const GROUPS: i32 = 8;
const LETTER_A: i32 = 0x61;
const LETTER_F: i32 = 0x66;
/** What an IPv4 address inside an IPv6 address begins with: ::ffff:0:0/96 (RFC 4291 §2.5.5.2), as words. */
const MAPPED_WORD: i32 = 0x0000ffff;

export class AddressText {
  /** ASCII, in `octets[0 … length)`. */
  readonly octets: Uint8Array = new Uint8Array(MAX_OCTETS);
  length: i32 = 0;
  private readonly groups: Int32Array = new Int32Array(GROUPS);

  /** Writes the address of this number, over what was written before. */
  write(addresses: AddressTable, address: i32): void {
    this.length = 0;
    if (addresses.version(address) === 4) this.putIpv4(addresses.word(address, 0));
    else if (isIpv4Mapped(addresses, address)) {
      this.putMappedPrefix();
      this.putIpv4(addresses.word(address, 3));
    } else {
      for (let group: i32 = 0; group < GROUPS; group++) {
        const word = addresses.word(address, group >> 1);
        this.groups[group] = ((group & 1) === 0 ? word >>> 16 : word) & 0xffff;
      }
      this.putGroups();
    }
  }

  private putMappedPrefix(): void {
    this.put(COLON);
    this.put(COLON);
    for (let digit: i32 = 0; digit < 4; digit++) this.put(LETTER_F);
    this.put(COLON);
  }

  private putIpv4(address: i32): void {
    for (let shift: i32 = 24; shift >= 0; shift -= 8) {
      this.putDecimal((address >>> shift) & 0xff);
      if (shift > 0) this.put(DOT);
    }
  }

  /** The longest run of zero groups is shortened; a single zero group is written out (RFC 5952 §4.2.2). */
  private putGroups(): void {
    const zeros = this.longestZeroRun();
    const length = this.zerosAt(zeros);
    if (length < 2) {
      this.putGroupsBetween(0, GROUPS);
      return;
    }
    this.putGroupsBetween(0, zeros);
    this.put(COLON);
    this.put(COLON);
    this.putGroupsBetween(zeros + length, GROUPS);
  }

  private putGroupsBetween(start: i32, end: i32): void {
    for (let group = start; group < end; group++) {
      if (group > start) this.put(COLON);
      this.putHexadecimal(this.groups[group] as i32);
    }
  }

  /** Where the longest run of zero groups starts, the first of equally long ones (RFC 5952 §4.2.3). */
  private longestZeroRun(): i32 {
    let longest: i32 = 0;
    for (let start: i32 = 1; start < GROUPS; start++) {
      if (this.zerosAt(start) > this.zerosAt(longest)) longest = start;
    }
    return longest;
  }

  /** How many zero groups there are from `start` on. */
  private zerosAt(start: i32): i32 {
    let end = start;
    while (end < GROUPS && this.groups[end] === 0) end++;
    return end - start;
  }

  /** @param value 0 … 255 */
  private putDecimal(value: i32): void {
    if (value >= 100) this.put(DIGIT_0 + ((value / 100) | 0));
    if (value >= 10) this.put(DIGIT_0 + (((value / 10) | 0) % 10));
    this.put(DIGIT_0 + (value % 10));
  }

  /** @param group 0 … 0xffff */
  private putHexadecimal(group: i32): void {
    let shift: i32 = 12;
    while (shift > 0 && group >>> shift === 0) shift -= 4;
    for (; shift >= 0; shift -= 4) {
      const digit = (group >>> shift) & 0xf;
      this.put(digit < 10 ? DIGIT_0 + digit : LETTER_A + digit - 10);
    }
  }

  private put(octet: i32): void {
    this.octets[this.length++] = octet;
  }
}

function isIpv4Mapped(addresses: AddressTable, address: i32): boolean {
  return (
    addresses.word(address, 0) === 0 &&
    addresses.word(address, 1) === 0 &&
    addresses.word(address, 2) === MAPPED_WORD
  );
}
