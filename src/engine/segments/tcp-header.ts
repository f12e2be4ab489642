/** TCP header (RFC 9293 §3.1). */
import { uint16, uint32 } from "../dialect/byte-order.ts";
import { max } from "../dialect/integers.ts";
import type { Segment } from "./segment.ts";
import { clearTcpOptions, readTcpOptions } from "./tcp-options.ts";

const SOURCE_PORT: i32 = 0;
const DESTINATION_PORT: i32 = 2;
const SEQUENCE: i32 = 4;
const ACKNOWLEDGEMENT: i32 = 8;
/** Header length in units of 4 bytes (4 bits), reserved (4), flags (8). */
const LENGTH_AND_FLAGS: i32 = 12;
const WINDOW: i32 = 14;
/** Header without options. */
export const HEADER_LENGTH: i32 = 20;

/**
 * Reads a TCP header, of which the capture holds at least `HEADER_LENGTH` bytes, into `segment`, whose IP fields are there
 * already. The checksum is not looked at (offload). Lengths are those on the wire, whatever the snap length left of them.
 * @param capturedEnd behind the last byte that the capture holds
 * @param wireEnd behind the last byte on the wire
 * @returns false where the header is malformed
 */
export function readTcpHeader(
  view: DataView,
  start: i32,
  capturedEnd: i32,
  wireEnd: i32,
  segment: Segment,
): boolean {
  const lengthAndFlags: i32 = uint16(view, start + LENGTH_AND_FLAGS);
  const headerLength = (lengthAndFlags >> 12) << 2;
  const payloadOffset = start + headerLength;
  const payloadLength = wireEnd - payloadOffset;
  if (headerLength < HEADER_LENGTH || payloadLength < 0) return false;
  segment.sourcePort = uint16(view, start + SOURCE_PORT);
  segment.destinationPort = uint16(view, start + DESTINATION_PORT);
  segment.sequence = uint32(view, start + SEQUENCE);
  segment.acknowledgement = uint32(view, start + ACKNOWLEDGEMENT);
  segment.flags = lengthAndFlags & 0xff;
  segment.window = uint16(view, start + WINDOW);
  segment.payloadOffset = payloadOffset;
  segment.payloadLength = payloadLength;
  segment.capturedPayloadLength = max(0, capturedEnd - payloadOffset);
  clearTcpOptions(segment);
  if (headerLength > HEADER_LENGTH) {
    const end = payloadOffset < capturedEnd ? payloadOffset : capturedEnd;
    readTcpOptions(view, start + HEADER_LENGTH, end, segment);
  }
  return true;
}
