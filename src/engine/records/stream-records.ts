/** What happens to the stream of a direction: data, a gap, its end. The three are of one form. */
import { doubleAt, putDouble } from "../dialect/doubles.ts";
import type { StreamListener } from "../tcp/stream-listener.ts";

/** The next octets of the batch belong to the stream. */
export const DATA: i32 = 9;
/** Bytes that the capture doesn't hold. */
export const GAP: i32 = 10;
/** The direction ends. */
export const CLOSE: i32 = 11;
export const STREAM_RECORD_SIZE: i32 = 6;

const ENDS: i32 = 1;
/** Bytes of a gap; of data, see `dataValue`; of an end, the reason: see `StreamListener.close`. */
const VALUE: i32 = 2;
const TIME_NS: i32 = 3;
const FRAME_NUMBER: i32 = 5;

/** Writes a record of this kind. @param value see `VALUE` */
export function writeStreamRecord(
  words: Int32Array,
  at: i32,
  kind: i32,
  ends: i32,
  value: i32,
  timeNs: f64,
  frame: i32,
): void {
  words[at] = kind;
  words[at + ENDS] = ends;
  words[at + VALUE] = value;
  putDouble(words, at + TIME_NS, timeNs);
  words[at + FRAME_NUMBER] = frame;
}

/** The value of data: its bytes, and what its sender had taken of the other side. */
export function dataValue(length: i32, reply: i32): i32 {
  return (length << 2) | reply;
}

/** Connection × 2 + side. */
export function streamEnds(words: Int32Array, at: i32): i32 {
  return words[at + ENDS] as i32;
}

/** Bytes of a gap; the reason of an end. */
export function streamValue(words: Int32Array, at: i32): i32 {
  return words[at + VALUE] as i32;
}

export function streamTimeNs(words: Int32Array, at: i32): f64 {
  return doubleAt(words, at + TIME_NS);
}

export function streamFrame(words: Int32Array, at: i32): i32 {
  return words[at + FRAME_NUMBER] as i32;
}

/** What the sender of data had taken of the other side. */
export function dataReply(words: Int32Array, at: i32): i32 {
  return (words[at + VALUE] as i32) & 3;
}

/** The bytes of data. */
export function dataLength(words: Int32Array, at: i32): i32 {
  return (words[at + VALUE] as i32) >> 2;
}

/** Reads data, which begins at `octets[start]`; returns where it ends. */
export function readData(
  words: Int32Array,
  at: i32,
  octets: Uint8Array,
  start: i32,
  streams: StreamListener,
): i32 {
  const ends = words[at + ENDS] as i32;
  const value = words[at + VALUE] as i32;
  const end = start + dataLength(words, at);
  const timeNs = doubleAt(words, at + TIME_NS);
  const frame = words[at + FRAME_NUMBER] as i32;
  streams.data(ends >> 1, ends & 1, octets, start, end, timeNs, frame, value & 3);
  return end;
}

export function readGap(words: Int32Array, at: i32, streams: StreamListener): void {
  const ends = words[at + ENDS] as i32;
  const length = words[at + VALUE] as i32;
  const timeNs = doubleAt(words, at + TIME_NS);
  streams.gap(ends >> 1, ends & 1, length, timeNs, words[at + FRAME_NUMBER] as i32);
}

export function readClose(words: Int32Array, at: i32, streams: StreamListener): void {
  const ends = words[at + ENDS] as i32;
  const reason = words[at + VALUE] as i32;
  const timeNs = doubleAt(words, at + TIME_NS);
  streams.close(ends >> 1, ends & 1, reason, timeNs, words[at + FRAME_NUMBER] as i32);
}
