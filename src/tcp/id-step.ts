/**
 * How a segment's IPv4 ID follows its predecessor's in the same direction of a connection: from it the metrics room
 * learns whether a sender's IDs count packets.
 */
export const IdStep = {
  /** Nothing to compare: IPv6, ID 0, SYN, RST, the direction's first packet. */
  NONE: 0,
  /** The next one. */
  NEXT: 1,
  /** Some were left out. */
  GAP: 2,
  /** It comes late: a later one was seen before. */
  BACK: 3,
  /** Too far away to count. */
  JUMP: 4,
} as const;
export type IdStep = (typeof IdStep)[keyof typeof IdStep];
