import { imul } from "../integers.ts";
import { Connection } from "./connection.ts";

const INITIAL_HASH_SLOTS: i32 = 8192;

/**
 * Connections by their four-tuple. Records, and with them their slots (small integers), are given back when a connection
 * is removed and used again.
 *
 * Invariants: every record in use is in the hash index exactly once, at or after its home position with no empty
 * position between; the index is at most half full.
 */
export class ConnectionTable {
  /** Connections in the table. */
  size: i32 = 0;
  /** By slot, in use or not. */
  private readonly records: Connection[] = [];
  private readonly free: Connection[] = [];
  /** Slot + 1 at each hash position, 0 = empty. */
  private index: Int32Array = new Int32Array(INITIAL_HASH_SLOTS);

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
    const mask = this.index.length - 1;
    let position = hashOf(low, high, ports) & mask;
    for (;;) {
      const entry = this.index[position] as i32;
      if (entry === 0) break;
      const record = this.at(entry - 1);
      if (record.ports === ports && record.lowAddress === low && record.highAddress === high) return record;
      position = (position + 1) & mask;
    }
    return null;
  }

  /** A cleared record for a connection whose first segment went from A to B; the four-tuple must not be in the table. */
  add(addressA: i32, portA: i32, addressB: i32, portB: i32): Connection {
    if ((this.size + 1) * 2 > this.index.length) this.growIndex();
    const record = this.free.length > 0 ? (this.free.pop() as Connection) : this.newRecord();
    record.clear();
    const swap = isSwapped(addressA, portA, addressB, portB);
    record.lowAddress = swap ? addressB : addressA;
    record.highAddress = swap ? addressA : addressB;
    record.ports = swap ? (portB << 16) | portA : (portA << 16) | portB;
    record.firstIsLow = !swap;
    record.isInUse = true;
    this.place(record);
    this.size++;
    return record;
  }

  /** Removes a connection; its record may be handed out again. */
  remove(record: Connection): void {
    const mask = this.index.length - 1;
    let position = this.home(record);
    while (this.index[position] !== record.slot + 1) position = (position + 1) & mask;
    // Backward shift: close the gap so that no search stops early.
    let gap = position;
    for (let next = (gap + 1) & mask; ; next = (next + 1) & mask) {
      const entry = this.index[next] as i32;
      if (entry === 0) break;
      const home = this.home(this.at(entry - 1));
      if (((next - home) & mask) >= ((next - gap) & mask)) {
        this.index[gap] = entry;
        gap = next;
      }
    }
    this.index[gap] = 0;
    record.isInUse = false;
    this.free.push(record);
    this.size--;
  }

  private newRecord(): Connection {
    const record = new Connection(this.records.length);
    this.records.push(record);
    return record;
  }

  private home(record: Connection): i32 {
    return hashOf(record.lowAddress, record.highAddress, record.ports) & (this.index.length - 1);
  }

  private place(record: Connection): void {
    const mask = this.index.length - 1;
    let position = this.home(record);
    while (this.index[position] !== 0) position = (position + 1) & mask;
    this.index[position] = record.slot + 1;
  }

  private growIndex(): void {
    this.index = new Int32Array(this.index.length * 2);
    for (let slot: i32 = 0; slot < this.records.length; slot++) {
      const record = this.at(slot);
      if (record.isInUse) this.place(record);
    }
  }
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
