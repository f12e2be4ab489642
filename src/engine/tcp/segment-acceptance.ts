/**
 * Decides of every segment whether its receiver takes it, and so whether it counts for its connection. Segments out of
 * place are kept, the last one of each connection, until the next ones tell what they were: see `stray-segment.ts`.
 */
import type { Segment } from "../segments/segment.ts";
import { ACK, RST, SYN } from "../segments/tcp-flags.ts";
import type { Connection, Direction } from "./connection.ts";
import * as NumberPlace from "./receive-window.ts";
import { isKnown, isResetTaken, placeOf } from "./receive-window.ts";
import type { SegmentFollower } from "./segment-follower.ts";
import { sequenceDistance } from "./sequence.ts";
import { StraySegment } from "./stray-segment.ts";

export class SegmentAcceptance {
  private readonly follower: SegmentFollower;

  constructor(follower: SegmentFollower) {
    this.follower = follower;
  }

  /** Whether the segment counts. An ACK that can't be right is taken out of its flags. */
  isTaken(
    connection: Connection,
    forward: Direction,
    reverse: Direction,
    segment: Segment,
    timeNs: f64,
    frame: i32,
  ): boolean {
    const flags = segment.flags;
    if ((flags & RST) !== 0) return isResetTaken(forward, reverse, segment);
    if ((flags & (SYN | ACK)) === SYN) return true;

    const stray = connection.stray;
    const place = placeOf(forward, reverse, segment.sequence);
    const isAckInside = this.isAckInside(forward, reverse, segment);
    const isInside = place === NumberPlace.INSIDE && isAckInside;
    // What belongs here says nothing of what doesn't, but after a reset.
    if (stray !== null && (!isInside || stray.needsAnswer) && stray.isBelieved(segment, forward.side)) {
      this.believe(connection, stray);
      return this.isTaken(connection, forward, reverse, segment, timeNs, frame);
    }
    if (isInside) {
      if (connection.isOver) this.afterReset(connection, forward, segment, timeNs, frame);
      return true;
    }
    if (!isKnown(forward)) {
      // The connection before answers for itself (RFC 5961 §4.2).
      this.follower.forgetSyn(reverse);
    } else if (place === NumberPlace.INSIDE) {
      // Only its ACK is out of place; the ACK of what was never sent is dropped (RFC 9293 §3.10.7.4).
      segment.flags = flags & ~ACK;
      return segment.payloadLength > 0;
    }
    const isSynAck = (flags & SYN) !== 0;
    if (segment.payloadLength === 0 && !isSynAck) return false;
    const isElsewhere = !isAckInside || !reverse.isCovered;
    if (isElsewhere && !isSynAck && isClosed(connection, forward, reverse)) {
      this.follower.beginAnew(connection, -1, timeNs, frame);
      return true;
    }
    const isJump = isAckInside && place === NumberPlace.AHEAD;
    if (!isJump && isAckInside && reverse.isCovered) return false;
    connection.stray = new StraySegment(segment, forward.side, timeNs, frame, isJump, false);
    return false;
  }

  private isAckInside(forward: Direction, reverse: Direction, segment: Segment): boolean {
    // Of a direction that is not recorded nothing but ACKs is known, and any hole is possible.
    if ((segment.flags & ACK) === 0 || !reverse.isCovered) return true;
    if (placeOf(reverse, forward, segment.acknowledgement) !== NumberPlace.INSIDE) return false;
    return !reverse.isStartKnown || segment.acknowledgement !== reverse.startSequence;
  }

  /** The stray segment belongs here: it is taken now, before the one that says so. */
  private believe(connection: Connection, stray: StraySegment): void {
    connection.stray = null;
    const side = stray.side;
    if (!stray.isJump) {
      const clientSide: i32 = stray.isSynAck ? 1 - side : -1;
      this.follower.beginAnew(connection, clientSide, stray.timeNs, stray.frame);
    }
    this.follower.follow(
      connection,
      connection.direction(side),
      connection.direction(1 - side),
      stray.segment,
      stray.timeNs,
      stray.frame,
    );
  }

  /** A reset came into force, and yet there is more: of its sender, or, to be answered, of the other side. */
  private afterReset(
    connection: Connection,
    forward: Direction,
    segment: Segment,
    timeNs: f64,
    frame: i32,
  ): void {
    const isNew = segment.payloadLength > 0 && sequenceDistance(segment.sequence, forward.highestEnd) >= 0;
    if (!isNew) return;
    if (forward.side === connection.resetSide) this.follower.beginAnew(connection, -1, timeNs, frame);
    else connection.stray = new StraySegment(segment, forward.side, timeNs, frame, false, true);
  }
}

/** Whether nothing more can come of what was sent so far: the connection is over, in all directions that are recorded. */
function isClosed(connection: Connection, forward: Direction, reverse: Direction): boolean {
  return connection.isOver || (forward.isFinSeen && (reverse.isFinSeen || !reverse.isCovered));
}
