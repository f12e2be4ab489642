import type { Side } from "./side.ts";

/** Addresses by their numbers. */
export interface AddressBook {
  /** The address's bytes, 4 or 16. */
  bytesOf(number: number): Uint8Array;
}

/** Who speaks on the connections that are open: what the later rooms may ask about a slot. */
export interface ConnectionBook {
  /** Number of the address at the given side. */
  addressOf(slot: number, side: Side): number;
  /** Port at the given side. */
  portOf(slot: number, side: Side): number;
  /** 1, 2, … by the connection's first frame in the capture. */
  ordinalOf(slot: number): number;
}
