/**
 * Where the segments of lately seen IPv4 connections belong: most segments follow others of their connection, and need
 * neither of the tables. Direct mapped: what is remembered takes the place of another one with the same hash.
 */
import type { Segment } from "../packet/segment.ts";

/** Entries; a power of two, small enough for the processor's cache. */
const ENTRIES = 4096;
/** An entry, in words of 32 bits: source, destination, their ports, connection × 2 + side + 1 (0 = none). */
const SOURCE = 0;
const DESTINATION = 1;
const PORTS = 2;
const ENDS = 3;
const ENTRY_SHIFT = 2;
const INITIAL_SLOTS = 1024;

/** Not remembered. */
export const UNKNOWN = -1;

export class RecentConnections {
  readonly #entries = new Int32Array(ENTRIES << ENTRY_SHIFT);
  /** Where an entry may be of a connection's side: by connection × 2 + side. */
  #places = new Int32Array(2 * INITIAL_SLOTS);

  /** Connection × 2 + side of the segment's sender, or `UNKNOWN`. */
  find(segment: Segment): number {
    if (segment.ipVersion !== 4) return UNKNOWN;
    const entries = this.#entries;
    const { view } = segment;
    const source = view.getInt32(segment.sourceAddressOffset);
    const destination = view.getInt32(segment.destinationAddressOffset);
    const ports = (segment.sourcePort << 16) | segment.destinationPort;
    const at = placeOf(source, destination, ports);
    const isSame =
      entries[at + SOURCE] === source &&
      entries[at + DESTINATION] === destination &&
      entries[at + PORTS] === ports;
    return isSame ? (entries[at + ENDS] as number) - 1 : UNKNOWN;
  }

  /** The segment was sent by this side (connection × 2 + side). */
  remember(segment: Segment, ends: number): void {
    if (segment.ipVersion !== 4) return;
    const entries = this.#entries;
    const { view } = segment;
    const source = view.getInt32(segment.sourceAddressOffset);
    const destination = view.getInt32(segment.destinationAddressOffset);
    const ports = (segment.sourcePort << 16) | segment.destinationPort;
    const at = placeOf(source, destination, ports);
    entries[at + SOURCE] = source;
    entries[at + DESTINATION] = destination;
    entries[at + PORTS] = ports;
    entries[at + ENDS] = ends + 1;
    while (ends >= this.#places.length) this.#grow();
    this.#places[ends] = at;
  }

  /** The connection is gone. */
  forget(connection: number): void {
    for (let ends = 2 * connection; ends < 2 * connection + 2; ends++) {
      const at = this.#places[ends] ?? 0;
      if (this.#entries[at + ENDS] === ends + 1) this.#entries[at + ENDS] = 0;
    }
  }

  #grow(): void {
    const larger = new Int32Array(2 * this.#places.length);
    larger.set(this.#places);
    this.#places = larger;
  }
}

/** Where the entry of these endpoints starts; multiply-and-fold as in `AddressTable`. */
function placeOf(source: number, destination: number, ports: number): number {
  let hash = Math.imul(source ^ Math.imul(destination, 0x85ebca6b), 0x9e3779b1) ^ ports;
  hash = Math.imul((hash >>> 15) ^ hash, 0x9e3779b1);
  return ((hash >>> 15) & (ENTRIES - 1)) << ENTRY_SHIFT;
}
