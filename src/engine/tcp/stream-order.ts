/**
 * Puts each direction's payload in order and hands it on: new bytes once, holes as holes.
 *
 * Invariants: `expected` is the next byte to hand on; everything before it was handed on as data or as a gap, everything
 * that waits lies after it. A direction with nothing waiting has no queue. The usual segment, in order with nothing
 * waiting, is handed on where it lies; only out-of-order payload is copied.
 *
 * A hole is waited for until a later segment fills it; what waited behind it is handed on as of that segment, since the
 * receiver could not read it before. It is given up (and told as a gap) when the receiver has
 * acknowledged beyond it for `GIVE_UP_NS` (then the capture missed it; a short wait, because two capture queues may
 * record an ACK before its data), when more waits behind it than a window holds, or when the connection ends; then what
 * waited is handed on as of the segment that it came in.
 */
import { max } from "../dialect/integers.ts";
import type { Segment } from "../segments/segment.ts";
import { ACK, FIN, SYN } from "../segments/tcp-flags.ts";
import { AckMarks } from "./ack-marks.ts";
import type { Direction } from "./connection.ts";
import { highestOf, isKnown } from "./receive-window.ts";
import * as ReplyKind from "./reply-kind.ts";
import { sequenceAdd, sequenceDistance } from "./sequence.ts";
import type { StreamListener } from "./stream-listener.ts";
import * as CloseReason from "./stream-listener.ts";
import { WaitingQueue, WaitingSegment } from "./waiting-segments.ts";

/** How long the receiver must have acknowledged a hole before it is given up. */
const GIVE_UP_NS: f64 = 20_000_000;
/** Payload that may wait behind a hole, in bytes per direction and over all directions. */
const MAX_WAITING_BYTES: i32 = 8 * 1024 * 1024;
const MAX_WAITING_BYTES_IN_ALL: i32 = 64 * 1024 * 1024;
/** Segments that may wait behind a hole. */
const MAX_WAITING_SEGMENTS: i32 = 4096;
/** The same as long as no ACK was recorded: in a capture of one direction nothing tells that a hole won't be filled. */
const MAX_WAITING_UNANSWERED: i32 = 128;

export class StreamOrder {
  private readonly listener: StreamListener;
  private waitingBytes: i32 = 0;

  constructor(listener: StreamListener) {
    this.listener = listener;
  }

  /** Takes a segment's payload, SYN and FIN: it has one of them. */
  take(direction: Direction, reverse: Direction, segment: Segment, timeNs: f64, frame: i32): void {
    const first = (segment.flags & SYN) !== 0 ? sequenceAdd(segment.sequence, 1) : segment.sequence;
    const length = segment.payloadLength;
    if (!direction.isStreamStarted) {
      direction.isStreamStarted = true;
      direction.expected = first;
    }
    const end = sequenceAdd(first, length);
    // Nothing comes after a FIN: one before bytes that were handed on is none.
    const isFirstFin =
      (segment.flags & FIN) !== 0 && !direction.isFinSeen && sequenceDistance(end, direction.expected) >= 0;
    if (isFirstFin) {
      direction.isFinSeen = true;
      direction.finSequence = end;
    }
    if (direction.isStreamClosed) return;
    if (length > 0)
      this.payload(direction, segment, first, timeNs, frame, replyOf(direction, reverse, segment));
    if (!direction.isFinSeen || this.closeAtFin(direction, timeNs, frame)) return;
    if (isFirstFin) {
      const fin = new WaitingSegment(end, 0, new Uint8Array(0), timeNs, frame, ReplyKind.NONE);
      this.wait(direction, fin);
    }
  }

  /** Learns that the receiver has everything before `acknowledgement`. */
  acknowledged(direction: Direction, acknowledgement: u32, timeNs: f64, frame: i32): void {
    if (!direction.isStreamStarted || direction.isStreamClosed) return;
    if (sequenceDistance(acknowledgement, direction.expected) <= 0) return;
    let marks = direction.ackMarks;
    if (marks === null) {
      marks = new AckMarks();
      direction.ackMarks = marks;
    }
    marks.forgetUntil(direction.expected);
    marks.add(acknowledgement, timeNs, frame);
    const queue = direction.waiting;
    if (queue === null || queue.segments.length === 0) return;
    const head = queue.segments[0] as WaitingSegment;
    if (sequenceDistance(acknowledgement, head.sequence) < 0) return;
    if (queue.acknowledgedNs === -1) queue.acknowledgedNs = timeNs;
    else if (timeNs - queue.acknowledgedNs > GIVE_UP_NS) {
      this.giveUp(direction, queue);
      this.closeAtFin(direction, queue.handedOnNs, queue.handedOnFrame);
    }
  }

  /** Until `lift`, nothing from `limit` on is handed on: it waits. */
  restrict(direction: Direction, limit: u32): void {
    direction.isLimited = true;
    direction.limit = limit;
  }

  /** Hands on what waited for the limit to be lifted. */
  lift(direction: Direction): void {
    direction.isLimited = false;
    const queue = direction.waiting;
    if (queue === null) return;
    this.handOnWaiting(direction, queue);
    this.closeAtFin(direction, queue.handedOnNs, queue.handedOnFrame);
  }

  /** The direction ends: everything that waits is handed on with its holes, then the end. */
  finish(direction: Direction, reason: i32, timeNs: f64, frame: i32): void {
    const queue = direction.waiting;
    if (queue !== null) {
      if (direction.isLimited) this.dropBeyondLimit(direction, queue);
      while (queue.segments.length > 0) this.giveUp(direction, queue);
    }
    if (direction.isStreamClosed) return;
    const marks = direction.ackMarks;
    // What was acknowledged at the end of the stream is missing; the last byte may have been a FIN.
    if (marks !== null && !marks.isEmpty && !direction.isFinSeen && !direction.isLimited) {
      if (sequenceDistance(marks.end, direction.expected) > 1)
        this.missUntil(direction, marks.end, timeNs, frame + 1);
    }
    direction.isStreamClosed = true;
    // A FIN beyond the limit was dropped: then nothing was handed on behind it.
    if (queue !== null && direction.isFinSeen && queue.handedOnNs > -Infinity) {
      this.listener.close(
        direction.slot,
        direction.side,
        CloseReason.FIN,
        queue.handedOnNs,
        queue.handedOnFrame,
      );
    } else this.listener.close(direction.slot, direction.side, reason, timeNs, frame);
  }

  private payload(
    direction: Direction,
    segment: Segment,
    first: u32,
    timeNs: f64,
    frame: i32,
    reply: i32,
  ): void {
    const ahead = sequenceDistance(first, direction.expected);
    const start = segment.payloadOffset;
    const end = start + segment.capturedPayloadLength;
    if (ahead > 0 || isBeyondLimit(direction, first)) {
      const bytes = new Uint8Array(end - start);
      bytes.set(segment.bytes.subarray(start, end));
      this.wait(direction, new WaitingSegment(first, segment.payloadLength, bytes, timeNs, frame, reply));
      return;
    }
    const known = -ahead;
    // −2³¹ has no positive counterpart.
    if (known < 0 || known >= segment.payloadLength) return;
    const length = segment.payloadLength - known;
    this.handOn(direction, segment.bytes, start + known, end, length, timeNs, frame, reply);
    const queue = direction.waiting;
    if (queue === null) return;
    queue.handedOnNs = timeNs;
    queue.handedOnFrame = frame;
    this.handOnWaiting(direction, queue);
  }

  /** Hands on `length` bytes of which the capture holds `bytes[start, end)`, and moves `expected`. */
  private handOn(
    direction: Direction,
    bytes: Uint8Array,
    start: i32,
    end: i32,
    length: i32,
    timeNs: f64,
    frame: i32,
    reply: i32,
  ): void {
    direction.expected = sequenceAdd(direction.expected, length);
    const held = max(0, end - start);
    if (held > 0) {
      this.listener.data(direction.slot, direction.side, bytes, start, end, timeNs, frame, reply);
    }
    if (held < length) this.listener.gap(direction.slot, direction.side, length - held, timeNs, frame);
  }

  private wait(direction: Direction, waiting: WaitingSegment): void {
    let queue = direction.waiting;
    if (queue === null) {
      queue = new WaitingQueue();
      direction.waiting = queue;
    }
    queue.insert(waiting);
    this.waitingBytes += waiting.bytes.length;
    const tooMuch =
      queue.bytes > MAX_WAITING_BYTES ||
      queue.segments.length > (direction.isAcked ? MAX_WAITING_SEGMENTS : MAX_WAITING_UNANSWERED) ||
      this.waitingBytes > MAX_WAITING_BYTES_IN_ALL;
    if (tooMuch) this.giveUp(direction, queue);
  }

  /** Tells the first hole as of the segment behind it, and hands on what waited for it. */
  private giveUp(direction: Direction, queue: WaitingQueue): void {
    const head = queue.segments[0] as WaitingSegment;
    const missing = sequenceDistance(head.sequence, direction.expected);
    if (missing > 0) {
      const timeNs = Math.max(head.timeNs, queue.handedOnNs);
      this.missUntil(direction, head.sequence, timeNs, max(head.frame, queue.handedOnFrame));
    }
    this.handOnWaiting(direction, queue);
  }

  /** Tells a hole that ends at `end`, as of the ACKs of its bytes, or, where there are none, as of `timeNs`. */
  private missUntil(direction: Direction, end: u32, timeNs: f64, frame: i32): void {
    const marks = direction.ackMarks;
    if (marks !== null) {
      marks.forgetUntil(direction.expected);
      while (!marks.isEmpty && marks.firstNs < timeNs && marks.firstFrame < frame) {
        const markedEnd = sequenceDistance(marks.firstEnd, end) < 0 ? marks.firstEnd : end;
        this.miss(direction, markedEnd, marks.firstNs, marks.firstFrame);
        if (markedEnd === end) return;
        marks.forgetUntil(markedEnd);
      }
    }
    this.miss(direction, end, timeNs, frame);
  }

  private miss(direction: Direction, end: u32, timeNs: f64, frame: i32): void {
    const missing = sequenceDistance(end, direction.expected);
    direction.expected = end;
    this.listener.gap(direction.slot, direction.side, missing, timeNs, frame);
  }

  /** Hands on what waits, up to the next hole. */
  private handOnWaiting(direction: Direction, queue: WaitingQueue): void {
    let done: i32 = 0;
    for (; done < queue.segments.length; done++) {
      const waiting = queue.segments[done] as WaitingSegment;
      const ahead = sequenceDistance(waiting.sequence, direction.expected);
      if (ahead > 0 || isBeyondLimit(direction, waiting.sequence)) break;
      const held = waiting.bytes.length;
      this.waitingBytes -= held;
      queue.bytes -= held;
      const known = -ahead;
      if (known < 0 || known > waiting.length) continue;
      queue.handedOnNs = Math.max(waiting.timeNs, queue.handedOnNs);
      queue.handedOnFrame = max(waiting.frame, queue.handedOnFrame);
      if (known === waiting.length) continue;
      const start = known < held ? known : held;
      const length = waiting.length - known;
      const handedOnNs = queue.handedOnNs;
      const handedOnFrame = queue.handedOnFrame;
      this.handOn(direction, waiting.bytes, start, held, length, handedOnNs, handedOnFrame, waiting.reply);
    }
    queue.segments.splice(0, done);
    if (done > 0) queue.acknowledgedNs = -1;
    if (queue.segments.length === 0) direction.waiting = null;
  }

  /** What came after a reset that its sender did not know of is not taken any more. */
  private dropBeyondLimit(direction: Direction, queue: WaitingQueue): void {
    const segments = queue.segments;
    while (segments.length > 0) {
      const last = segments[segments.length - 1] as WaitingSegment;
      if (!isBeyondLimit(direction, last.sequence)) return;
      segments.pop();
      this.waitingBytes -= last.bytes.length;
      queue.bytes -= last.bytes.length;
    }
  }

  /** Tells the end once every byte before the FIN was handed on; whether the direction has ended. */
  private closeAtFin(direction: Direction, timeNs: f64, frame: i32): boolean {
    if (direction.isStreamClosed) return true;
    if (!direction.isFinSeen) return false;
    if (sequenceDistance(direction.finSequence, direction.expected) > 0) return false;
    direction.isStreamClosed = true;
    this.listener.close(direction.slot, direction.side, CloseReason.FIN, timeNs, frame);
    return true;
  }
}

/** What the sender has taken of the other side, as its ACK says. */
function replyOf(direction: Direction, reverse: Direction, segment: Segment): i32 {
  if ((segment.flags & ACK) === 0) return ReplyKind.NONE;
  const acknowledgement = segment.acknowledgement;
  const isAdvanced = !direction.hasSentData || acknowledgement !== direction.sentAck;
  direction.hasSentData = true;
  direction.sentAck = acknowledgement;
  if (isKnown(reverse) && sequenceDistance(acknowledgement, highestOf(reverse)) < 0) return ReplyKind.NONE;
  const isWhole =
    !reverse.isStreamStarted ||
    reverse.isStreamClosed ||
    sequenceDistance(acknowledgement, reverse.expected) <= 0;
  if (!isAdvanced) return isWhole ? ReplyKind.NOTHING_NEW : ReplyKind.NONE;
  return isWhole ? ReplyKind.REPLY : ReplyKind.REPLY_BEYOND_HOLE;
}

function isBeyondLimit(direction: Direction, sequence: u32): boolean {
  return direction.isLimited && sequenceDistance(sequence, direction.limit) >= 0;
}
