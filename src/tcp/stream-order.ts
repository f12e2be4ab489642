/**
 * Puts each direction's payload in order and hands it on: new bytes once, holes as holes.
 *
 * Invariants: `EXPECTED` is the next byte to hand on; everything before it was handed on as data or as a gap, everything
 * that waits lies after it. A direction with nothing waiting has no queue. The usual segment, in order with nothing
 * waiting, is handed on where it lies; only out-of-order payload is copied.
 *
 * A hole is waited for until a later segment fills it; what waited behind it is handed on as of that segment, since the
 * receiver could not read it before. It is given up (and told as a gap) when the receiver has
 * acknowledged beyond it for `GIVE_UP_NS` (then the capture missed it; a short wait, because two capture queues may
 * record an ACK before its data), when more waits behind it than a window holds, or when the connection ends; then what
 * waited is handed on as of the segment that it came in.
 */
import { type Segment, TcpFlag } from "../packet/segment.ts";
import { Direction, DirectionFlag } from "./connection.ts";
import { type DirectionPlace, keyOf } from "./direction-place.ts";
import { sequenceAdd, sequenceDistance } from "./sequence.ts";
import type { StreamListener } from "./stream-listener.ts";

/** How long the receiver must have acknowledged a hole before it is given up. */
const GIVE_UP_NS = 20_000_000;
/** Payload that may wait behind a hole, in bytes per direction and over all directions. */
const MOST_WAITING_BYTES = 8 * 1024 * 1024;
const MOST_WAITING_BYTES_IN_ALL = 64 * 1024 * 1024;
/** Segments that may wait behind a hole. */
const MOST_WAITING_SEGMENTS = 4096;
const NO_BYTES = Buffer.alloc(0);

/** A segment that came before its turn; a FIN waits as an empty one. */
interface WaitingSegment {
  readonly sequence: number;
  /** Payload bytes on the wire; `bytes` holds those that the capture has. */
  readonly length: number;
  readonly bytes: Buffer;
  readonly timeNs: number;
  readonly frame: number;
}

interface Queue {
  /** In ascending order of sequence number; overlaps are cut when they are handed on. */
  readonly segments: WaitingSegment[];
  bytes: number;
  /** When the receiver was first seen to have acknowledged beyond the hole; −1 = not yet. */
  acknowledgedNs: number;
  /** As of when, and of which frame, the last bytes were handed on: nothing behind them can be read earlier. */
  handedOnNs: number;
  handedOnFrame: number;
}

export class StreamOrder {
  readonly #listener: StreamListener;
  readonly #queues = new Map<number, Queue>();
  #waitingBytes = 0;

  constructor(listener: StreamListener) {
    this.#listener = listener;
  }

  /** Takes a segment's payload, SYN and FIN. */
  take(place: DirectionPlace, segment: Segment, timeNs: number, frame: number): void {
    const { page, at } = place;
    let flags = page.getUint32(at + Direction.FLAGS, true);
    const isSyn = (segment.flags & TcpFlag.SYN) !== 0;
    const first = isSyn ? sequenceAdd(segment.sequence, 1) : segment.sequence;
    const length = segment.payloadLength;
    if (
      (flags & DirectionFlag.STREAM_STARTED) === 0 &&
      (isSyn || length > 0 || (segment.flags & TcpFlag.FIN) !== 0)
    ) {
      flags |= DirectionFlag.STREAM_STARTED;
      page.setUint32(at + Direction.FLAGS, flags, true);
      page.setUint32(at + Direction.EXPECTED, first, true);
    }
    const isFirstFin = (segment.flags & TcpFlag.FIN) !== 0 && (flags & DirectionFlag.FIN_SEEN) === 0;
    if (isFirstFin) {
      flags |= DirectionFlag.FIN_SEEN;
      page.setUint32(at + Direction.FLAGS, flags, true);
      page.setUint32(at + Direction.FIN_SEQUENCE, sequenceAdd(first, length), true);
    }
    if ((flags & DirectionFlag.STREAM_CLOSED) !== 0) return;
    if (length > 0) this.#payload(place, segment, first, timeNs, frame);
    if ((flags & DirectionFlag.FIN_SEEN) === 0 || this.#closeAtFin(place, timeNs, frame)) return;
    if (isFirstFin)
      this.#wait(place, { sequence: sequenceAdd(first, length), length: 0, bytes: NO_BYTES, timeNs, frame });
  }

  /** Learns that the receiver has everything before `acknowledgement`. */
  acknowledged(place: DirectionPlace, acknowledgement: number, timeNs: number): void {
    const queue = this.#queueOf(place);
    if (queue === undefined) return;
    const expected = place.page.getUint32(place.at + Direction.EXPECTED, true);
    const head = queue.segments[0];
    if (head === undefined || sequenceDistance(acknowledgement, head.sequence) < 0) return;
    if (sequenceDistance(acknowledgement, expected) <= 0) return;
    if (queue.acknowledgedNs === -1) queue.acknowledgedNs = timeNs;
    else if (timeNs - queue.acknowledgedNs > GIVE_UP_NS) {
      this.#giveUp(place, queue, head);
      this.#closeAtFin(place, queue.handedOnNs, queue.handedOnFrame);
    }
  }

  /** The direction ends: everything that waits is handed on with its holes, then the end. */
  finish(place: DirectionPlace, reason: "reset" | "end", timeNs: number, frame: number): void {
    const { page, at } = place;
    const queue = this.#queueOf(place);
    while (queue !== undefined && queue.segments.length > 0) {
      this.#giveUp(place, queue, queue.segments[0] as WaitingSegment);
    }
    const flags = page.getUint32(at + Direction.FLAGS, true);
    if ((flags & DirectionFlag.STREAM_CLOSED) !== 0) return;
    page.setUint32(at + Direction.FLAGS, flags | DirectionFlag.STREAM_CLOSED, true);
    const { connection, side } = place;
    const waited = queue !== undefined && (flags & DirectionFlag.FIN_SEEN) !== 0;
    if (waited) this.#listener.close(connection, side, "fin", queue.handedOnNs, queue.handedOnFrame);
    else this.#listener.close(connection, side, reason, timeNs, frame);
  }

  #queueOf(place: DirectionPlace): Queue | undefined {
    const flags = place.page.getUint32(place.at + Direction.FLAGS, true);
    return (flags & DirectionFlag.QUEUED) === 0 ? undefined : this.#queues.get(keyOf(place));
  }

  #payload(place: DirectionPlace, segment: Segment, first: number, timeNs: number, frame: number): void {
    const { page, at } = place;
    const expected = page.getUint32(at + Direction.EXPECTED, true);
    const ahead = sequenceDistance(first, expected);
    if (ahead > 0) {
      const start = segment.payloadOffset;
      const bytes = Buffer.from(segment.bytes.subarray(start, start + segment.capturedPayloadLength));
      this.#wait(place, { sequence: first, length: segment.payloadLength, bytes, timeNs, frame });
      return;
    }
    const known = -ahead;
    if (known >= segment.payloadLength) return;
    const start = segment.payloadOffset;
    this.#handOn(
      place,
      segment.bytes,
      start + known,
      start + segment.capturedPayloadLength,
      segment.payloadLength - known,
      timeNs,
      frame,
    );
    const queue = this.#queueOf(place);
    if (queue === undefined) return;
    queue.handedOnNs = timeNs;
    queue.handedOnFrame = frame;
    this.#handOnWaiting(place, queue);
  }

  /** Hands on `length` bytes of which the capture holds `bytes[start, end)`, and moves EXPECTED. */
  #handOn(
    place: DirectionPlace,
    bytes: Buffer,
    start: number,
    end: number,
    length: number,
    timeNs: number,
    frame: number,
  ): void {
    const { page, at, connection, side } = place;
    page.setUint32(
      at + Direction.EXPECTED,
      sequenceAdd(page.getUint32(at + Direction.EXPECTED, true), length),
      true,
    );
    const held = Math.max(0, end - start);
    if (held > 0) this.#listener.data(connection, side, bytes, start, end, timeNs, frame);
    if (held < length) this.#listener.gap(connection, side, length - held, timeNs, frame);
  }

  #wait(place: DirectionPlace, waiting: WaitingSegment): void {
    const key = keyOf(place);
    let queue = this.#queues.get(key);
    if (queue === undefined) {
      queue = {
        segments: [],
        bytes: 0,
        acknowledgedNs: -1,
        handedOnNs: Number.NEGATIVE_INFINITY,
        handedOnFrame: 0,
      };
      this.#queues.set(key, queue);
      const flags = place.page.getUint32(place.at + Direction.FLAGS, true);
      place.page.setUint32(place.at + Direction.FLAGS, flags | DirectionFlag.QUEUED, true);
    }
    let position = queue.segments.length;
    while (
      position > 0 &&
      sequenceDistance((queue.segments[position - 1] as WaitingSegment).sequence, waiting.sequence) > 0
    ) {
      position--;
    }
    queue.segments.splice(position, 0, waiting);
    queue.bytes += waiting.bytes.length;
    this.#waitingBytes += waiting.bytes.length;
    const tooMuch =
      queue.bytes > MOST_WAITING_BYTES ||
      queue.segments.length > MOST_WAITING_SEGMENTS ||
      this.#waitingBytes > MOST_WAITING_BYTES_IN_ALL;
    if (tooMuch) this.#giveUp(place, queue, queue.segments[0] as WaitingSegment);
  }

  /** Tells the first hole as of `head`, the segment behind it, and hands on what waited for it. */
  #giveUp(place: DirectionPlace, queue: Queue, head: WaitingSegment): void {
    const timeNs = Math.max(head.timeNs, queue.handedOnNs);
    this.#skipTo(place, head.sequence, timeNs, Math.max(head.frame, queue.handedOnFrame));
    this.#handOnWaiting(place, queue);
  }

  /** Hands on what waits, up to the next hole. */
  #handOnWaiting(place: DirectionPlace, queue: Queue): void {
    const { page, at } = place;
    let done = 0;
    for (const waiting of queue.segments) {
      const known = -sequenceDistance(waiting.sequence, page.getUint32(at + Direction.EXPECTED, true));
      if (known < 0) break;
      done++;
      this.#waitingBytes -= waiting.bytes.length;
      queue.bytes -= waiting.bytes.length;
      if (known > waiting.length) continue;
      queue.handedOnNs = Math.max(waiting.timeNs, queue.handedOnNs);
      queue.handedOnFrame = Math.max(waiting.frame, queue.handedOnFrame);
      if (known === waiting.length) continue;
      const held = waiting.bytes.length;
      this.#handOn(
        place,
        waiting.bytes,
        Math.min(known, held),
        held,
        waiting.length - known,
        queue.handedOnNs,
        queue.handedOnFrame,
      );
    }
    queue.segments.splice(0, done);
    if (done > 0) queue.acknowledgedNs = -1;
    if (queue.segments.length > 0) return;
    this.#queues.delete(keyOf(place));
    const flags = page.getUint32(at + Direction.FLAGS, true);
    page.setUint32(at + Direction.FLAGS, flags & ~DirectionFlag.QUEUED, true);
  }

  /** Tells the hole before `sequence` and moves EXPECTED there. */
  #skipTo(place: DirectionPlace, sequence: number, timeNs: number, frame: number): void {
    const missing = sequenceDistance(sequence, place.page.getUint32(place.at + Direction.EXPECTED, true));
    if (missing <= 0) return;
    place.page.setUint32(place.at + Direction.EXPECTED, sequence, true);
    this.#listener.gap(place.connection, place.side, missing, timeNs, frame);
  }

  /** Tells the end once every byte before the FIN was handed on; whether the direction has ended. */
  #closeAtFin(place: DirectionPlace, timeNs: number, frame: number): boolean {
    const { page, at } = place;
    const flags = page.getUint32(at + Direction.FLAGS, true);
    if ((flags & DirectionFlag.STREAM_CLOSED) !== 0) return true;
    if ((flags & DirectionFlag.FIN_SEEN) === 0) return false;
    const expected = page.getUint32(at + Direction.EXPECTED, true);
    if (sequenceDistance(page.getUint32(at + Direction.FIN_SEQUENCE, true), expected) > 0) return false;
    page.setUint32(at + Direction.FLAGS, flags | DirectionFlag.STREAM_CLOSED, true);
    this.#listener.close(place.connection, place.side, "fin", timeNs, frame);
    return true;
  }
}
