/** An IP address. The first one is number 0, the next one number 1: connection records name them so. */
import type { AddressTable } from "../tcp/address-table.ts";

export const ADDRESS: i32 = 2;
export const ADDRESS_SIZE: i32 = 6;

const VERSION: i32 = 1;
const ADDRESS_WORDS: i32 = 2;
/** Those of IPv6; an IPv4 address fills the first. */
const ADDRESS_WORD_COUNT: i32 = 4;

/** @param number of the address in the table */
export function writeAddress(words: Int32Array, at: i32, addresses: AddressTable, number: i32): void {
  words[at] = ADDRESS;
  words[at + VERSION] = addresses.version(number);
  for (let index: i32 = 0; index < ADDRESS_WORD_COUNT; index++)
    words[at + ADDRESS_WORDS + index] = addresses.word(number, index);
}

/**
 * Puts the address into a table; returns its number there.
 * @param scratch room for 16 octets
 */
export function readAddress(words: Int32Array, at: i32, addresses: AddressTable, scratch: DataView): i32 {
  for (let index: i32 = 0; index < ADDRESS_WORD_COUNT; index++)
    scratch.setInt32(4 * index, words[at + ADDRESS_WORDS + index] as i32);
  return addresses.intern(scratch, 0, words[at + VERSION] as i32);
}
