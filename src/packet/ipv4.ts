import type { Segment } from "../engine/segments/segment.ts";
import type { Cursor } from "./cursor.ts";
import { layerOfIpProtocol } from "./ip-protocol.ts";
import type { IpReassembly } from "./ip-reassembly.ts";
import type { NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** IPv4 header (RFC 791 §3.1). */
const VERSION_AND_LENGTH = 0;
const TOTAL_LENGTH = 2;
const IDENTIFICATION = 4;
const FLAGS_AND_FRAGMENT_OFFSET = 6;
const TIME_TO_LIVE = 8;
const PROTOCOL = 9;
const CHECKSUM = 10;
const SOURCE = 12;
const DESTINATION = 16;
/** Header without options. */
const IPV4_HEADER_LENGTH = 20;

const TCP = 6;
const MORE_FRAGMENTS = 0x2000;
const FRAGMENT_OFFSET = 0x1fff;
/** The fragment offset counts in units of 8 bytes. */
const FRAGMENT_UNIT = 8;

/**
 * Reads an IPv4 header. A wrong checksum never drops a packet: with checksum offload the recorder sees packets
 * before their checksum is there.
 */
export function readIpv4(cursor: Cursor, segment: Segment, reassembly: IpReassembly): NextLayer {
  const { view, offset: start } = cursor;
  const held = cursor.capturedEnd - start;
  if (held < IPV4_HEADER_LENGTH) {
    return cursor.missing(IPV4_HEADER_LENGTH, SkipReason["malformed-ip"]);
  }
  const headerLength = (view.getUint8(start + VERSION_AND_LENGTH) & 0x0f) << 2;
  if (headerLength < IPV4_HEADER_LENGTH) return SkipReason["malformed-ip"];

  const available = cursor.wireEnd - start;
  let totalLength = view.getUint16(start + TOTAL_LENGTH);
  // Segmentation offload: the packet is larger than the field can say, or is cut up later by the network
  // card, and the recorder sees 0. What was recorded is what there is.
  if (totalLength === 0) totalLength = available;
  // A packet longer than its frame: either it was cut by something that doesn't say so (mirror ports, cloud
  // taps), or the field is damaged. Here, and only here, the checksum says which length to believe; where it is left to
  // the network card, as 0, it says nothing against the length.
  if (totalLength > available) {
    // An ICMP error quotes the beginning of a packet only.
    if (cursor.notASegment === 0) cursor.missingBytes = totalLength - available;
    if (!(held >= headerLength && mayBeRight(view, start, headerLength))) totalLength = available;
  }
  segment.ipVersion = 4;
  segment.ipLength = totalLength;
  const protocol = view.getUint8(start + PROTOCOL);
  const fragment = view.getUint16(start + FLAGS_AND_FRAGMENT_OFFSET);
  const isFragment = (fragment & (MORE_FRAGMENTS | FRAGMENT_OFFSET)) !== 0;
  if (totalLength < headerLength) {
    if (protocol !== TCP || isFragment) return SkipReason["malformed-ip"];
    // Nothing of TCP is in it, by its length: its reader says so, and whose it was.
    totalLength = headerLength;
  }

  // Bytes after the packet are Ethernet's padding.
  const end = start + totalLength;
  cursor.wireEnd = end;
  if (end < cursor.capturedEnd) cursor.capturedEnd = end;
  cursor.offset = start + headerLength;

  segment.sourceAddressOffset = start + SOURCE;
  segment.destinationAddressOffset = start + DESTINATION;
  segment.ipId = view.getUint16(start + IDENTIFICATION);
  segment.timeToLive = view.getUint8(start + TIME_TO_LIVE);

  if (isFragment) {
    return reassembly.add(
      cursor,
      segment,
      start,
      IPV4_HEADER_LENGTH,
      segment.ipId,
      protocol,
      (fragment & FRAGMENT_OFFSET) * FRAGMENT_UNIT,
      (fragment & MORE_FRAGMENTS) !== 0,
    );
  }
  return layerOfIpProtocol(protocol);
}

/** Whether the header's checksum is right, or was not computed. */
function mayBeRight(view: DataView, start: number, headerLength: number): boolean {
  return view.getUint16(start + CHECKSUM) === 0 || isChecksumRight(view, start, headerLength);
}

/** Whether the checksum (RFC 1071) of a header that the capture holds is right. */
function isChecksumRight(view: DataView, start: number, headerLength: number): boolean {
  let sum = 0;
  for (let offset = start; offset < start + headerLength; offset += 2) sum += view.getUint16(offset);
  return sum % 0xffff === 0;
}
