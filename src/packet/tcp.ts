import type { Segment } from "../engine/segments/segment.ts";
import { HEADER_LENGTH, readTcpHeader } from "../engine/segments/tcp-header.ts";
import type { Cursor } from "./cursor.ts";
import { type DecodeResult, SEGMENT_DECODED, SkipReason } from "./skip-reason.ts";

const PORTS_LENGTH = 4;
const DESTINATION_PORT = 2;
const SEQUENCE = 4;
const DATA_OFFSET = 12;

/** Reads the TCP header at the cursor into `segment`, whose IP fields are there already. */
export function readTcp(cursor: Cursor, segment: Segment): DecodeResult {
  const { view, offset, capturedEnd, wireEnd } = cursor;
  if (capturedEnd - offset < HEADER_LENGTH || cursor.notASegment !== 0) return withoutSegment(cursor);
  if (!readTcpHeader(view, offset, capturedEnd, wireEnd, segment)) return SkipReason["malformed-tcp"];
  if (segment.view !== view) {
    segment.view = view;
    segment.bytes = cursor.bytes;
  }
  return SEGMENT_DECODED;
}

/**
 * Tells what can be told of a segment whose packet is shorter by its headers than its frame, or has an impossible header: whose
 * it was, and which sequence space.
 * @param frameEnd behind the last byte of the frame that the capture holds
 * @param frameWireEnd behind the last byte that the frame had on the wire
 * @returns false where the frame does not hold its sequence number
 */
export function readUnreadable(
  cursor: Cursor,
  segment: Segment,
  frameEnd: number,
  frameWireEnd: number,
): boolean {
  const { view, offset } = cursor;
  if (frameEnd - offset < SEQUENCE + 4) return false;
  segment.sourcePort = view.getUint16(offset);
  segment.destinationPort = view.getUint16(offset + DESTINATION_PORT);
  segment.sequence = view.getUint32(offset + SEQUENCE);
  const told = frameEnd - offset > HEADER_LENGTH ? (view.getUint8(offset + DATA_OFFSET) >> 4) * 4 : 0;
  segment.payloadLength = Math.max(0, frameWireEnd - offset - Math.max(told, HEADER_LENGTH));
  segment.view = view;
  segment.bytes = cursor.bytes;
  return true;
}

/** Why there is TCP here and no segment. */
function withoutSegment(cursor: Cursor): DecodeResult {
  if (!cursor.holds(PORTS_LENGTH)) return cursor.missing(PORTS_LENGTH, SkipReason["malformed-ip"]);
  if (cursor.notASegment !== 0) return cursor.notASegment;
  const onTheWire = cursor.wireEnd - cursor.offset;
  return onTheWire >= HEADER_LENGTH ? SkipReason["truncated-tcp-header"] : SkipReason["malformed-tcp"];
}
