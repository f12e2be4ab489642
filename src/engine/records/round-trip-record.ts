/** A round trip of a segment, from the tap to its receiver and back. */
import { doubleAt, putDouble } from "../dialect/doubles.ts";
import type { SegmentSink } from "../tcp/segment-sink.ts";

export const ROUND_TRIP: i32 = 5;
export const ROUND_TRIP_SIZE: i32 = 5;

const ENDS: i32 = 1;
const ROUND_TRIP_KIND: i32 = 2;
const DURATION_NS: i32 = 3;

/** @param kind see `connection-sink.ts` */
export function writeRoundTrip(words: Int32Array, at: i32, ends: i32, kind: i32, durationNs: f64): void {
  words[at] = ROUND_TRIP;
  words[at + ENDS] = ends;
  words[at + ROUND_TRIP_KIND] = kind;
  putDouble(words, at + DURATION_NS, durationNs);
}

export function readRoundTrip(words: Int32Array, at: i32, sink: SegmentSink): void {
  const ends = words[at + ENDS] as i32;
  sink.roundTrip(ends >> 1, ends & 1, words[at + ROUND_TRIP_KIND] as i32, doubleAt(words, at + DURATION_NS));
}
