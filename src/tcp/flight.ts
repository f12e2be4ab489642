/**
 * Segments in flight: those that occupy sequence space, were seen at the tap and are not yet acknowledged, per
 * direction in ascending order of sequence number. Entries live in typed-array columns with a free list; a direction's
 * record holds the head and tail of its list.
 */
import { Direction } from "./connection.ts";
import { sequenceDistance } from "./sequence.ts";

/** End of a list. */
export const NONE = -1;
const INITIAL_ENTRIES = 4096;

export class Flight {
  /** Sequence space of entry `i`: `start[i]` … `end[i]` (end excluded). */
  start = new Uint32Array(INITIAL_ENTRIES);
  end = new Uint32Array(INITIAL_ENTRIES);
  /** How often its bytes were seen at the tap. */
  copies = new Uint16Array(INITIAL_ENTRIES);
  /** When the first and the last copy were recorded. */
  firstNs = new Float64Array(INITIAL_ENTRIES);
  lastNs = new Float64Array(INITIAL_ENTRIES);
  /** Timestamp option's value of the first and of the last copy; 0 where they have none. */
  firstTimestamp = new Uint32Array(INITIAL_ENTRIES);
  lastTimestamp = new Uint32Array(INITIAL_ENTRIES);
  next = new Int32Array(INITIAL_ENTRIES);
  #free: number = NONE;
  #used = 0;

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
    this.start[entry] = start;
    this.end[entry] = end;
    this.copies[entry] = 1;
    this.firstNs[entry] = timeNs;
    this.lastNs[entry] = timeNs;
    this.firstTimestamp[entry] = timestamp;
    this.lastTimestamp[entry] = timestamp;
    const tail = page.getInt32(direction + Direction.FLIGHT_TAIL, true);
    if (tail === NONE || sequenceDistance(start, this.start[tail] as number) >= 0) {
      this.next[entry] = NONE;
      if (tail === NONE) page.setInt32(direction + Direction.FLIGHT_HEAD, entry, true);
      else this.next[tail] = entry;
      page.setInt32(direction + Direction.FLIGHT_TAIL, entry, true);
    } else {
      this.#insert(page, direction, entry, start);
    }
    page.setUint32(
      direction + Direction.FLIGHT_COUNT,
      page.getUint32(direction + Direction.FLIGHT_COUNT, true) + 1,
      true,
    );
  }

  /** Takes the head of the list off; the caller has read it. */
  dropHead(page: DataView, direction: number): void {
    const head = page.getInt32(direction + Direction.FLIGHT_HEAD, true);
    const next = this.next[head] as number;
    page.setInt32(direction + Direction.FLIGHT_HEAD, next, true);
    if (next === NONE) page.setInt32(direction + Direction.FLIGHT_TAIL, NONE, true);
    page.setUint32(
      direction + Direction.FLIGHT_COUNT,
      page.getUint32(direction + Direction.FLIGHT_COUNT, true) - 1,
      true,
    );
    this.next[head] = this.#free;
    this.#free = head;
  }

  /** Forgets all segments of a direction. */
  clear(page: DataView, direction: number): void {
    while (page.getInt32(direction + Direction.FLIGHT_HEAD, true) !== NONE) this.dropHead(page, direction);
  }

  #insert(page: DataView, direction: number, entry: number, start: number): void {
    let previous = NONE;
    let cursor = page.getInt32(direction + Direction.FLIGHT_HEAD, true);
    while (cursor !== NONE && sequenceDistance(this.start[cursor] as number, start) <= 0) {
      previous = cursor;
      cursor = this.next[cursor] as number;
    }
    this.next[entry] = cursor;
    if (previous === NONE) page.setInt32(direction + Direction.FLIGHT_HEAD, entry, true);
    else this.next[previous] = entry;
  }

  #take(): number {
    if (this.#free !== NONE) {
      const entry = this.#free;
      this.#free = this.next[entry] as number;
      return entry;
    }
    if (this.#used === this.next.length) this.#grow();
    return this.#used++;
  }

  #grow(): void {
    const size = this.next.length * 2;
    this.start = grown(new Uint32Array(size), this.start);
    this.end = grown(new Uint32Array(size), this.end);
    this.copies = grown(new Uint16Array(size), this.copies);
    this.firstNs = grown(new Float64Array(size), this.firstNs);
    this.lastNs = grown(new Float64Array(size), this.lastNs);
    this.firstTimestamp = grown(new Uint32Array(size), this.firstTimestamp);
    this.lastTimestamp = grown(new Uint32Array(size), this.lastTimestamp);
    this.next = grown(new Int32Array(size), this.next);
  }
}

function grown<T extends { set(from: T): void }>(larger: T, old: T): T {
  larger.set(old);
  return larger;
}
