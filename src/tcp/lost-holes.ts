/**
 * What holes in a direction's sequence space tell.
 *
 * - A hole that a later segment fills was lost *before the tap* and repaired, counted in the segments that filled it; one
 *   that is filled within the connection's initial RTT was reordering. Bias: too low, as a lost tail (say, a FIN) leaves
 *   no hole and a copy lost twice counts once. The metrics room uses it where IPv4 IDs don't count.
 * - A hole, or bytes beyond everything seen, that the receiver acknowledged and nothing filled is a *capture drop*: the
 *   recorder missed it. What it left as a gap in the IDs is taken back.
 */
import type { Segment } from "../packet/segment.ts";
import { Direction, DirectionFlag, Field } from "./connection.ts";
import { type ConnectionSink, LossEvidence, LossPlace } from "./connection-sink.ts";
import type { Coverage, Hole } from "./coverage.ts";
import { type DirectionPlace, keyOf } from "./direction-place.ts";
import type { IdGaps } from "./id-gaps.ts";
import { fullSegmentSize, packetsIn } from "./segment-size.ts";
import { sequenceDistance } from "./sequence.ts";

/** Reordering is told from repair by the connection's initial RTT, where unknown by this. */
const DEFAULT_REORDERING_NS = 3_000_000;
/** A hole must have been acknowledged for this long: two capture queues may record an ACK before its data. */
const CAPTURE_DROP_AFTER_NS = 20_000_000;

export class LostHoles {
  readonly #sink: ConnectionSink;
  readonly #coverage: Coverage;
  readonly #ids: IdGaps;

  constructor(sink: ConnectionSink, coverage: Coverage, ids: IdGaps) {
    this.#sink = sink;
    this.#coverage = coverage;
    this.#ids = ids;
  }

  /** The segment filled a hole to its end: a repair, or reordering. */
  filled(place: DirectionPlace, record: number, hole: Hole, segment: Segment, timeNs: number): void {
    if (hole.acknowledged) return;
    const initialRtt = place.page.getFloat64(record + Field.INITIAL_RTT, true);
    const reordering = initialRtt === 0 ? DEFAULT_REORDERING_NS : initialRtt;
    if (timeNs - hole.openedNs < reordering) return;
    this.#lost(
      place,
      Math.max(hole.fillers, packetsIn(hole.openedSize, fullSegmentSize(place.page, place.at, segment))),
    );
  }

  /** The receiver has everything before `acknowledgement`. */
  acknowledged(place: DirectionPlace, acknowledgement: number, timeNs: number): void {
    const { page, at } = place;
    const flags = page.getUint32(at + Direction.FLAGS, true);
    if ((flags & DirectionFlag.COVERED) === 0) return;
    const key = keyOf(place);
    const highest = page.getUint32(at + Direction.HIGHEST_END, true);
    if (sequenceDistance(acknowledgement, highest) > 0) {
      this.#coverage.skipAcknowledged(page, at, key, acknowledgement, timeNs);
    } else if ((flags & DirectionFlag.HOLES) !== 0) {
      const before = timeNs - CAPTURE_DROP_AFTER_NS;
      for (const hole of this.#coverage.dropAcknowledged(page, at, key, acknowledgement, before)) {
        this.#captureDrop(place, hole);
      }
    }
  }

  /** The connection ends: what is still a hole was lost before the tap, or acknowledged and so missed by the recorder. */
  end(place: DirectionPlace): void {
    const { page, at } = place;
    const flags = page.getUint32(at + Direction.FLAGS, true);
    if ((flags & DirectionFlag.HOLES) === 0) return;
    const acknowledged = (flags & DirectionFlag.ACKED) !== 0;
    const highestAcked = page.getUint32(at + Direction.HIGHEST_ACKED, true);
    for (const hole of this.#coverage.holes(keyOf(place))) {
      if (acknowledged && sequenceDistance(highestAcked, hole.end) >= 0) this.#captureDrop(place, hole);
      else this.#lost(place, Math.max(hole.fillers, packetsIn(hole.openedSize)));
    }
  }

  #captureDrop(place: DirectionPlace, hole: Hole): void {
    const segments = packetsIn(sequenceDistance(hole.end, hole.start));
    this.#sink.lost(place.connection, place.side, LossPlace.CAPTURE_DROP, LossEvidence.ANY, segments);
    this.#ids.takeBack(place, segments);
  }

  #lost(place: DirectionPlace, segments: number): void {
    this.#sink.lost(place.connection, place.side, LossPlace.BEFORE_TAP, LossEvidence.HOLES, segments);
  }
}
