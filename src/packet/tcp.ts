import type { Cursor } from "./cursor.ts";
import type { Segment } from "./segment.ts";
import { type DecodeResult, SEGMENT_DECODED, SkipReason } from "./skip-reason.ts";
import { clearTcpOptions, readTcpOptions } from "./tcp-options.ts";

/** TCP header (RFC 9293 §3.1). */
const SOURCE_PORT = 0;
const DESTINATION_PORT = 2;
const SEQUENCE = 4;
const ACKNOWLEDGEMENT = 8;
/** Header length in units of 4 bytes (4 bits), reserved (4), flags (8). */
const LENGTH_AND_FLAGS = 12;
const WINDOW = 14;
/** Header without options. */
const HEADER_LENGTH = 20;
const PORTS_LENGTH = 4;

/**
 * Reads a TCP header into `segment`, whose IP fields are there already. The checksum is not looked at
 * (offload). Lengths are those on the wire, whatever the snap length left of them.
 */
export function readTcp(cursor: Cursor, segment: Segment): DecodeResult {
  const { view, offset: start } = cursor;
  const held = cursor.capturedEnd - start;
  if (held < HEADER_LENGTH || cursor.notASegment !== 0) return withoutSegment(cursor);

  const lengthAndFlags = view.getUint16(start + LENGTH_AND_FLAGS);
  const headerLength = (lengthAndFlags >> 12) << 2;
  const payloadOffset = start + headerLength;
  const payloadLength = cursor.wireEnd - payloadOffset;
  if (headerLength < HEADER_LENGTH || payloadLength < 0) return SkipReason["malformed-tcp"];

  if (segment.view !== view) {
    segment.view = view;
    segment.bytes = cursor.bytes;
  }
  segment.sourcePort = view.getUint16(start + SOURCE_PORT);
  segment.destinationPort = view.getUint16(start + DESTINATION_PORT);
  segment.sequence = view.getUint32(start + SEQUENCE);
  segment.acknowledgement = view.getUint32(start + ACKNOWLEDGEMENT);
  segment.flags = lengthAndFlags & 0xff;
  segment.window = view.getUint16(start + WINDOW);
  segment.payloadOffset = payloadOffset;
  segment.payloadLength = payloadLength;
  segment.capturedPayloadLength = Math.max(0, held - headerLength);

  clearTcpOptions(segment);
  if (headerLength > HEADER_LENGTH) {
    readTcpOptions(view, start + HEADER_LENGTH, Math.min(payloadOffset, cursor.capturedEnd), segment);
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
