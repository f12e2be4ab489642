/** Single segments: where every segment is wanted, and those that begin or end a connection once more. */
import { doubleAt, putDouble } from "../dialect/doubles.ts";
import type { SegmentFacts } from "../tcp/segment-facts.ts";
import type { SegmentSink } from "../tcp/segment-sink.ts";

/** A segment, where every segment is wanted; a frame recorded twice has none. */
export const SEGMENT: i32 = 1;
export const SEGMENT_SIZE: i32 = 4;
/** A FIN or RST, or a SYN that is sent again. */
export const TURN: i32 = 12;
export const TURN_SIZE: i32 = 5;

const ENDS: i32 = 1;
const WIRE_SEGMENTS: i32 = 2;
const HAS_NEW_PAYLOAD: i32 = 3;
const FLAGS: i32 = 2;
const TIME_NS: i32 = 3;

export function writeSegment(words: Int32Array, at: i32, ends: i32, facts: SegmentFacts): void {
  words[at] = SEGMENT;
  words[at + ENDS] = ends;
  words[at + WIRE_SEGMENTS] = facts.wireSegments;
  words[at + HAS_NEW_PAYLOAD] = facts.newPayloadBytes > 0 ? 1 : 0;
}

export function readSegment(words: Int32Array, at: i32, sink: SegmentSink): void {
  const ends = words[at + ENDS] as i32;
  sink.segment(ends >> 1, ends & 1, words[at + WIRE_SEGMENTS] as i32, words[at + HAS_NEW_PAYLOAD] !== 0);
}

/** @param flags of TCP @param timeNs when: it may be told later */
export function writeTurn(words: Int32Array, at: i32, ends: i32, flags: i32, timeNs: f64): void {
  words[at] = TURN;
  words[at + ENDS] = ends;
  words[at + FLAGS] = flags;
  putDouble(words, at + TIME_NS, timeNs);
}

export function readTurn(words: Int32Array, at: i32, sink: SegmentSink): void {
  const ends = words[at + ENDS] as i32;
  sink.turn(ends >> 1, ends & 1, words[at + FLAGS] as i32, doubleAt(words, at + TIME_NS));
}
