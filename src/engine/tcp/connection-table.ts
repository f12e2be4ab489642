import { imul } from "../dialect/integers.ts";
import { Connection } from "./connection.ts";

const INITIAL_POSITIONS: i32 = 8192;
/** Words of 32 bits at each position of the index. */
const WORDS: i32 = 2;
const HASH: i32 = 1;

/**
 * Connections by their four-tuple. Records, and with them their slots (small integers), are given back when a connection
 * is removed and used again.
 *
 * Invariants: every record in use is in the hash index exactly once, at or after its home position with no empty
 * position between; the index is at most half full. Beside the slot lies the whole hash, so that the records of other
 * connections, which the processor's cache has long forgotten, need not be looked at.
 */
export class ConnectionTable {
  /** Connections in the table. */
  size: i32 = 0;
  /** By slot, in use or not. */
  private readonly records: Connection[] = [];
  private readonly free: Connection[] = [];
  /** At each position slot + 1, 0 = empty, and the hash. */
  private index: Int32Array = new Int32Array(INITIAL_POSITIONS * WORDS);
  /** Positions less one: there is a power of two of them. */
  private mask: i32 = INITIAL_POSITIONS - 1;

  /** Slots ever handed out: every slot is below this number. */
  get slots(): i32 {
    return this.records.length;
  }

  /** The record of a slot, in use or not. */
  at(slot: i32): Connection {
    return this.records[slot] as Connection;
  }

  /** The connection between two endpoints, in either direction. */
  find(addressA: i32, portA: i32, addressB: i32, portB: i32): Connection | null {
    const swap = isSwapped(addressA, portA, addressB, portB);
    const low = swap ? addressB : addressA;
    const high = swap ? addressA : addressB;
    const ports = swap ? (portB << 16) | portA : (portA << 16) | portB;
    const hash = hashOf(low, high, ports);
    let position = hash & this.mask;
    for (;;) {
      const entry = this.index[position * WORDS] as i32;
      if (entry === 0) break;
      if ((this.index[position * WORDS + HASH] as i32) === hash) {
        const record = this.at(entry - 1);
        if (record.ports === ports && record.lowAddress === low && record.highAddress === high) return record;
      }
      position = (position + 1) & this.mask;
    }
    return null;
  }

  /** A cleared record for a connection whose first segment went from A to B; the four-tuple must not be in the table. */
  add(addressA: i32, portA: i32, addressB: i32, portB: i32): Connection {
    if ((this.size + 1) * 2 > this.mask + 1) this.growIndex();
    const record = this.free.length > 0 ? (this.free.pop() as Connection) : this.newRecord();
    record.clear();
    const swap = isSwapped(addressA, portA, addressB, portB);
    record.lowAddress = swap ? addressB : addressA;
    record.highAddress = swap ? addressA : addressB;
    record.ports = swap ? (portB << 16) | portA : (portA << 16) | portB;
    record.firstIsLow = !swap;
    record.isInUse = true;
    this.place(record.slot + 1, hashOfKey(record));
    this.size++;
    return record;
  }

  /** Removes a connection; its record may be handed out again. */
  remove(record: Connection): void {
    const index = this.index;
    const mask = this.mask;
    let gap = hashOfKey(record) & mask;
    while ((index[gap * WORDS] as i32) !== record.slot + 1) gap = (gap + 1) & mask;
    // Backward shift: close the gap so that no search stops early.
    for (let next = (gap + 1) & mask; ; next = (next + 1) & mask) {
      const entry = index[next * WORDS] as i32;
      if (entry === 0) break;
      const hash = index[next * WORDS + HASH] as i32;
      if (((next - hash) & mask) < ((next - gap) & mask)) continue;
      index[gap * WORDS] = entry;
      index[gap * WORDS + HASH] = hash;
      gap = next;
    }
    index[gap * WORDS] = 0;
    record.isInUse = false;
    this.free.push(record);
    this.size--;
  }

  private newRecord(): Connection {
    const record = new Connection(this.records.length);
    this.records.push(record);
    return record;
  }

  private place(entry: i32, hash: i32): void {
    const index = this.index;
    let position = hash & this.mask;
    while ((index[position * WORDS] as i32) !== 0) position = (position + 1) & this.mask;
    index[position * WORDS] = entry;
    index[position * WORDS + HASH] = hash;
  }

  private growIndex(): void {
    const before = this.index;
    this.index = new Int32Array(2 * before.length);
    this.mask = 2 * this.mask + 1;
    for (let at: i32 = 0; at < before.length; at += WORDS) {
      const entry = before[at] as i32;
      if (entry !== 0) this.place(entry, before[at + HASH] as i32);
    }
  }
}

function hashOfKey(record: Connection): i32 {
  return hashOf(record.lowAddress, record.highAddress, record.ports);
}

/** Whether B is the lower endpoint, by (address, port). */
function isSwapped(addressA: i32, portA: i32, addressB: i32, portB: i32): boolean {
  return addressA > addressB || (addressA === addressB && portA > portB);
}

/** Multiply-and-fold hash; the constant is 2³² divided by the golden ratio (Knuth, TAOCP 3, §6.4). */
function hashOf(low: i32, high: i32, ports: i32): i32 {
  let hash = imul(ports ^ imul(low, 0x85ebca6b), 0x9e3779b1);
  hash = imul((hash >>> 15) ^ hash ^ high, 0x9e3779b1);
  return (hash >>> 15) ^ hash;
}
