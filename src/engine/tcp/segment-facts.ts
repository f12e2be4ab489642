/** What the tracker found in one segment: valid until the next one. */
export class SegmentFacts {
  /** Slot of its connection, and which side sent it. */
  connection: i32 = 0;
  side: i32 = 0;
  /** Bits of `analysis-flags.ts`. */
  analysis: i32 = 0;
  /** A frame recorded twice: nothing of it counts but Wireshark's analysis. */
  duplicate: boolean = false;
  /** It occupies sequence space: SYN, data or FIN (a keep-alive or zero-window probe does not). */
  occupies: boolean = false;
  /** Segments on the wire that it stands for, where it occupies sequence space: see `segment-size.ts`. */
  wireSegments: i32 = 0;
  /** Payload bytes seen for the first time, and sequence space seen again. */
  newPayloadBytes: i32 = 0;
  seenAgainBytes: i32 = 0;
  /** How its IPv4 ID follows the direction's last one: see below. */
  idStep: i32 = 0;
}

// How a segment's IPv4 ID follows its predecessor's in the same direction of a connection. From it the tally room learns whether
// a sender's IDs count packets.
/** Nothing to compare: IPv6, ID 0, SYN, RST, the direction's first packet. */
export const NONE = 0;
/** The next one. */
export const NEXT = 1;
/** Some were left out. */
export const GAP = 2;
/** It comes late: a later one was seen before. */
export const BACK = 3;
/** The same, though it seemed that another connection had taken its ID. */
export const OWN_BACK = 6;
/** Too far away to count. */
export const JUMP = 4;
/** The counter is not the direction's own: another connection of the same host took the IDs between, or somebody unseen. */
export const FOREIGN = 5;
