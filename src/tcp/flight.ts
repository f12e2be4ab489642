/**
 * Segments in flight: those that occupy sequence space, were seen at the tap and are not yet acknowledged, per
 * direction in ascending order of sequence number. Entries are records of fixed layout in one buffer, with a free list;
 * a direction's record holds the head and tail of its list.
 */
import { Direction } from "./connection.ts";
import { sequenceDistance } from "./sequence.ts";

/** End of a list. */
export const NONE = -1;
const INITIAL_ENTRIES = 4096;

/** Offsets in an entry. */
const START = 0;
const END = 4;
const COPIES = 8;
const NEXT = 12;
const FIRST_NS = 16;
const LAST_NS = 24;
const FIRST_TIMESTAMP = 32;
const LAST_TIMESTAMP = 36;
const ENTRY_SIZE = 40;

/** An entry is named by where it starts in the buffer. */
export class Flight {
  #entries = new DataView(new ArrayBuffer(INITIAL_ENTRIES * ENTRY_SIZE));
  #free: number = NONE;
  #end = 0;

  /** Sequence space of the entry: `start` … `end` (end excluded). */
  start(entry: number): number {
    return this.#entries.getUint32(entry + START, true);
  }

  end(entry: number): number {
    return this.#entries.getUint32(entry + END, true);
  }

  /** How often its bytes were seen at the tap. */
  copies(entry: number): number {
    return this.#entries.getUint32(entry + COPIES, true);
  }

  /** When the first and the last copy were recorded. */
  firstNs(entry: number): number {
    return this.#entries.getFloat64(entry + FIRST_NS, true);
  }

  lastNs(entry: number): number {
    return this.#entries.getFloat64(entry + LAST_NS, true);
  }

  /** Timestamp option's value of the first and of the last copy; 0 where they have none. */
  firstTimestamp(entry: number): number {
    return this.#entries.getUint32(entry + FIRST_TIMESTAMP, true);
  }

  lastTimestamp(entry: number): number {
    return this.#entries.getUint32(entry + LAST_TIMESTAMP, true);
  }

  /** The entry after this one, or NONE. */
  next(entry: number): number {
    return this.#entries.getInt32(entry + NEXT, true);
  }

  /** Appends a segment, or inserts it in order where it came late. */
  add(
    page: DataView,
    direction: number,
    start: number,
    end: number,
    timeNs: number,
    timestamp: number,
  ): void {
    const entry = this.#take();
    const entries = this.#entries;
    entries.setUint32(entry + START, start, true);
    entries.setUint32(entry + END, end, true);
    entries.setUint32(entry + COPIES, 1, true);
    entries.setFloat64(entry + FIRST_NS, timeNs, true);
    entries.setFloat64(entry + LAST_NS, timeNs, true);
    entries.setUint32(entry + FIRST_TIMESTAMP, timestamp, true);
    entries.setUint32(entry + LAST_TIMESTAMP, timestamp, true);
    const tail = page.getInt32(direction + Direction.FLIGHT_TAIL, true);
    if (tail === NONE || sequenceDistance(start, this.start(tail)) >= 0) {
      entries.setInt32(entry + NEXT, NONE, true);
      if (tail === NONE) page.setInt32(direction + Direction.FLIGHT_HEAD, entry, true);
      else entries.setInt32(tail + NEXT, entry, true);
      page.setInt32(direction + Direction.FLIGHT_TAIL, entry, true);
    } else {
      this.#insert(page, direction, entry, start);
    }
    const count = page.getUint32(direction + Direction.FLIGHT_COUNT, true);
    page.setUint32(direction + Direction.FLIGHT_COUNT, count + 1, true);
  }

  /** The entry's bytes were seen again. */
  repeat(entry: number, timeNs: number, timestamp: number): void {
    this.#entries.setUint32(entry + COPIES, this.copies(entry) + 1, true);
    this.#entries.setFloat64(entry + LAST_NS, timeNs, true);
    this.#entries.setUint32(entry + LAST_TIMESTAMP, timestamp, true);
  }

  /** Takes the head of the list off; the caller has read it. */
  dropHead(page: DataView, direction: number): void {
    const head = page.getInt32(direction + Direction.FLIGHT_HEAD, true);
    const next = this.next(head);
    page.setInt32(direction + Direction.FLIGHT_HEAD, next, true);
    if (next === NONE) page.setInt32(direction + Direction.FLIGHT_TAIL, NONE, true);
    const count = page.getUint32(direction + Direction.FLIGHT_COUNT, true);
    page.setUint32(direction + Direction.FLIGHT_COUNT, count - 1, true);
    this.#entries.setInt32(head + NEXT, this.#free, true);
    this.#free = head;
  }

  /** Forgets all segments of a direction. */
  clear(page: DataView, direction: number): void {
    while (page.getInt32(direction + Direction.FLIGHT_HEAD, true) !== NONE) this.dropHead(page, direction);
  }

  #insert(page: DataView, direction: number, entry: number, start: number): void {
    let previous = NONE;
    let cursor = page.getInt32(direction + Direction.FLIGHT_HEAD, true);
    while (cursor !== NONE && sequenceDistance(this.start(cursor), start) <= 0) {
      previous = cursor;
      cursor = this.next(cursor);
    }
    this.#entries.setInt32(entry + NEXT, cursor, true);
    if (previous === NONE) page.setInt32(direction + Direction.FLIGHT_HEAD, entry, true);
    else this.#entries.setInt32(previous + NEXT, entry, true);
  }

  #take(): number {
    const free = this.#free;
    if (free !== NONE) {
      this.#free = this.next(free);
      return free;
    }
    const entry = this.#end;
    this.#end += ENTRY_SIZE;
    if (this.#end > this.#entries.byteLength) {
      const larger = new Uint8Array(this.#entries.byteLength * 2);
      larger.set(new Uint8Array(this.#entries.buffer));
      this.#entries = new DataView(larger.buffer);
    }
    return entry;
  }
}
