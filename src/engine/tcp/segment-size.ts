/** How many packets carry some bytes of a direction. */
import { max } from "../dialect/integers.ts";
import type { Segment } from "../segments/segment.ts";
import type { Direction } from "./connection.ts";
import type { Hole } from "./hole.ts";

/** Maximum segment size where no SYN told: Ethernet's, options included. */
const ETHERNET_SEGMENT_SIZE: i32 = 1460;
/** Bytes of the timestamps option with its padding (RFC 7323 §3.2). */
const TIMESTAMP_OPTION_SIZE: i32 = 12;

function maximumSegmentSize(receiver: Direction): i32 {
  return receiver.announcedMss === 0 ? ETHERNET_SEGMENT_SIZE : receiver.announcedMss;
}

/** Payload bytes of a full segment, by the maximum segment size that its receiver announced. */
function fullSize(receiver: Direction, hasTimestamp: boolean): i32 {
  const size = maximumSegmentSize(receiver);
  return max(1, hasTimestamp ? size - TIMESTAMP_OPTION_SIZE : size);
}

/** Payload bytes of a full segment like `segment`. */
export function fullSegmentSize(receiver: Direction, segment: Segment): i32 {
  return fullSize(receiver, segment.hasTimestamp);
}

/** Segments that fit into a hole: as large as the one that opened it could be. */
export function segmentsOfHole(receiver: Direction, hole: Hole, bytes: i32): i32 {
  return packetsIn(bytes, fullSize(receiver, hole.hasTimestamp));
}

/**
 * Segments on the wire that a recorded one with data stands for: a frame larger than the maximum segment size was put
 * together on the way from the wire (GRO, LRO), or is cut up on the way there (TSO, GSO).
 */
export function wireSegments(receiver: Direction, segment: Segment): i32 {
  const length = segment.payloadLength;
  if (length <= maximumSegmentSize(receiver)) return 1;
  return packetsIn(length, fullSegmentSize(receiver, segment));
}

/** Packets that carry `bytes`; segmentation offload records several as one frame. An empty segment is one packet. */
export function packetsIn(bytes: i32, size: i32): i32 {
  return bytes <= size ? 1 : (((bytes - 1) / size) | 0) + 1;
}
