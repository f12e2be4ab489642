/**
 * A segment whose numbers belong to nothing that is known of its connection. It may be left over from another connection,
 * and then it counts for nothing; or the recorder has missed a lot, or the begin of a new connection. The next segments
 * tell: if one of them goes on where this one ended, it was no left-over.
 */
import { Segment } from "../segments/segment.ts";
import { ACK, FIN, RST, SYN } from "../segments/tcp-flags.ts";
import { sequenceAdd, sequenceDistance } from "./sequence.ts";

/** What goes on after a segment begins within this many bytes of its end. */
const NEAR: i32 = 1 << 16;

export class StraySegment {
  /** A copy, its payload in memory of its own. */
  readonly segment: Segment = new Segment();
  side: i32;
  readonly timeNs: f64;
  readonly frame: i32;
  /** Only its sequence number is out of place: if it is believed, the recorder missed what lies before it. */
  readonly isJump: boolean;
  /** Only the other side can make it believed: it came after a reset, which its sender may not have known of. */
  readonly needsAnswer: boolean;

  constructor(segment: Segment, side: i32, timeNs: f64, frame: i32, isJump: boolean, needsAnswer: boolean) {
    this.side = side;
    this.timeNs = timeNs;
    this.frame = frame;
    this.isJump = isJump;
    this.needsAnswer = needsAnswer;
    copyOf(segment, this.segment);
  }

  /** It is the second segment of a handshake. */
  get isSynAck(): boolean {
    return (this.segment.flags & (SYN | ACK)) === (SYN | ACK);
  }

  /** Whether the segment, which `side` sent, goes on where this one ended. */
  isBelieved(segment: Segment, side: i32): boolean {
    if ((segment.flags & (SYN | RST | ACK)) !== ACK) return false;
    const own = this.segment;
    const end = sequenceAdd(own.sequence, spaceOf(own));
    if (side === this.side) {
      return (
        !this.needsAnswer &&
        spaceOf(segment) > 0 &&
        isNear(segment.sequence, end) &&
        isNear(segment.acknowledgement, own.acknowledgement)
      );
    }
    return isNear(segment.acknowledgement, end) && isNear(segment.sequence, own.acknowledgement);
  }
}

/** Sequence space that a segment occupies. */
export function spaceOf(segment: Segment): i32 {
  const flags = segment.flags;
  return segment.payloadLength + ((flags & SYN) !== 0 ? 1 : 0) + ((flags & FIN) !== 0 ? 1 : 0);
}

function isNear(number: u32, expected: u32): boolean {
  const ahead = sequenceDistance(number, expected);
  return ahead >= 0 && ahead <= NEAR;
}

function copyOf(from: Segment, to: Segment): void {
  const held = from.capturedPayloadLength;
  const bytes = new Uint8Array(held);
  bytes.set(from.bytes.subarray(from.payloadOffset, from.payloadOffset + held));
  to.bytes = bytes;
  to.payloadOffset = 0;
  to.ipVersion = from.ipVersion;
  to.ipId = from.ipId;
  to.ipLength = from.ipLength;
  to.timeToLive = from.timeToLive;
  to.sourcePort = from.sourcePort;
  to.destinationPort = from.destinationPort;
  to.sequence = from.sequence;
  to.acknowledgement = from.acknowledgement;
  to.flags = from.flags;
  to.window = from.window;
  to.payloadLength = from.payloadLength;
  to.capturedPayloadLength = held;
  to.hasTimestamp = from.hasTimestamp;
  to.timestampValue = from.timestampValue;
  to.timestampEcho = from.timestampEcho;
  to.maximumSegmentSize = from.maximumSegmentSize;
  to.windowScale = from.windowScale;
  to.sackCount = from.sackCount;
  to.sackLeft.set(from.sackLeft);
  to.sackRight.set(from.sackRight);
}
