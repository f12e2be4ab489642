/**
 * Where the segments of lately seen IPv4 connections belong: most segments follow others of their connection, and need
 * neither of the tables. Direct mapped: what is remembered takes the place of another one with the same hash.
 */
import { int32 } from "../byte-order.ts";
import { imul } from "../integers.ts";
import type { Segment } from "../packet/segment.ts";
import type { Connection } from "./connection.ts";

/** Entries; a power of two, small enough for the processor's cache. */
const ENTRIES: i32 = 4096;

/** Who sends to whom on a connection. */
class RecentEnds {
  source: i32 = 0;
  destination: i32 = 0;
  ports: i32 = 0;
  side: i32 = 0;
  connection: Connection | null = null;
  /** The connection's ordinal: its record may have been used again. */
  ordinal: i32 = 0;
}

export class RecentConnections {
  /** Of the segment found last: the side that sent it. */
  side: i32 = 0;
  private readonly entries: RecentEnds[] = [];

  constructor() {
    for (let entry: i32 = 0; entry < ENTRIES; entry++) this.entries.push(new RecentEnds());
  }

  /** The segment's connection; `side` says who sent it. */
  find(segment: Segment): Connection | null {
    if (segment.ipVersion !== 4) return null;
    const view = segment.view;
    const source = int32(view, segment.sourceAddressOffset);
    const destination = int32(view, segment.destinationAddressOffset);
    const ports = (segment.sourcePort << 16) | segment.destinationPort;
    const entry = this.entries[placeOf(source, destination, ports)] as RecentEnds;
    if (entry.source !== source || entry.destination !== destination || entry.ports !== ports) return null;
    this.side = entry.side;
    const connection = entry.connection;
    if (connection === null || !connection.isInUse || connection.ordinal !== entry.ordinal) return null;
    return connection;
  }

  /** The segment was sent by this side. */
  remember(segment: Segment, connection: Connection, side: i32): void {
    if (segment.ipVersion !== 4) return;
    const view = segment.view;
    const source = int32(view, segment.sourceAddressOffset);
    const destination = int32(view, segment.destinationAddressOffset);
    const ports = (segment.sourcePort << 16) | segment.destinationPort;
    const entry = this.entries[placeOf(source, destination, ports)] as RecentEnds;
    entry.source = source;
    entry.destination = destination;
    entry.ports = ports;
    entry.side = side;
    entry.connection = connection;
    entry.ordinal = connection.ordinal;
  }
}

/** Where the entry of these endpoints is; multiply-and-fold as in `AddressTable`. */
function placeOf(source: i32, destination: i32, ports: i32): i32 {
  let hash = imul(source ^ imul(destination, 0x85ebca6b), 0x9e3779b1) ^ ports;
  hash = imul((hash >>> 15) ^ hash, 0x9e3779b1);
  return (hash >>> 15) & (ENTRIES - 1);
}
