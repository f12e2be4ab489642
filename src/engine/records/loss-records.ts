/** What the loss estimate says: see `ConnectionSink`. */
import type { SegmentSink } from "../tcp/segment-sink.ts";

export const LOST: i32 = 6;
export const LOST_SIZE: i32 = 5;
export const UNSURE: i32 = 7;
export const UNSURE_SIZE: i32 = 5;
export const LOST_EITHER_WAY: i32 = 8;
export const LOST_EITHER_WAY_SIZE: i32 = 3;

const ENDS: i32 = 1;
const EVIDENCE: i32 = 2;
const PLACE: i32 = 3;
const SEGMENTS: i32 = 4;
const BELOW: i32 = 3;
const ABOVE: i32 = 4;
const SLOT: i32 = 1;
const SYN_ACKS: i32 = 2;

/** Segments were lost; negative `segments` take an earlier count back. */
export function writeLost(
  words: Int32Array,
  at: i32,
  ends: i32,
  place: i32,
  evidence: i32,
  segments: i32,
): void {
  words[at] = LOST;
  words[at + ENDS] = ends;
  words[at + EVIDENCE] = evidence;
  words[at + PLACE] = place;
  words[at + SEGMENTS] = segments;
}

export function readLost(words: Int32Array, at: i32, sink: SegmentSink): void {
  const ends = words[at + ENDS] as i32;
  const place = words[at + PLACE] as i32;
  sink.lost(ends >> 1, ends & 1, place, words[at + EVIDENCE] as i32, words[at + SEGMENTS] as i32);
}

/** Of the losses counted, `below` may be none, and `above` more may be. */
export function writeUnsure(
  words: Int32Array,
  at: i32,
  ends: i32,
  evidence: i32,
  below: i32,
  above: i32,
): void {
  words[at] = UNSURE;
  words[at + ENDS] = ends;
  words[at + EVIDENCE] = evidence;
  words[at + BELOW] = below;
  words[at + ABOVE] = above;
}

export function readUnsure(words: Int32Array, at: i32, sink: SegmentSink): void {
  const ends = words[at + ENDS] as i32;
  const below = words[at + BELOW] as i32;
  sink.unsure(ends >> 1, ends & 1, words[at + EVIDENCE] as i32, below, words[at + ABOVE] as i32);
}

/** A SYN of the connection was lost, or so many SYN/ACKs. */
export function writeLostEitherWay(words: Int32Array, at: i32, slot: i32, synAcks: i32): void {
  words[at] = LOST_EITHER_WAY;
  words[at + SLOT] = slot;
  words[at + SYN_ACKS] = synAcks;
}

export function readLostEitherWay(words: Int32Array, at: i32, sink: SegmentSink): void {
  sink.lostEitherWay(words[at + SLOT] as i32, words[at + SYN_ACKS] as i32);
}
