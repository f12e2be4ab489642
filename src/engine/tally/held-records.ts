/** What is told of a connection before it is known which of its sides is the client. */

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
