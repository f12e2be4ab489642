/** The frame that the records behind it were found in, up to the next frame record. */
import { doubleAt, putDouble } from "../dialect/doubles.ts";
import type { SegmentSink } from "../tcp/segment-sink.ts";

export const FRAME: i32 = 0;
export const FRAME_SIZE: i32 = 5;

const NUMBER: i32 = 1;
const WIRE_LENGTH: i32 = 2;
const TIME_NS: i32 = 3;

export function writeFrame(words: Int32Array, at: i32, number: i32, wireLength: i32, timeNs: f64): void {
  words[at] = FRAME;
  words[at + NUMBER] = number;
  words[at + WIRE_LENGTH] = wireLength;
  putDouble(words, at + TIME_NS, timeNs);
}

export function readFrame(words: Int32Array, at: i32, sink: SegmentSink): void {
  sink.frame(words[at + NUMBER] as i32, words[at + WIRE_LENGTH] as i32, doubleAt(words, at + TIME_NS));
}
