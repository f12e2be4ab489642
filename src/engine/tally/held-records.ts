/** What is told of a connection before it is known which of its sides is the client. */

import type { SegmentSink } from "../tcp/segment-sink.ts";

export const TURN: i32 = 0;
export const SEGMENT: i32 = 1;
export const ROUND_TRIP: i32 = 2;
export const LOST: i32 = 3;
export const UNSURE: i32 = 4;
export const LOST_EITHER_WAY: i32 = 5;

/** So many records are held; then the ports decide. */
const MAX_HELD: i32 = 256;

/** One call of `SegmentSink`, with its arguments in their order. */
export class HeldRecord {
  kind: i32 = 0;
  side: i32 = 0;
  first: i32 = 0;
  second: i32 = 0;
  third: i32 = 0;
  /** A duration, or when a turn counts. */
  durationNs: f64 = 0;
  /** Of its frame. */
  timeNs: f64 = 0;
  wireLength: i32 = 0;
}

export class HeldRecords {
  readonly records: HeldRecord[] = [];
  /** When the connection began, as far as it was recorded. */
  readonly openedNs: f64;

  constructor(openedNs: f64) {
    this.openedNs = openedNs;
  }

  get isFull(): boolean {
    return this.records.length >= MAX_HELD;
  }

  /** A record of this frame, to be filled. */
  add(kind: i32, side: i32, timeNs: f64, wireLength: i32): HeldRecord {
    const record = new HeldRecord();
    record.kind = kind;
    record.side = side;
    record.timeNs = timeNs;
    record.wireLength = wireLength;
    this.records.push(record);
    return record;
  }
}

/** Tells it after all. */
export function tellHeld(held: HeldRecord, connection: i32, to: SegmentSink): void {
  const side = held.side;
  switch (held.kind) {
    case TURN:
      to.turn(connection, side, held.first, held.durationNs);
      return;
    case SEGMENT:
      to.segment(connection, side, held.first, held.second !== 0);
      return;
    case ROUND_TRIP:
      to.roundTrip(connection, side, held.first, held.durationNs, held.timeNs);
      return;
    case LOST:
      to.lost(connection, side, held.first, held.second, held.third);
      return;
    case UNSURE:
      to.unsure(connection, side, held.first, held.second, held.third);
      return;
    default:
      to.lostEitherWay(connection, held.first);
  }
}
