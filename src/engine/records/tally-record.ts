/** The segments of a direction, counted since its last tally. */
import type { SegmentSink } from "../tcp/segment-sink.ts";
import { SEGMENT_TALLY_WORDS, type SegmentTally } from "../tcp/segment-tally.ts";

const ENDS: i32 = 1;
const VALUES: i32 = 2;

export const TALLY: i32 = 13;
export const TALLY_SIZE: i32 = VALUES + SEGMENT_TALLY_WORDS;

export function writeTally(words: Int32Array, at: i32, ends: i32, tally: SegmentTally): void {
  words[at] = TALLY;
  words[at + ENDS] = ends;
  tally.write(words, at + VALUES);
}

/** @param tally what the values are read into, to be handed on */
export function readTally(words: Int32Array, at: i32, tally: SegmentTally, sink: SegmentSink): void {
  const ends = words[at + ENDS] as i32;
  tally.read(words, at + VALUES);
  sink.tally(ends >> 1, ends & 1, tally);
}
