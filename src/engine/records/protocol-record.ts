/** A connection speaks a protocol, as somebody between the two programs found out: the host, which reads TLS. */
import type { RunTally } from "../tally/run-tally.ts";

export const PROTOCOL: i32 = 15;
export const PROTOCOL_SIZE: i32 = 4;

const SLOT: i32 = 1;
const CLIENT_SIDE: i32 = 2;
const PROTOCOL_NUMBER: i32 = 3;

/** @param clientSide −1: unknown @param protocol of `protocol-readings.ts` */
export function writeProtocol(words: Int32Array, at: i32, slot: i32, clientSide: i32, protocol: i32): void {
  words[at] = PROTOCOL;
  words[at + SLOT] = slot;
  words[at + CLIENT_SIDE] = clientSide;
  words[at + PROTOCOL_NUMBER] = protocol;
}

export function readProtocol(words: Int32Array, at: i32, tally: RunTally): void {
  tally.speaks(words[at + SLOT] as i32, words[at + CLIENT_SIDE] as i32, words[at + PROTOCOL_NUMBER] as i32);
}
