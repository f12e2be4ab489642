/**
 * Why a frame gave no TCP segment. Names are stable (they are keys of the JSON output), codes are not:
 * the hot path passes the code, reports print the name.
 */

/** The result of `FrameDecoder.decode`: 0 = a segment was decoded, otherwise the code of a skip reason. */
export type DecodeResult = number;

/** The result that means "`segment` holds a TCP segment". */
export const SEGMENT_DECODED: DecodeResult = 0;

/** Reasons by name. In addition, there is one reason for each link type that lbqos can't read. */
export const SkipReason = {
  /** Address resolution. */
  arp: 1,
  /** ICMP or ICMPv6 that quotes no TCP header. */
  icmp: 2,
  /** UDP that carries no tunnel with TCP inside. */
  udp: 3,
  /** IP with a payload other than TCP, UDP, ICMP: IGMP, SCTP, OSPF, a tunnel that lbqos doesn't know … */
  "other-ip-protocol": 4,
  /** No IP packet: spanning tree, LLDP, PPPoE discovery, link-layer control … */
  "not-ip": 5,
  /** ESP or MACsec: what is inside can't be read without keys. */
  encrypted: 6,
  /** A fragment of an IP datagram that isn't complete yet; TCP counts at the frame that completes it. */
  "ip-fragment": 7,
  /** The snap length cut the frame before the ports of TCP. */
  "truncated-header": 8,
  /** The link layer's header contradicts itself or its own length. */
  "malformed-link": 9,
  /** The IP header, or a header between IP and TCP, contradicts itself or the packet's length. */
  "malformed-ip": 10,
  /** More headers around each other than any network stacks: made up, not sent. */
  "too-many-headers": 11,
  /** A block of a pcapng file that is no packet but has a frame number in Wireshark: custom, systemd journal. */
  "no-packet": 17,

  // The reasons from here to the last one concern frames that Wireshark's display filter `tcp` shows though
  // no TCP segment on the wire can be taken from them: see `countsAsTcpInWireshark`.

  /** The snap length cut the frame inside the fixed TCP header, behind the ports. */
  "truncated-tcp-header": 12,
  /** The TCP header's length is impossible: below 20 bytes, or beyond the end of the IP packet. */
  "malformed-tcp": 13,
  /** The first fragment of a datagram, cut by the snap length, so that the datagram can't be put together. */
  "truncated-tcp-fragment": 14,
  /** A TCP header quoted by an ICMP error: an echo of a segment, not a segment. */
  "icmp-quoted-tcp": 15,
  /** A TCP header in an sFlow sample: sent elsewhere, reported here. */
  "sflow-sampled-tcp": 16,
} as const;

/** A skip reason's name, other than those of unknown link types. */
export type SkipReasonKey = keyof typeof SkipReason;

const FIRST_COUNTED_AS_TCP = SkipReason["truncated-tcp-header"];
const LAST_COUNTED_AS_TCP = SkipReason["sflow-sampled-tcp"];

/** Code of "unknown link type 0"; the link type is added. */
const UNKNOWN_LINK_TYPE_BASE = 64;

const NAMES = new Map<DecodeResult, string>(Object.entries(SkipReason).map(([name, code]) => [code, name]));

/** Code of the reason "lbqos doesn't know this link type". */
export function unknownLinkType(linkType: number): DecodeResult {
  return UNKNOWN_LINK_TYPE_BASE + linkType;
}

/**
 * Name of a skip reason in kebab-case: `udp`, `unknown-link-type-105`.
 * @param code what `FrameDecoder.decode` returned, not 0
 */
export function skipReasonName(code: DecodeResult): string {
  return NAMES.get(code) ?? `unknown-link-type-${code - UNKNOWN_LINK_TYPE_BASE}`;
}

/**
 * Whether Wireshark's display filter `tcp` shows a frame with this result. The packets that Wireshark calls
 * TCP are the decoded segments plus the frames skipped for a reason of which this is true: Wireshark shows a
 * frame as soon as it has read two port numbers, quoted, cut or malformed as they may be.
 */
export function countsAsTcpInWireshark(code: DecodeResult): boolean {
  return code === SEGMENT_DECODED || (code >= FIRST_COUNTED_AS_TCP && code <= LAST_COUNTED_AS_TCP);
}
