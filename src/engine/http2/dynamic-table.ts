/**
 * The dynamic table of one direction's HPACK (RFC 7541 §2.3.2, §4): the fields sent last, newest first. Where bytes of the
 * direction are missing, older fields are unknown; those that are added afterwards have their numbers all the same, because
 * numbers count from the newest.
 */
import { copyOctets } from "../dialect/byte-order.ts";
import { max, min } from "../dialect/integers.ts";
import type { TableMemory } from "./table-memory.ts";

/** RFC 9113 §6.5.2: SETTINGS_HEADER_TABLE_SIZE until another is agreed on. */
const INITIAL_SIZE: i32 = 4096;
/** RFC 7541 §4.1: what a field takes beside its octets. */
const OVERHEAD: i32 = 32;
/** The largest table that is followed: browsers offer 64 KiB. Of larger ones, the oldest fields are unknown. */
const MAX_SIZE: i32 = 65_536;
const NO_OCTETS: Uint8Array = new Uint8Array(0);

// Numbers of one field in `entries`.
const START: i32 = 0;
const NAME_LENGTH: i32 = 1;
const VALUE_LENGTH: i32 = 2;
const ENTRY_SIZE: i32 = 3;
/** What is moved to the front in place must leave so much free: an eighth. */
const SLACK_SHIFT: i32 = 3;
const SMALLEST_RING: i32 = 16;
/** The name of a field that was added with an unknown one. */
const UNKNOWN_NAME: i32 = -1;

export class DynamicTable {
  /** Names and values of the fields, oldest first, without gaps. */
  octets: Uint8Array = NO_OCTETS;
  private readonly memory: TableMemory;
  /** Where the next field will lie. */
  private end: i32 = 0;
  private entries: Int32Array = new Int32Array(SMALLEST_RING * ENTRY_SIZE);
  private oldest: i32 = 0;
  /** Fields that are known. */
  private count: i32 = 0;
  private size: i32 = 0;
  private maxSize: i32 = INITIAL_SIZE;
  /** The sender may have fields that are not known here, older than those that are. */
  hasUnknown: boolean = false;
  /** The sender's table is larger than what is followed. */
  private isClipped: boolean = false;

  constructor(memory: TableMemory) {
    this.memory = memory;
  }

  /** A direction begins. @param isKnown with its first byte; else the table's size is not known either */
  begin(isKnown: boolean): void {
    this.clear();
    // What is kept for too long changes no number.
    this.maxSize = isKnown ? INITIAL_SIZE : MAX_SIZE;
    this.isClipped = false;
    this.hasUnknown = !isKnown;
  }

  /** The direction is over: lets memory go. */
  drop(): void {
    this.clear();
    this.memory.release(this.octets.length);
    this.octets = NO_OCTETS;
  }

  /** Bytes are missing: whatever is in the table has unknown numbers. */
  lose(): void {
    this.clear();
    this.hasUnknown = true;
  }

  /** The sender's table is of this size from here on. */
  resize(size: i32): void {
    this.maxSize = min(size, MAX_SIZE);
    this.isClipped = size > MAX_SIZE;
    if (size === 0) this.hasUnknown = false;
    if (this.isClipped) this.hasUnknown = true;
    this.evictFor(0);
  }

  /** Whether the field is known. @param number 1 = the newest */
  has(number: i32): boolean {
    return number <= this.count && this.nameLength(number) !== UNKNOWN_NAME;
  }

  /** Whether there may be such a field, known or not. */
  mayHave(number: i32): boolean {
    return number <= this.count || this.hasUnknown;
  }

  /** Where the field's name begins in `octets`. */
  start(number: i32): i32 {
    return this.entries[this.entryAt(number) + START] as i32;
  }

  nameLength(number: i32): i32 {
    return this.entries[this.entryAt(number) + NAME_LENGTH] as i32;
  }

  valueLength(number: i32): i32 {
    return this.entries[this.entryAt(number) + VALUE_LENGTH] as i32;
  }

  /** Adds a field (RFC 7541 §4.4). Neither name nor value may lie in `octets`. */
  add(
    name: Uint8Array,
    nameStart: i32,
    nameLength: i32,
    value: Uint8Array,
    valueStart: i32,
    valueLength: i32,
  ): void {
    const length = nameLength + valueLength;
    if (!this.makeRoom(length)) return;
    if (!this.reserve(length)) {
      this.put(UNKNOWN_NAME, 0);
      return;
    }
    const at = this.end;
    copyOctets(name, nameStart, nameLength, this.octets, at);
    copyOctets(value, valueStart, valueLength, this.octets, at + nameLength);
    this.put(nameLength, valueLength);
  }

  /** Adds a field whose name is not known: it only takes a number. Its size is underrated, so that nothing goes too early. */
  addUnnamed(): void {
    if (this.makeRoom(0)) this.put(UNKNOWN_NAME, 0);
  }

  /** Whether the field has a place among the others. */
  private makeRoom(length: i32): boolean {
    this.evictFor(length + OVERHEAD);
    return length + OVERHEAD <= this.maxSize;
  }

  private put(nameLength: i32, valueLength: i32): void {
    if (this.count * ENTRY_SIZE === this.entries.length) this.growRing();
    this.count++;
    const entry = this.entryAt(1);
    this.entries[entry + START] = this.end;
    this.entries[entry + NAME_LENGTH] = nameLength;
    this.entries[entry + VALUE_LENGTH] = valueLength;
    const length = max(0, nameLength) + valueLength;
    this.end += length;
    this.size += length + OVERHEAD;
  }

  /** RFC 7541 §4.3, §4.4: the oldest go until there is room for so much. */
  private evictFor(size: i32): void {
    // With so much in it, nothing else can be in the sender's table, which is no larger.
    if (this.size + size + OVERHEAD > this.maxSize && !this.isClipped) this.hasUnknown = false;
    while (this.count > 0 && this.size + size > this.maxSize) this.evictOldest();
  }

  private evictOldest(): void {
    const entry = this.oldest * ENTRY_SIZE;
    const length =
      max(0, this.entries[entry + NAME_LENGTH] as i32) + (this.entries[entry + VALUE_LENGTH] as i32);
    this.size -= length + OVERHEAD;
    this.oldest = (this.oldest + 1) & (this.ringLength - 1);
    this.count--;
  }

  /** Where the octets of the oldest field lie. */
  private get first(): i32 {
    return this.count === 0 ? this.end : (this.entries[this.oldest * ENTRY_SIZE + START] as i32);
  }

  /** Makes room for so many octets behind the last. @returns whether there is memory for them */
  private reserve(length: i32): boolean {
    const octets = this.octets;
    if (this.end + length <= octets.length) return true;
    let room: Uint8Array | null = octets;
    const needed = this.end - this.first + length;
    if (needed + (needed >> SLACK_SHIFT) > octets.length) room = this.memory.take(needed, octets.length);
    if (room === null) {
      while (this.count > 0 && this.end - this.first + length > octets.length) {
        this.evictOldest();
        this.hasUnknown = true;
      }
      if (length > octets.length) return false;
      room = octets;
    }
    const first = this.first;
    const kept = this.end - first;
    if (kept > 0) copyOctets(octets, first, kept, room, 0);
    this.octets = room;
    for (let number: i32 = 1; number <= this.count; number++) {
      const entry = this.entryAt(number);
      this.entries[entry + START] = (this.entries[entry + START] as i32) - first;
    }
    this.end = kept;
    return true;
  }

  private clear(): void {
    this.end = 0;
    this.oldest = 0;
    this.count = 0;
    this.size = 0;
  }

  private get ringLength(): i32 {
    return (this.entries.length / ENTRY_SIZE) as i32;
  }

  /** Where the numbers of a field lie. */
  private entryAt(number: i32): i32 {
    return ((this.oldest + this.count - number) & (this.ringLength - 1)) * ENTRY_SIZE;
  }

  private growRing(): void {
    const larger = new Int32Array(2 * this.entries.length);
    for (let number: i32 = 1; number <= this.count; number++) {
      const entry = this.entryAt(number);
      const to = (this.count - number) * ENTRY_SIZE;
      for (let field: i32 = 0; field < ENTRY_SIZE; field++)
        larger[to + field] = this.entries[entry + field] as i32;
    }
    this.entries = larger;
    this.oldest = 0;
  }
}
