import { ConnectionFlag, Field, RECORD_SIZE, type Side } from "./connection.ts";
import type { ConnectionBook } from "./connection-book.ts";

/** Records per page; a power of two. */
const PAGE_RECORDS = 4096;
const PAGE_SHIFT = 12;
const INITIAL_HASH_SLOTS = 8192;

/**
 * Connections by their four-tuple. Slots (small integers) are given back when a connection is removed and used again.
 *
 * Invariants: every record in use is in the hash index exactly once, at or after its home position with no empty
 * position between; the index is at most half full.
 */
export class ConnectionTable implements ConnectionBook {
  readonly #pages: DataView[] = [];
  readonly #free: number[] = [];
  /** Slot + 1 at each hash position, 0 = empty. */
  #index = new Int32Array(INITIAL_HASH_SLOTS);
  #used = 0;
  #slots = 0;

  /** Connections in the table. */
  get size(): number {
    return this.#used;
  }

  /** Slots ever handed out: every slot is below this number. */
  get slots(): number {
    return this.#slots;
  }

  /** The page that holds the slot's record. */
  page(slot: number): DataView {
    return this.#pages[slot >> PAGE_SHIFT] as DataView;
  }

  /** Where the slot's record starts in its page. */
  recordAt(slot: number): number {
    return (slot & (PAGE_RECORDS - 1)) * RECORD_SIZE;
  }

  /** The slot of the connection between two endpoints, in either direction; −1 where there is none. */
  find(addressA: number, portA: number, addressB: number, portB: number): number {
    const swap = addressA > addressB || (addressA === addressB && portA > portB);
    const low = swap ? addressB : addressA;
    const high = swap ? addressA : addressB;
    const ports = swap ? portB * 65536 + portA : portA * 65536 + portB;
    const mask = this.#index.length - 1;
    let position = hashOf(low, high, ports) & mask;
    for (;;) {
      const entry = this.#index[position] as number;
      if (entry === 0) return -1;
      const slot = entry - 1;
      const page = this.page(slot);
      const at = this.recordAt(slot);
      if (
        page.getUint32(at + Field.PORTS, true) === ports &&
        page.getUint32(at + Field.LOW_ADDRESS, true) === low &&
        page.getUint32(at + Field.HIGH_ADDRESS, true) === high
      ) {
        return slot;
      }
      position = (position + 1) & mask;
    }
  }

  /** A new, zeroed record for a connection whose first segment went from A to B; the four-tuple must not be in the table. */
  add(addressA: number, portA: number, addressB: number, portB: number): number {
    if ((this.#used + 1) * 2 > this.#index.length) this.#growIndex();
    const slot = this.#free.pop() ?? this.#newSlot();
    const page = this.page(slot);
    const at = this.recordAt(slot);
    for (let offset = 0; offset < RECORD_SIZE; offset += 8) page.setFloat64(at + offset, 0, true);
    const swap = addressA > addressB || (addressA === addressB && portA > portB);
    page.setUint32(at + Field.LOW_ADDRESS, swap ? addressB : addressA, true);
    page.setUint32(at + Field.HIGH_ADDRESS, swap ? addressA : addressB, true);
    page.setUint32(at + Field.PORTS, swap ? portB * 65536 + portA : portA * 65536 + portB, true);
    page.setUint32(at + Field.FLAGS, ConnectionFlag.IN_USE | (swap ? 0 : ConnectionFlag.FIRST_IS_LOW), true);
    this.#place(slot);
    this.#used++;
    return slot;
  }

  /** Removes a connection; its slot may be handed out again. */
  remove(slot: number): void {
    const mask = this.#index.length - 1;
    let position = this.#home(slot);
    while (this.#index[position] !== slot + 1) position = (position + 1) & mask;
    // Backward shift: close the gap so that no search stops early.
    let gap = position;
    for (let next = (gap + 1) & mask; ; next = (next + 1) & mask) {
      const entry = this.#index[next] as number;
      if (entry === 0) break;
      const home = this.#home(entry - 1);
      if (((next - home) & mask) >= ((next - gap) & mask)) {
        this.#index[gap] = entry;
        gap = next;
      }
    }
    this.#index[gap] = 0;
    this.page(slot).setUint32(this.recordAt(slot) + Field.FLAGS, 0, true);
    this.#free.push(slot);
    this.#used--;
  }

  /** Which side the endpoint (address, port) is. */
  sideOf(slot: number, address: number, port: number): Side {
    const page = this.page(slot);
    const at = this.recordAt(slot);
    const isLow =
      page.getUint32(at + Field.LOW_ADDRESS, true) === address &&
      page.getUint16(at + Field.PORTS + 2, true) === port;
    const firstIsLow = (page.getUint32(at + Field.FLAGS, true) & ConnectionFlag.FIRST_IS_LOW) !== 0;
    return isLow === firstIsLow ? 0 : 1;
  }

  /** Number of the address at the given side. */
  addressOf(slot: number, side: Side): number {
    const low = this.#isLow(slot, side);
    return this.page(slot).getUint32(
      this.recordAt(slot) + (low ? Field.LOW_ADDRESS : Field.HIGH_ADDRESS),
      true,
    );
  }

  /** Port at the given side. */
  portOf(slot: number, side: Side): number {
    const low = this.#isLow(slot, side);
    return this.page(slot).getUint16(this.recordAt(slot) + Field.PORTS + (low ? 2 : 0), true);
  }

  /** 1, 2, … by the connection's first frame in the capture. */
  ordinalOf(slot: number): number {
    return this.page(slot).getUint32(this.recordAt(slot) + Field.ORDINAL, true);
  }

  #isLow(slot: number, side: Side): boolean {
    const flags = this.page(slot).getUint32(this.recordAt(slot) + Field.FLAGS, true);
    return ((flags & ConnectionFlag.FIRST_IS_LOW) !== 0) === (side === 0);
  }

  #newSlot(): number {
    const slot = this.#slots++;
    if (slot >> PAGE_SHIFT === this.#pages.length) {
      this.#pages.push(new DataView(new ArrayBuffer(PAGE_RECORDS * RECORD_SIZE)));
    }
    return slot;
  }

  #home(slot: number): number {
    const page = this.page(slot);
    const at = this.recordAt(slot);
    return (
      hashOf(
        page.getUint32(at + Field.LOW_ADDRESS, true),
        page.getUint32(at + Field.HIGH_ADDRESS, true),
        page.getUint32(at + Field.PORTS, true),
      ) &
      (this.#index.length - 1)
    );
  }

  #place(slot: number): void {
    const mask = this.#index.length - 1;
    let position = this.#home(slot);
    while (this.#index[position] !== 0) position = (position + 1) & mask;
    this.#index[position] = slot + 1;
  }

  #growIndex(): void {
    const old = this.#index;
    this.#index = new Int32Array(old.length * 2);
    for (const entry of old) if (entry !== 0) this.#place(entry - 1);
  }
}

/** Multiply-and-fold hash; the constant is 2³² divided by the golden ratio (Knuth, TAOCP 3, §6.4). */
function hashOf(low: number, high: number, ports: number): number {
  let hash = Math.imul(ports ^ Math.imul(low, 0x85ebca6b), 0x9e3779b1);
  hash = Math.imul((hash >>> 15) ^ hash ^ high, 0x9e3779b1);
  return ((hash >>> 15) ^ hash) >>> 0;
}
