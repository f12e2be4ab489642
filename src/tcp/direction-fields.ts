/** Offsets in the block of one direction, in bytes: `Direction` of connection.ts. */
/** Wireshark's: highest end seen, 0 = none; its time; end of the contiguous run; last ACK number, its time, window. */
export const NEXT_SEQUENCE = 0;
export const MAX_ACK = 4;
export const LAST_ACK = 8;
/** −1 before the first segment. */
export const WINDOW = 12;
export const DUPLICATE_ACKS = 16;
/** Analysis flags of the direction's last segment. */
export const LAST_ANALYSIS = 20;
export const NEXT_SEQUENCE_TIME = 24;
export const LAST_ACK_TIME = 32;
export const BASE_SEQUENCE = 40;
/** Bits of `DirectionFlag`. */
export const FLAGS = 44;
/** Next byte to hand to the HTTP room. */
export const EXPECTED = 48;
/** Sequence number after the FIN's data, where FIN_SEEN. */
export const FIN_SEQUENCE = 52;
/** Highest end of sequence space seen (without keep-alive probes), where COVERED. */
export const HIGHEST_END = 56;
/** Highest ACK number seen from the other side for this direction's bytes, where ACKED. */
export const HIGHEST_ACKED = 60;
/** First and last entry of the segments in flight, −1 = none. */
export const FLIGHT_HEAD = 64;
export const FLIGHT_TAIL = 68;
export const FLIGHT_COUNT = 72;
/** IPv4 ID that the direction's next packet has where IDs count, −1 = not known. */
export const EXPECTED_IP_ID = 76;
/** Maximum segment size that this side announced in its SYN, 0 = not seen. */
export const ANNOUNCED_MSS = 80;
/** When the direction's last segment was recorded. */
export const LAST_TIME = 88;
