import type { ConnectionBook } from "../tcp/connection-book.ts";
import type { Side } from "../tcp/side.ts";

const INITIAL_SLOTS = 1024;

/** Who speaks on the connections that findings tell of. */
export class ToldConnections implements ConnectionBook {
  /** By connection × 2 + side. */
  #addresses = new Uint32Array(2 * INITIAL_SLOTS);
  #ports = new Uint16Array(2 * INITIAL_SLOTS);
  #ordinals = new Uint32Array(INITIAL_SLOTS);

  addressOf(slot: number, side: Side): number {
    return this.#addresses[slot * 2 + side] as number;
  }

  portOf(slot: number, side: Side): number {
    return this.#ports[slot * 2 + side] as number;
  }

  ordinalOf(slot: number): number {
    return this.#ordinals[slot] as number;
  }

  /** A connection begins at the slot. */
  open(slot: number, ordinal: number): void {
    while (slot >= this.#ordinals.length) this.#grow();
    this.#ordinals[slot] = ordinal;
  }

  /** Who is at one side of the slot opened last. */
  place(slot: number, side: Side, address: number, port: number): void {
    this.#addresses[slot * 2 + side] = address;
    this.#ports[slot * 2 + side] = port;
  }

  #grow(): void {
    const addresses = new Uint32Array(2 * this.#addresses.length);
    addresses.set(this.#addresses);
    this.#addresses = addresses;
    const ports = new Uint16Array(2 * this.#ports.length);
    ports.set(this.#ports);
    this.#ports = ports;
    const ordinals = new Uint32Array(2 * this.#ordinals.length);
    ordinals.set(this.#ordinals);
    this.#ordinals = ordinals;
  }
}
