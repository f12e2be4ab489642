/** How many packets carry some bytes of a direction. */
import type { Segment } from "../packet/segment.ts";
import { Direction } from "./connection.ts";

/** Maximum segment size where no SYN told: Ethernet's, with timestamps. */
const USUAL_SEGMENT_SIZE = 1448;
/** Bytes of the timestamps option with its padding (RFC 7323 §3.2). */
const TIMESTAMP_OPTION_SIZE = 12;

/** Payload bytes of a full segment like `segment`, by the maximum segment size that its receiver announced. */
export function fullSegmentSize(page: DataView, receiver: number, segment: Segment): number {
  const announced = page.getUint32(receiver + Direction.ANNOUNCED_MSS, true);
  if (announced === 0) return USUAL_SEGMENT_SIZE;
  return Math.max(1, segment.hasTimestamp ? announced - TIMESTAMP_OPTION_SIZE : announced);
}

/** Packets that carry `bytes`; segmentation offload records several as one frame. An empty segment is one packet. */
export function packetsIn(bytes: number, size: number = USUAL_SEGMENT_SIZE): number {
  return bytes <= size ? 1 : Math.ceil(bytes / size);
}
