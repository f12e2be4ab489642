/**
 * What a RST does to the streams of its connection. It stands at its place in the sequence space of its sender: the bytes
 * before it belong to the stream, even where they were recorded after it, and its ACK says what its sender had taken. It
 * comes into force after `WAIT_NS`, as of its own time, unless its sender is seen to go on: then the other side had not
 * taken it, or somebody else had sent it. Nobody can tell of a longer silence whether the connection goes on after it; if
 * it does, that is a stream of its own.
 */
import type { Segment } from "../segments/segment.ts";
import { ACK, RST } from "../segments/tcp-flags.ts";
import type { Connection, Direction } from "./connection.ts";
import type { ConnectionSink } from "./connection-sink.ts";
import { PendingResets } from "./pending-resets.ts";
import * as NumberPlace from "./receive-window.ts";
import { highestOf, isKnown, placeOf } from "./receive-window.ts";
import { sequenceAdd, sequenceDistance } from "./sequence.ts";
import { spaceOf } from "./stray-segment.ts";
import * as CloseReason from "./stream-listener.ts";
import type { StreamOrder } from "./stream-order.ts";

/** Capture queues put packets out of order by less, and few servers take longer to answer. */
const WAIT_NS: f64 = 100_000_000;

export class Resets {
  private readonly sink: ConnectionSink;
  private readonly order: StreamOrder;
  private readonly pending: PendingResets = new PendingResets();

  constructor(sink: ConnectionSink, order: StreamOrder) {
    this.sink = sink;
    this.order = order;
  }

  /** Takes a RST that its receiver takes. */
  take(
    connection: Connection,
    forward: Direction,
    reverse: Direction,
    segment: Segment,
    timeNs: f64,
    frame: i32,
  ): void {
    if (connection.isReset) return;
    connection.isReset = true;
    connection.resetSide = forward.side;
    connection.resetNs = timeNs;
    connection.resetFrame = frame;
    connection.resetSequence = segment.sequence;
    connection.resetOtherEnd = isKnown(reverse) ? highestOf(reverse) : 0;
    // Refused: there is nothing to wait for.
    if (!isKnown(forward)) {
      this.enforce(connection);
      return;
    }
    this.restrict(forward, reverse, segment);
    this.pending.add(connection, timeNs + WAIT_NS);
  }

  /** Takes a segment of a connection whose reset waits, before it is handed on. */
  next(connection: Connection, forward: Direction, reverse: Direction, segment: Segment, timeNs: f64): void {
    const isLater = timeNs > connection.resetNs;
    const space = spaceOf(segment);
    const acknowledges = (segment.flags & ACK) !== 0;
    if (forward.side === connection.resetSide) {
      const end = sequenceAdd(segment.sequence, space);
      const sendsMore = space > 0 && sequenceDistance(end, connection.resetSequence) > 0;
      const takesMore =
        acknowledges && sequenceDistance(segment.acknowledgement, connection.resetOtherEnd) > 0;
      if (isLater && (sendsMore || takesMore)) this.withdraw(connection, reverse);
      return;
    }
    if (!isLater) {
      // It was recorded too late. What the reset's ACK says counts more.
      const end = sequenceAdd(segment.sequence, segment.payloadLength);
      if (forward.isLimited && sequenceDistance(end, forward.limit) > 0) forward.limit = end;
      return;
    }
    // RFC 5961 §3.2: a reset beyond the next byte is not taken, but answered by an ACK of what is expected.
    const isAhead = sequenceDistance(connection.resetSequence, highestOf(reverse)) > 0;
    if (isAhead && acknowledges) this.withdraw(connection, forward);
  }

  /** Brings into force what has waited long enough by `timeNs`. */
  advance(timeNs: f64): void {
    for (;;) {
      const connection = this.pending.due(timeNs);
      if (connection === null) return;
      this.enforce(connection);
    }
  }

  /** The reset comes into force: both streams end. */
  enforce(connection: Connection): void {
    connection.resetNumber = 0;
    connection.isOver = true;
    const forward = connection.direction(connection.resetSide);
    const reverse = connection.direction(1 - connection.resetSide);
    const timeNs = connection.resetNs;
    const frame = connection.resetFrame;
    this.order.finish(forward, CloseReason.RESET, timeNs, frame);
    this.order.finish(reverse, CloseReason.RESET, timeNs, frame);
    this.sink.turn(forward, RST, timeNs);
  }

  /** From where on the other side's bytes are not taken any more. */
  private restrict(forward: Direction, reverse: Direction, segment: Segment): void {
    if (!isKnown(reverse)) return;
    // What was recorded before the reset was sent before it.
    let limit = highestOf(reverse);
    const acknowledgement = segment.acknowledgement;
    const tells =
      (segment.flags & ACK) !== 0 && placeOf(reverse, forward, acknowledgement) === NumberPlace.INSIDE;
    if (tells && sequenceDistance(acknowledgement, limit) > 0) limit = acknowledgement;
    this.order.restrict(reverse, limit);
  }

  private withdraw(connection: Connection, other: Direction): void {
    connection.isReset = false;
    connection.resetNumber = 0;
    this.order.lift(other);
  }
}
