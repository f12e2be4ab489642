/** A round trip of a segment, from the tap to its receiver and back. */
import { doubleAt, putDouble } from "../dialect/doubles.ts";
import type { SegmentSink } from "../tcp/segment-sink.ts";

export const ROUND_TRIP: i32 = 5;
export const ROUND_TRIP_SIZE: i32 = 7;

const ENDS: i32 = 1;
const ROUND_TRIP_KIND: i32 = 2;
const DURATION_NS: i32 = 3;
const TIME_NS: i32 = 5;

/** With its own time, which takes less than a record of its frame. @param kind see `connection-sink.ts` */
export function writeRoundTrip(
  words: Int32Array,
  at: i32,
  ends: i32,
  kind: i32,
  durationNs: f64,
  timeNs: f64,
): void {
  words[at] = ROUND_TRIP;
  words[at + ENDS] = ends;
  words[at + ROUND_TRIP_KIND] = kind;
  putDouble(words, at + DURATION_NS, durationNs);
  putDouble(words, at + TIME_NS, timeNs);
}

/** See `connection-sink.ts`. */
export function roundTripKind(words: Int32Array, at: i32): i32 {
  return words[at + ROUND_TRIP_KIND] as i32;
}

export function roundTripNs(words: Int32Array, at: i32): f64 {
  return doubleAt(words, at + DURATION_NS);
}

/** The connection, and the side that sent the segment: connection × 2 + side. */
export function roundTripEnds(words: Int32Array, at: i32): i32 {
  return words[at + ENDS] as i32;
}

export function readRoundTrip(words: Int32Array, at: i32, sink: SegmentSink): void {
  const ends = words[at + ENDS] as i32;
  const durationNs = doubleAt(words, at + DURATION_NS);
  const timeNs = doubleAt(words, at + TIME_NS);
  sink.roundTrip(ends >> 1, ends & 1, words[at + ROUND_TRIP_KIND] as i32, durationNs, timeNs);
}
