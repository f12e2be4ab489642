import type { Segment } from "../packet/segment.ts";
import type { ConnectionSink } from "./connection-sink.ts";
import type { SegmentFacts } from "./track-connections.ts";

/** Who takes everything that the tcp room finds, segment by segment. */
export interface SegmentSink extends ConnectionSink {
  /** The frame whose segment is tracked next: its number, its length on the wire in bytes, its time. */
  frame(number: number, wireLength: number, timeNs: number): void;
  /** The frame's segment, after everything else about it was told. Of `segment`, flags and payload length are there. */
  segment(facts: SegmentFacts, segment: Segment, timeNs: number): void;
}
