/** How many packets carry some bytes of a direction. */
import { max } from "../dialect/integers.ts";
import type { Segment } from "../segments/segment.ts";
import type { Direction } from "./connection.ts";

/** Maximum segment size where no SYN told: Ethernet's, with timestamps. */
export const USUAL_SEGMENT_SIZE: i32 = 1448;
/** Bytes of the timestamps option with its padding (RFC 7323 §3.2). */
const TIMESTAMP_OPTION_SIZE: i32 = 12;

/** Payload bytes of a full segment like `segment`, by the maximum segment size that its receiver announced. */
export function fullSegmentSize(receiver: Direction, segment: Segment): i32 {
  const announced = receiver.announcedMss;
  if (announced === 0) return USUAL_SEGMENT_SIZE;
  return max(1, segment.hasTimestamp ? announced - TIMESTAMP_OPTION_SIZE : announced);
}

/** Ethernet's maximum segment size, options included. */
const ETHERNET_SEGMENT_SIZE: i32 = 1460;

/**
 * Segments on the wire that a recorded one with data stands for: a frame larger than the maximum segment size was put
 * together on the way from the wire (GRO, LRO), or is cut up on the way there (TSO, GSO).
 */
export function wireSegments(receiver: Direction, segment: Segment): i32 {
  const length = segment.payloadLength;
  const announced = receiver.announcedMss;
  if (length <= (announced === 0 ? ETHERNET_SEGMENT_SIZE : announced)) return 1;
  return packetsIn(length, fullSegmentSize(receiver, segment));
}

/** Packets that carry `bytes`; segmentation offload records several as one frame. An empty segment is one packet. */
export function packetsIn(bytes: i32, size: i32): i32 {
  return bytes <= size ? 1 : (((bytes - 1) / size) | 0) + 1;
}
