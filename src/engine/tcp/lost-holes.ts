/**
 * What holes in a direction's sequence space tell.
 *
 * - A hole that a later segment fills was lost *before the tap* and repaired, counted in the segments that filled it; one
 *   that is filled within the connection's initial RTT was reordering. Bias: too low, as a lost tail (say, a FIN) leaves
 *   no hole and a copy lost twice counts once. The metrics room uses it where IPv4 IDs don't count.
 * - A hole, or bytes beyond everything seen, that the receiver acknowledged and nothing filled is a *capture drop*: the
 *   recorder missed it, unless a frame was recorded there that can't be read. What it left as a gap in the IDs is taken
 *   back.
 */
import { max } from "../dialect/integers.ts";
import type { Segment } from "../segments/segment.ts";
import type { Connection, Direction } from "./connection.ts";
import type { ConnectionSink } from "./connection-sink.ts";
import * as LossEvidence from "./connection-sink.ts";
import * as LossPlace from "./connection-sink.ts";
import type { Coverage } from "./coverage.ts";
import type { Hole } from "./hole.ts";
import type { IdGaps } from "./id-gaps.ts";
import { fullSegmentSize, packetsIn, USUAL_SEGMENT_SIZE } from "./segment-size.ts";
import { sequenceDistance } from "./sequence.ts";

/** Reordering is told from repair by the connection's initial RTT, where unknown by this. */
const DEFAULT_REORDERING_NS: f64 = 3_000_000;
/** A hole must have been acknowledged for this long: two capture queues may record an ACK before its data. */
const CAPTURE_DROP_AFTER_NS: f64 = 20_000_000;

export class LostHoles {
  private readonly sink: ConnectionSink;
  private readonly coverage: Coverage;
  private readonly ids: IdGaps;

  constructor(sink: ConnectionSink, coverage: Coverage, ids: IdGaps) {
    this.sink = sink;
    this.coverage = coverage;
    this.ids = ids;
  }

  /** The segment filled a hole to its end: a repair, or reordering. */
  filled(connection: Connection, direction: Direction, hole: Hole, segment: Segment, timeNs: f64): void {
    if (hole.acknowledged) return;
    const initialRttNs = connection.initialRttNs;
    if (timeNs - hole.openedNs < (initialRttNs === 0 ? DEFAULT_REORDERING_NS : initialRttNs)) return;
    this.lost(direction, max(hole.fillers, packetsIn(hole.openedSize, fullSegmentSize(direction, segment))));
  }

  /** The receiver has everything before `acknowledgement`. */
  acknowledged(direction: Direction, acknowledgement: u32, timeNs: f64): void {
    if (!direction.isCovered) return;
    if (sequenceDistance(acknowledgement, direction.highestEnd) > 0) {
      this.coverage.skipAcknowledged(direction, acknowledgement, timeNs);
      return;
    }
    const openedByNs = timeNs - CAPTURE_DROP_AFTER_NS;
    for (;;) {
      const hole = this.coverage.dropAcknowledged(direction, acknowledgement, openedByNs);
      if (hole === null) return;
      this.captureDrop(direction, hole);
    }
  }

  /** The connection ends: what is still a hole was lost before the tap, or acknowledged and so missed by the recorder. */
  end(direction: Direction): void {
    const holes = direction.holes;
    if (holes === null) return;
    for (let index: i32 = 0; index < holes.length; index++) {
      const hole = holes[index] as Hole;
      const isAcked = direction.isAcked && sequenceDistance(direction.highestAcked, hole.end) >= 0;
      if (isAcked) this.captureDrop(direction, hole);
      else this.lost(direction, max(hole.fillers, packetsIn(hole.openedSize, USUAL_SEGMENT_SIZE)));
    }
  }

  private captureDrop(direction: Direction, hole: Hole): void {
    const size = sequenceDistance(hole.end, hole.start);
    const segments = packetsIn(size, USUAL_SEGMENT_SIZE);
    const ranges = direction.unreadable;
    // What is in the capture and can't be read was not missed.
    const missed = ranges === null ? size : size - ranges.within(hole.start, hole.end);
    if (missed > 0) {
      const drops = packetsIn(missed, USUAL_SEGMENT_SIZE);
      this.sink.lost(direction, LossPlace.CAPTURE_DROP, LossEvidence.ANY, drops);
    }
    this.ids.takeBack(direction, segments);
  }

  private lost(direction: Direction, segments: i32): void {
    this.sink.lost(direction, LossPlace.BEFORE_TAP, LossEvidence.HOLES, segments);
  }
}
