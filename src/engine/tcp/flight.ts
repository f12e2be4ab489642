/**
 * Segments in flight: those that occupy sequence space, were seen at the tap and are not yet acknowledged, per
 * direction in ascending order of sequence number. Entries are used again.
 */
import type { Direction } from "./connection.ts";
import { FlightEntry } from "./flight-entry.ts";
import { sequenceDistance } from "./sequence.ts";

/** Unacknowledged segments remembered per direction, as in Wireshark. */
export const MAX_IN_FLIGHT: i32 = 10_000;

export class Flight {
  /** Entries to be used again, chained by `next`. */
  private free: FlightEntry | null = null;
  private packets: f64 = 0;

  /** A number for the next packet whose bytes were seen before. */
  nextPacket(): f64 {
    return ++this.packets;
  }

  /** Appends a segment, or inserts it in order where it came late. */
  add(direction: Direction, start: u32, end: u32, timeNs: f64, timestamp: u32): void {
    const entry = this.take();
    entry.start = start;
    entry.end = end;
    entry.copies = 1;
    entry.lastPacket = 0;
    entry.missing = 0;
    entry.unanswered = 0;
    entry.isPart = false;
    entry.firstNs = timeNs;
    entry.lastNs = timeNs;
    entry.firstTimestamp = timestamp;
    entry.lastTimestamp = timestamp;
    direction.flightCount++;
    const tail = direction.flightTail;
    if (tail === null) {
      direction.flightHead = entry;
      direction.flightTail = entry;
    } else if (sequenceDistance(start, tail.start) >= 0) {
      tail.next = entry;
      direction.flightTail = entry;
    } else this.insert(direction, entry);
  }

  /** The entry's bytes were seen again, in this packet. */
  repeat(entry: FlightEntry, packet: f64, timeNs: f64, timestamp: u32): void {
    entry.copies++;
    entry.lastPacket = packet;
    entry.lastNs = timeNs;
    entry.lastTimestamp = timestamp;
  }

  /**
   * A part of the entry's bytes is about to be seen again: those from `at` on become an entry of their own, unless there are
   * too many.
   * @returns what holds those bytes now
   */
  split(direction: Direction, entry: FlightEntry, at: u32): FlightEntry {
    if (direction.flightCount >= MAX_IN_FLIGHT) return entry;
    const rest = this.take();
    rest.start = at;
    rest.end = entry.end;
    rest.copies = entry.copies;
    rest.lastPacket = entry.lastPacket;
    rest.missing = 0;
    rest.unanswered = 0;
    rest.firstNs = entry.firstNs;
    rest.lastNs = entry.lastNs;
    rest.firstTimestamp = entry.firstTimestamp;
    rest.lastTimestamp = entry.lastTimestamp;
    rest.isPart = true;
    rest.next = entry.next;
    entry.isPart = true;
    entry.end = at;
    entry.next = rest;
    if (rest.next === null) direction.flightTail = rest;
    direction.flightCount++;
    return rest;
  }

  /** Takes the head of the list off; the caller has read it. */
  dropHead(direction: Direction, head: FlightEntry): void {
    direction.flightHead = head.next;
    if (head.next === null) direction.flightTail = null;
    direction.flightCount--;
    head.next = this.free;
    this.free = head;
  }

  /** Forgets all segments of a direction. */
  clear(direction: Direction): void {
    for (let head = direction.flightHead; head !== null; head = direction.flightHead) {
      this.dropHead(direction, head);
    }
  }

  private insert(direction: Direction, entry: FlightEntry): void {
    let previous: FlightEntry | null = null;
    let cursor = direction.flightHead;
    while (cursor !== null && sequenceDistance(cursor.start, entry.start) <= 0) {
      previous = cursor;
      cursor = cursor.next;
    }
    entry.next = cursor;
    if (previous === null) direction.flightHead = entry;
    else previous.next = entry;
  }

  private take(): FlightEntry {
    const entry = this.free;
    if (entry === null) return new FlightEntry();
    this.free = entry.next;
    entry.next = null;
    return entry;
  }
}
