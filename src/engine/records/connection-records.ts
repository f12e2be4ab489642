/** A connection begins, and is gone. */
import { doubleAt, putDouble } from "../dialect/doubles.ts";
import type { ConnectionEnds } from "../tally/connection-ends.ts";
import type { AddressTable } from "../tcp/address-table.ts";
import type { Connection } from "../tcp/connection.ts";

export const CONNECTION_OPENED: i32 = 3;
export const CONNECTION_OPENED_SIZE: i32 = 19;
export const CONNECTION_CLOSED: i32 = 4;
export const CONNECTION_CLOSED_SIZE: i32 = 3;

export const PASSED_ON: i32 = 14;
export const PASSED_ON_SIZE: i32 = 4;

const SLOT: i32 = 1;
const CLIENT_SIDE: i32 = 2;
const ORDINAL: i32 = 3;
/** Sequence number of its first segment. */
const FIRST_SEQUENCE: i32 = 4;
/** Port, IP version and address of side 0; then of side 1. */
const SIDES: i32 = 5;
const VERSION: i32 = 1;
const ADDRESS: i32 = 2;
/** IPv6's; an IPv4 address fills the first. */
const ADDRESS_WORDS: i32 = 4;
const WORDS_PER_SIDE: i32 = 6;
const RECEIVER: i32 = 17;
const IS_FAILED: i32 = 2;
const NEW_RECEIVER: i32 = 2;

/**
 * @param clientSide −1: its SYN was not seen
 * @param receiver of its first segment: see `frame-receiver.ts`
 */
export function writeConnectionOpened(
  words: Int32Array,
  at: i32,
  connection: Connection,
  addresses: AddressTable,
  clientSide: i32,
  receiver: f64,
): void {
  words[at] = CONNECTION_OPENED;
  words[at + SLOT] = connection.slot;
  words[at + CLIENT_SIDE] = clientSide;
  words[at + ORDINAL] = connection.ordinal;
  words[at + FIRST_SEQUENCE] = connection.firstSequence as i32;
  for (let side: i32 = 0; side < 2; side++) {
    const end = at + SIDES + WORDS_PER_SIDE * side;
    const address = connection.address(side);
    words[end] = connection.port(side);
    words[end + VERSION] = addresses.version(address);
    for (let index: i32 = 0; index < ADDRESS_WORDS; index++)
      words[end + ADDRESS + index] = addresses.word(address, index);
  }
  putDouble(words, at + RECEIVER, receiver);
}

/** Places the connection's ends, whose addresses get numbers here; returns its client side. */
export function readConnectionOpened(
  words: Int32Array,
  at: i32,
  addresses: AddressTable,
  ends: ConnectionEnds,
): i32 {
  const slot = slotAt(words, at);
  ends.open(
    slot,
    words[at + ORDINAL] as i32,
    words[at + FIRST_SEQUENCE] as i32,
    doubleAt(words, at + RECEIVER),
  );
  for (let side: i32 = 0; side < 2; side++) {
    const end = at + SIDES + WORDS_PER_SIDE * side;
    const address = addresses.internWords(
      words[end + VERSION] as i32,
      words[end + ADDRESS] as i32,
      words[end + ADDRESS + 1] as i32,
      words[end + ADDRESS + 2] as i32,
      words[end + ADDRESS + 3] as i32,
    );
    ends.place(slot, side, address, words[end] as i32);
  }
  return words[at + CLIENT_SIDE] as i32;
}

/** Of a connection that begins: the side that sent the SYN, −1 where it was not seen. */
export function openedClientSide(words: Int32Array, at: i32): i32 {
  return words[at + CLIENT_SIDE] as i32;
}

export function openedPort(words: Int32Array, at: i32, side: i32): i32 {
  return words[at + SIDES + WORDS_PER_SIDE * side] as i32;
}

/** 4 or 6. */
export function openedVersion(words: Int32Array, at: i32, side: i32): i32 {
  return words[at + SIDES + WORDS_PER_SIDE * side + VERSION] as i32;
}

/** One of the four words of an address; an IPv4 address is the first. */
export function openedAddressWord(words: Int32Array, at: i32, side: i32, index: i32): i32 {
  return words[at + SIDES + WORDS_PER_SIDE * side + ADDRESS + index] as i32;
}

/** @param isFailed its SYN was seen, and no answer to it */
export function writeConnectionClosed(words: Int32Array, at: i32, slot: i32, isFailed: boolean): void {
  words[at] = CONNECTION_CLOSED;
  words[at + SLOT] = slot;
  words[at + IS_FAILED] = isFailed ? 1 : 0;
}

/** Whether the connection failed. */
export function readConnectionClosed(words: Int32Array, at: i32): boolean {
  return words[at + IS_FAILED] !== 0;
}

/** Side 0's frames are passed on, and recorded again on their way. @param receiver who gets them then */
export function writePassedOn(words: Int32Array, at: i32, slot: i32, receiver: f64): void {
  words[at] = PASSED_ON;
  words[at + SLOT] = slot;
  putDouble(words, at + NEW_RECEIVER, receiver);
}

export function readPassedOn(words: Int32Array, at: i32, ends: ConnectionEnds): void {
  ends.passOn(slotAt(words, at), doubleAt(words, at + NEW_RECEIVER));
}

/** The connection that a record speaks of. */
export function slotAt(words: Int32Array, at: i32): i32 {
  return words[at + SLOT] as i32;
}
