/** Planned segments as the decoder would hand them on. */
import { Segment } from "../../../src/engine/segments/segment.ts";
import * as TcpFlag from "../../../src/engine/segments/tcp-flags.ts";
import { sequenceAdd } from "../../../src/engine/tcp/sequence.ts";
import { type PlannedSegment, streamByte } from "./segment-notation.ts";
import type { Side } from "./side.ts";

/** Initial sequence numbers of both sides. */
export type InitialSequences = readonly [number, number];

/** Far from zero and from the wrap. */
export const USUAL_SEQUENCES: InitialSequences = [1_000_000, 2_000_000_000];
/** Both sides wrap a few bytes after their SYN. */
export const WRAPPING_SEQUENCES: InitialSequences = [2 ** 32 - 37, 2 ** 32 - 150];

export const SERVER_PORT = 80;
/** Client port of connection 0. */
export const FIRST_CLIENT_PORT = 40_000;
const ADDRESS_LENGTH = 16;
/** Documentation addresses (RFC 3849); of IPv4 the first four bytes are taken. */
const ADDRESSES = [
  Buffer.from("20010db8000000000000000000000001", "hex"),
  Buffer.from("20010db9000000000000000000000002", "hex"),
] as const;

/** Fills `segment` from the plan. */
export function fillSegment(segment: Segment, plan: PlannedSegment, initial: InitialSequences): Segment {
  const own = initial[plan.side];
  const other = initial[1 - plan.side] ?? 0;
  const payload = payloadOf(plan);
  segment.bytes = Buffer.concat([ADDRESSES[plan.side], ADDRESSES[(1 - plan.side) as Side], payload]);
  segment.view = new DataView(segment.bytes.buffer, segment.bytes.byteOffset, segment.bytes.length);
  segment.ipVersion = plan.ipId === -1 ? 6 : 4;
  segment.sourceAddressOffset = 0;
  segment.destinationAddressOffset = ADDRESS_LENGTH;
  segment.ipId = plan.ipId;
  segment.timeToLive = plan.timeToLive;
  segment.ipLength = 40 + plan.length;
  const client = FIRST_CLIENT_PORT + plan.connection;
  segment.sourcePort = plan.side === 0 ? client : SERVER_PORT;
  segment.destinationPort = plan.side === 0 ? SERVER_PORT : client;
  segment.sequence = wrapped(own, plan.sequence);
  segment.acknowledgement = plan.ack === null ? 0 : wrapped(other, plan.ack);
  segment.flags = flagsOf(plan);
  segment.window = plan.window;
  segment.payloadOffset = 2 * ADDRESS_LENGTH;
  segment.payloadLength = plan.length;
  segment.capturedPayloadLength = plan.held;
  segment.hasTimestamp = plan.timestamps !== null;
  segment.timestampValue = plan.timestamps?.[0] ?? 0;
  segment.timestampEcho = plan.timestamps?.[1] ?? 0;
  segment.maximumSegmentSize = plan.maximumSegmentSize;
  segment.windowScale = -1;
  segment.sackCount = plan.sacks.length;
  for (const [index, [left, right]] of plan.sacks.entries()) {
    segment.sackLeft[index] = wrapped(other, left);
    segment.sackRight[index] = wrapped(other, right);
  }
  return segment;
}

/** A new segment from the plan. */
export function plannedSegment(plan: PlannedSegment, initial: InitialSequences = USUAL_SEQUENCES): Segment {
  return fillSegment(new Segment(), plan, initial);
}

/** Payload bytes that the capture holds. */
export function payloadOf(plan: PlannedSegment): Buffer {
  const first = plan.syn ? plan.sequence + 1 : plan.sequence;
  return Buffer.from(Array.from({ length: plan.held }, (_, index) => streamByte(plan.side, first + index)));
}

/** Bits of `tcp-flags.ts`. */
export function flagsOf(plan: PlannedSegment): number {
  return (
    (plan.syn ? TcpFlag.SYN : 0) |
    (plan.fin ? TcpFlag.FIN : 0) |
    (plan.rst ? TcpFlag.RST : 0) |
    (plan.ack === null ? 0 : TcpFlag.ACK) |
    (plan.length > 0 ? TcpFlag.PSH : 0)
  );
}

/** An absolute sequence number; a relative one may be negative. */
export function wrapped(initial: number, relative: number): number {
  return sequenceAdd(initial, relative);
}
