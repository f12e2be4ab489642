import type { Connection, Direction } from "./connection.ts";

/** Who takes what the tcp room finds out beside the segment at hand. */
export interface ConnectionSink {
  /** A connection begins; `clientSide` −1: its SYN was not seen. */
  connectionOpened(connection: Connection, clientSide: i32): void;
  /** A round trip of a segment of the direction, from the tap to the receiver and back; kinds: below. */
  roundTrip(direction: Direction, kind: i32, durationNs: f64): void;
  /**
   * `segments` of the direction that occupy sequence space were lost (`PURE_ACKS`: none that do); negative where later evidence
   * takes an earlier count back. Places and evidence: below.
   */
  lost(direction: Direction, place: i32, evidence: i32, segments: i32): void;
  /** The evidence leaves a choice: of the losses that the direction was counted, `below` may be none, and `above` more may be. */
  unsure(direction: Direction, evidence: i32, below: i32, above: i32): void;
  /** A SYN was lost beyond the tap, or so many SYN/ACKs before it (1 or 2); nothing tells which. */
  lostEitherWay(slot: i32, synAcks: i32): void;
  /** A FIN or RST of the direction that was taken, or a SYN that was sent again; `timeNs`: when. @param flags of TCP */
  turn(direction: Direction, flags: i32, timeNs: f64): void;
  /** The connection is gone: its slot may be used again. `isFailed`: its SYN was seen, and no answer to it. */
  connectionClosed(connection: Connection, isFailed: boolean): void;
}

// Where a segment was lost, as seen from the tap.
/** The frame is in the capture and never reached the receiver. */
export const BEYOND_TAP = 0;
/** The sender sent it, the capture never saw it, the stream shows the hole and its repair. */
export const BEFORE_TAP = 1;
/** Never seen, never repaired, yet acknowledged: the recorder lost it, the network did not. */
export const CAPTURE_DROP = 2;

// The evidence of a loss. The tally room chooses between IDS and HOLES per direction of a pair.
export const ANY = 0;
export const IDS = 1;
export const HOLES = 2;
/** Nothing tells whether it was lost or an ACK in the other direction: the metrics room decides by the losses around it. */
export const UNDECIDED = 3;
/** Sent again in vain, to a receiver that doesn't say whether it came: lost as often as others. */
export const IN_VAIN = 4;
/** Holes: repeats that were lost like what they repeat. */
export const HOLES_AGAIN = 6;
/** Gaps in IDs, too: packets that occupied no sequence space. */
export const PURE_ACKS = 5;

// Which of a connection's round trips a sample is.
/** SYN → SYN/ACK. */
export const HANDSHAKE = 0;
/** SYN/ACK → ACK. */
export const HANDSHAKE_REPLY = 1;
/** Data → the ACK without data that ends where it ends: the way there and back. */
export const DATA = 2;
/** Data → such an ACK that carries data or a FIN: it waited for the program to answer, and contains that time. */
export const ANSWERED_DATA = 3;
/** FIN → its ACK, which may wait for the program to close. */
export const CLOSING = 4;
/** SYN → SYN/ACK where the SYN was sent more than once: no round trip, but what the sender waited, from the first one on. */
export const REPEATED_HANDSHAKE = 5;
