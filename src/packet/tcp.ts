import type { Segment } from "../engine/segments/segment.ts";
import { HEADER_LENGTH, readTcpHeader } from "../engine/segments/tcp-header.ts";
import type { Cursor } from "./cursor.ts";
import { type DecodeResult, SEGMENT_DECODED, SkipReason } from "./skip-reason.ts";

const PORTS_LENGTH = 4;

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

/** Why there is TCP here and no segment. */
function withoutSegment(cursor: Cursor): DecodeResult {
  if (!cursor.holds(PORTS_LENGTH)) return cursor.missing(PORTS_LENGTH, SkipReason["malformed-ip"]);
  if (cursor.notASegment !== 0) return cursor.notASegment;
  const onTheWire = cursor.wireEnd - cursor.offset;
  return onTheWire >= HEADER_LENGTH ? SkipReason["truncated-tcp-header"] : SkipReason["malformed-tcp"];
}
