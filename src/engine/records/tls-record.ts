/** A connection whose first octets may be TLS: it is told again, with all that the host must know that follows it from here on. */
import { doubleAt, putDouble } from "../dialect/doubles.ts";
import type { AddressTable } from "../tcp/address-table.ts";
import type { Connection } from "../tcp/connection.ts";
import { CONNECTION_OPENED_SIZE, writeConnectionOpened } from "./connection-records.ts";

export const TLS_STARTED: i32 = 16;
/** The words of CONNECTION_OPENED, without a receiver, then the time that connecting took. */
export const TLS_STARTED_SIZE: i32 = CONNECTION_OPENED_SIZE + 2;

const CONNECT_NS: i32 = CONNECTION_OPENED_SIZE;

/** @param connectNs SYN → SYN/ACK; −1: not measured */
export function writeTlsStarted(
  words: Int32Array,
  at: i32,
  connection: Connection,
  addresses: AddressTable,
  clientSide: i32,
  connectNs: f64,
): void {
  writeConnectionOpened(words, at, connection, addresses, clientSide, 0);
  words[at] = TLS_STARTED;
  putDouble(words, at + CONNECT_NS, connectNs);
}

/** SYN → SYN/ACK; −1: not measured. */
export function startedConnectNs(words: Int32Array, at: i32): f64 {
  return doubleAt(words, at + CONNECT_NS);
}
