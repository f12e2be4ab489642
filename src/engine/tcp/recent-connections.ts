/**
 * Where the segments of lately seen IPv4 connections belong: most segments follow others of their connection, and need
 * neither of the tables. Direct mapped: what is remembered takes the place of another one with the same hash.
 */
import { int32 } from "../dialect/byte-order.ts";
import { imul } from "../dialect/integers.ts";
import type { Segment } from "../segments/segment.ts";
import type { Connection } from "./connection.ts";
import type { ConnectionTable } from "./connection-table.ts";

/** Entries; a power of two, small enough for the processor's cache. */
const ENTRIES: i32 = 4096;

/** An entry in words of 32 bits; where things lie in it. */
const WORDS: i32 = 8;
const SOURCE: i32 = 0;
const DESTINATION: i32 = 1;
const PORTS: i32 = 2;
/** Twice the connection's slot, and the side that sends. */
const SENDER: i32 = 3;
/** The connection's ordinal, 0 = none: its record may have been used again. */
const ORDINAL: i32 = 4;

export class RecentConnections {
  /** Of the segment found last: the side that sent it. */
  side: i32 = 0;
  private readonly table: ConnectionTable;
  private readonly entries: Int32Array = new Int32Array(ENTRIES * WORDS);

  /** @param table the connections */
  constructor(table: ConnectionTable) {
    this.table = table;
  }

  /** The segment's connection; `side` says who sent it. */
  find(segment: Segment): Connection | null {
    if (segment.ipVersion !== 4) return null;
    const view = segment.view;
    const source = int32(view, segment.sourceAddressOffset);
    const destination = int32(view, segment.destinationAddressOffset);
    const ports = (segment.sourcePort << 16) | segment.destinationPort;
    const entries = this.entries;
    const at = placeOf(source, destination, ports);
    const isKnown =
      entries[at + SOURCE] === source &&
      entries[at + DESTINATION] === destination &&
      entries[at + PORTS] === ports &&
      entries[at + ORDINAL] !== 0;
    if (!isKnown) return null;
    const sender = entries[at + SENDER] as i32;
    const connection = this.table.at(sender >> 1);
    if (!connection.isInUse || connection.ordinal !== (entries[at + ORDINAL] as i32)) return null;
    this.side = sender & 1;
    return connection;
  }

  /** The segment was sent by this side; what answers it comes from the other one. */
  remember(segment: Segment, connection: Connection, side: i32): void {
    if (segment.ipVersion !== 4) return;
    const view = segment.view;
    const source = int32(view, segment.sourceAddressOffset);
    const destination = int32(view, segment.destinationAddressOffset);
    const sourcePort = segment.sourcePort;
    const destinationPort = segment.destinationPort;
    this.put(source, destination, (sourcePort << 16) | destinationPort, connection, side);
    this.put(destination, source, (destinationPort << 16) | sourcePort, connection, 1 - side);
  }

  private put(source: i32, destination: i32, ports: i32, connection: Connection, side: i32): void {
    const entries = this.entries;
    const at = placeOf(source, destination, ports);
    entries[at + SOURCE] = source;
    entries[at + DESTINATION] = destination;
    entries[at + PORTS] = ports;
    entries[at + SENDER] = connection.slot * 2 + side;
    entries[at + ORDINAL] = connection.ordinal;
  }
}

/** Where the entry of these endpoints begins; multiply-and-fold as in `AddressTable`. */
function placeOf(source: i32, destination: i32, ports: i32): i32 {
  let hash = imul(source ^ imul(destination, 0x85ebca6b), 0x9e3779b1) ^ ports;
  hash = imul((hash >>> 15) ^ hash, 0x9e3779b1);
  return ((hash >>> 15) & (ENTRIES - 1)) * WORDS;
}
