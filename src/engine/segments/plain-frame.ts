/**
 * Frames as nearly all of them are: Ethernet or Linux cooked mode or nothing, a whole IPv4 datagram in it, a TCP segment
 * in that, all as long as their headers say. Everything else is for `FrameDecoder`, which reads these the same.
 */
import { uint8, uint16 } from "../dialect/byte-order.ts";
import type { Segment } from "./segment.ts";
import { readTcpHeader, HEADER_LENGTH as TCP_HEADER_LENGTH } from "./tcp-header.ts";

/** LINKTYPE_* numbers. */
const LINK_ETHERNET: i32 = 1;
const LINK_RAW: i32 = 101;
const LINK_LINUX_COOKED: i32 = 113;
/** Where the protocol's number lies in the link header, and where the datagram begins. */
const ETHERNET_TYPE: i32 = 12;
const ETHERNET_LENGTH: i32 = 14;
const COOKED_TYPE: i32 = 14;
const COOKED_LENGTH: i32 = 16;
const ETHER_TYPE_IPV4: i32 = 0x0800;

/** IPv4 header (RFC 791 §3.1). */
const TOTAL_LENGTH: i32 = 2;
const IDENTIFICATION: i32 = 4;
const FLAGS_AND_FRAGMENT_OFFSET: i32 = 6;
const TIME_TO_LIVE: i32 = 8;
const PROTOCOL: i32 = 9;
const SOURCE: i32 = 12;
const DESTINATION: i32 = 16;
const IPV4_HEADER_LENGTH: i32 = 20;
const FRAGMENT: i32 = 0x3fff;
const TCP: i32 = 6;

/**
 * Reads the frame that lies at `offset` in the segment's memory.
 * @returns false where it is no such frame: then nothing is said of it
 */
export function readPlainFrame(
  segment: Segment,
  linkType: i32,
  offset: i32,
  capturedLength: i32,
  wireLength: i32,
): boolean {
  const view = segment.view;
  const linkLength = linkLengthOf(linkType);
  if (linkLength < 0 || capturedLength < linkLength + IPV4_HEADER_LENGTH + TCP_HEADER_LENGTH) return false;
  if (linkLength > 0) {
    const type: i32 = uint16(view, offset + (linkType === LINK_ETHERNET ? ETHERNET_TYPE : COOKED_TYPE));
    if (type !== ETHER_TYPE_IPV4) return false;
  }
  const start = offset + linkLength;
  const version: i32 = uint8(view, start);
  const headerLength = (version & 0x0f) << 2;
  const totalLength: i32 = uint16(view, start + TOTAL_LENGTH);
  const available = (wireLength > capturedLength ? wireLength : capturedLength) - linkLength;
  const fragment: i32 = uint16(view, start + FLAGS_AND_FRAGMENT_OFFSET);
  const protocol: i32 = uint8(view, start + PROTOCOL);
  const isPlain =
    version >> 4 === 4 &&
    headerLength >= IPV4_HEADER_LENGTH &&
    totalLength >= headerLength + TCP_HEADER_LENGTH &&
    totalLength <= available &&
    (fragment & FRAGMENT) === 0 &&
    protocol === TCP;
  if (!isPlain) return false;
  const wireEnd = start + totalLength;
  const held = offset + capturedLength;
  const capturedEnd = held < wireEnd ? held : wireEnd;
  if (capturedEnd - start < headerLength + TCP_HEADER_LENGTH) return false;
  segment.ipVersion = 4;
  segment.sourceAddressOffset = start + SOURCE;
  segment.destinationAddressOffset = start + DESTINATION;
  segment.ipId = uint16(view, start + IDENTIFICATION);
  segment.ipLength = totalLength;
  segment.timeToLive = uint8(view, start + TIME_TO_LIVE);
  return readTcpHeader(view, start + headerLength, capturedEnd, wireEnd, segment);
}

/** Bytes before the datagram, −1 where the link type is another. */
function linkLengthOf(linkType: i32): i32 {
  if (linkType === LINK_ETHERNET) return ETHERNET_LENGTH;
  if (linkType === LINK_LINUX_COOKED) return COOKED_LENGTH;
  return linkType === LINK_RAW ? 0 : -1;
}
