/**
 * The tcp room's noun: a connection, as one record of fixed layout in a page of memory. A record is read and written
 * through a `DataView` at named offsets: no object per connection, and one connection's state lies together.
 * All numbers little-endian; sequence numbers as unsigned 32 bits, times as integer ns since the capture's first packet.
 */

/** Which endpoint sent a segment: 0 is the sender of the first segment seen. */
export type Side = 0 | 1;

/** Offsets in the record of a connection. */
export const Field = {
  /** Key: the two address numbers in ascending order of (address, port), and their ports. */
  LOW_ADDRESS: 0,
  HIGH_ADDRESS: 4,
  /** Low endpoint's port in the upper half. */
  PORTS: 8,
  /** Bits of `ConnectionFlag`. */
  FLAGS: 12,
  /** 1, 2, … by first frame. */
  ORDINAL: 16,
  /** For the metrics room: the conversation that the connection counts for. */
  CONVERSATION: 20,
  LAST_TIME: 24,
  /** Most recent SYN without ACK; −1 before. */
  SYN_TIME: 32,
  /** Wireshark's initial RTT: most recent SYN → first ACK without SYN; 0 = not known. */
  INITIAL_RTT: 40,
  /** The two directions' blocks start here. */
  DIRECTIONS: 48,
} as const;

/** Bits of `Field.FLAGS`. */
export const ConnectionFlag = {
  IN_USE: 1,
  /** Side 0 is the key's low endpoint. */
  FIRST_IS_LOW: 2,
  /** Some RST was seen. */
  RESET: 4,
  /** Some FIN was seen. */
  FINISHING: 8,
  /** The HTTP room was told of it. */
  STREAM_OPEN: 16,
  /** The SYN of the connection was seen. */
  SYN_SEEN: 32,
  /** A SYN/ACK, or data or ACKs of both sides were seen: more than a knock on the door. */
  ANSWERED: 64,
} as const;

/** Offsets in the block of one direction, named for the side that sends in it. */
export const Direction = {
  /** Wireshark's: highest end seen, 0 = none; its time; end of the contiguous run; last ACK number, its time, window. */
  NEXT_SEQUENCE: 0,
  MAX_ACK: 4,
  LAST_ACK: 8,
  /** −1 before the first segment. */
  WINDOW: 12,
  DUPLICATE_ACKS: 16,
  /** Analysis flags of the direction's last segment. */
  LAST_ANALYSIS: 20,
  NEXT_SEQUENCE_TIME: 24,
  LAST_ACK_TIME: 32,
  BASE_SEQUENCE: 40,
  /** Bits of `DirectionFlag`. */
  FLAGS: 44,
  /** Next byte to hand to the HTTP room. */
  EXPECTED: 48,
  /** Sequence number after the FIN's data, where FIN_SEEN. */
  FIN_SEQUENCE: 52,
  /** Highest end of sequence space seen (without keep-alive probes), where COVERED. */
  HIGHEST_END: 56,
  /** Highest ACK number seen from the other side for this direction's bytes, where ACKED. */
  HIGHEST_ACKED: 60,
  /** First and last entry of the segments in flight, −1 = none. */
  FLIGHT_HEAD: 64,
  FLIGHT_TAIL: 68,
  FLIGHT_COUNT: 72,
  /** IPv4 ID that the direction's next packet has where IDs count, −1 = not known. */
  EXPECTED_IP_ID: 76,
  /** Maximum segment size that this side announced in its SYN, 0 = not seen. */
  ANNOUNCED_MSS: 80,
  /** When the direction's last segment was recorded. */
  LAST_TIME: 88,
} as const;

/** Bits of `Direction.FLAGS`. */
export const DirectionFlag = {
  BASE_KNOWN: 1,
  /** EXPECTED is valid. */
  STREAM_STARTED: 2,
  FIN_SEEN: 4,
  /** The HTTP room was told that the direction ended. */
  STREAM_CLOSED: 8,
  COVERED: 16,
  ACKED: 32,
  /** Out-of-order payload is waiting. */
  QUEUED: 64,
  /** Sequence space below HIGHEST_END has holes. */
  HOLES: 128,
  /** Copies of its segments are under suspicion of having been lost beyond the tap. */
  SUSPECTED: 256,
} as const;

const DIRECTION_SIZE = 96;
/** Bytes per record. */
export const RECORD_SIZE = Field.DIRECTIONS + 2 * DIRECTION_SIZE;

/** Where the block of `side`'s direction starts, in a record that starts at `at`. */
export function directionAt(at: number, side: Side): number {
  return at + Field.DIRECTIONS + side * DIRECTION_SIZE;
}
