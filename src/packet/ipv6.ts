import type { Segment } from "../engine/segments/segment.ts";
import type { Cursor } from "./cursor.ts";
import { layerOfIpProtocol } from "./ip-protocol.ts";
import type { IpReassembly } from "./ip-reassembly.ts";
import type { NextLayer } from "./layer.ts";
import { SkipReason } from "./skip-reason.ts";

/** IPv6 header (RFC 8200 §3). */
const PAYLOAD_LENGTH = 4;
const NEXT_HEADER = 6;
const HOP_LIMIT = 7;
const SOURCE = 8;
const DESTINATION = 24;
const IPV6_HEADER_LENGTH = 40;

/** Extension headers (RFC 8200 §4): next header (1), length in units of 8 bytes without the first (1), … */
const EXTENSION_NEXT_HEADER = 0;
const EXTENSION_LENGTH = 1;
const EXTENSION_UNIT = 8;

/** Fragment header (RFC 8200 §4.5): next header (1), reserved (1), offset and flag (2), identification (4). */
const FRAGMENT_OFFSET_AND_FLAG = 2;
const FRAGMENT_IDENTIFICATION = 4;
const FRAGMENT_HEADER_LENGTH = 8;
/** The offset counts in units of 8 bytes and stands 3 bits up: masking gives bytes. */
const FRAGMENT_OFFSET = 0xfff8;
const MORE_FRAGMENTS = 0x0001;

/** Authentication header (RFC 4302 §2): next header (1), length in units of 4 bytes without the first two (1). */
const AUTHENTICATION_UNIT = 4;
const AUTHENTICATION_MINIMUM = 12;

export function readIpv6(cursor: Cursor, segment: Segment): NextLayer {
  const { view, offset: start } = cursor;
  if (cursor.capturedEnd - start < IPV6_HEADER_LENGTH) {
    return cursor.missing(IPV6_HEADER_LENGTH, SkipReason["malformed-ip"]);
  }
  const payloadLength = view.getUint16(start + PAYLOAD_LENGTH);
  cursor.offset = start + IPV6_HEADER_LENGTH;
  // 0: a jumbogram (RFC 2675) or segmentation offload; the recorded length is what there is. A packet longer
  // than its frame is believed: mirror ports and cloud taps cut packets and don't say so.
  if (payloadLength !== 0) {
    const missing = cursor.offset + payloadLength - cursor.wireEnd;
    // An ICMP error quotes the beginning of a packet only.
    if (missing > 0 && cursor.notASegment === 0) cursor.missingBytes = missing;
    cursor.wireEnd = cursor.offset + payloadLength;
    if (cursor.wireEnd < cursor.capturedEnd) cursor.capturedEnd = cursor.wireEnd;
  }

  segment.ipVersion = 6;
  segment.sourceAddressOffset = start + SOURCE;
  segment.destinationAddressOffset = start + DESTINATION;
  segment.ipId = -1;
  segment.ipLength = cursor.wireEnd - start;
  segment.timeToLive = view.getUint8(start + HOP_LIMIT);
  return layerOfIpProtocol(view.getUint8(start + NEXT_HEADER));
}

/** Hop-by-hop options, routing, destination options and whatever else has their form. */
export function readIpv6Extension(cursor: Cursor): NextLayer {
  const { view, offset } = cursor;
  if (!cursor.holds(EXTENSION_UNIT)) return cursor.missing(EXTENSION_UNIT, SkipReason["malformed-ip"]);
  cursor.offset += (view.getUint8(offset + EXTENSION_LENGTH) + 1) * EXTENSION_UNIT;
  return layerOfIpProtocol(view.getUint8(offset + EXTENSION_NEXT_HEADER));
}

/** The authentication header, in IPv6 and in IPv4. */
export function readAuthenticationHeader(cursor: Cursor): NextLayer {
  const { view, offset } = cursor;
  if (!cursor.holds(AUTHENTICATION_MINIMUM)) {
    return cursor.missing(AUTHENTICATION_MINIMUM, SkipReason["malformed-ip"]);
  }
  cursor.offset += (view.getUint8(offset + EXTENSION_LENGTH) + 2) * AUTHENTICATION_UNIT;
  return layerOfIpProtocol(view.getUint8(offset + EXTENSION_NEXT_HEADER));
}

export function readIpv6Fragment(cursor: Cursor, segment: Segment, reassembly: IpReassembly): NextLayer {
  const { view, offset } = cursor;
  if (!cursor.holds(FRAGMENT_HEADER_LENGTH)) {
    return cursor.missing(FRAGMENT_HEADER_LENGTH, SkipReason["malformed-ip"]);
  }
  const offsetAndFlag = view.getUint16(offset + FRAGMENT_OFFSET_AND_FLAG);
  const nextHeader = view.getUint8(offset + EXTENSION_NEXT_HEADER);
  cursor.offset += FRAGMENT_HEADER_LENGTH;
  // An atomic fragment (RFC 6946) is a whole packet.
  if ((offsetAndFlag & (FRAGMENT_OFFSET | MORE_FRAGMENTS)) === 0) return layerOfIpProtocol(nextHeader);
  return reassembly.add(
    cursor,
    segment,
    segment.sourceAddressOffset - SOURCE,
    IPV6_HEADER_LENGTH,
    view.getUint32(offset + FRAGMENT_IDENTIFICATION),
    nextHeader,
    offsetAndFlag & FRAGMENT_OFFSET,
    (offsetAndFlag & MORE_FRAGMENTS) !== 0,
  );
}
