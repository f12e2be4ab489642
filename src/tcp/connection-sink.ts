import type { Side } from "./connection.ts";

/** Which of a connection's round trips a sample is. */
export const RoundTripKind = {
  /** SYN → SYN/ACK. */
  HANDSHAKE: 0,
  /** SYN/ACK → ACK. */
  HANDSHAKE_REPLY: 1,
  /** Data or FIN → the ACK that ends where it ends. */
  DATA: 2,
} as const;
export type RoundTripKind = (typeof RoundTripKind)[keyof typeof RoundTripKind];

/** Where a segment was lost, as seen from the tap. */
export const LossPlace = {
  /** The frame is in the capture and never reached the receiver. */
  BEYOND_TAP: 0,
  /** The sender sent it, the capture never saw it, the stream shows the hole and its repair. */
  BEFORE_TAP: 1,
  /** Never seen, never repaired, yet acknowledged: the recorder lost it, the network did not. */
  CAPTURE_DROP: 2,
} as const;
export type LossPlace = (typeof LossPlace)[keyof typeof LossPlace];

/** By which method a loss was told; the metrics room chooses between IDS and HOLES per direction of a pair. */
export const LossEvidence = { ANY: 0, IDS: 1, HOLES: 2 } as const;
export type LossEvidence = (typeof LossEvidence)[keyof typeof LossEvidence];

/** Who takes what the tcp room finds out beside the segment at hand: the metrics room. */
export interface ConnectionSink {
  /** A connection begins; `clientSide` −1: its SYN was not seen. */
  connectionOpened(connection: number, clientSide: Side | -1): void;
  /** A round trip of a segment that `side` sent, from the tap to the receiver and back. */
  roundTrip(connection: number, side: Side, kind: RoundTripKind, durationNs: number): void;
  /**
   * `segments` that `side` sent and that occupy sequence space were lost; negative where later evidence takes an
   * earlier count back.
   */
  lost(connection: number, side: Side, place: LossPlace, evidence: LossEvidence, segments: number): void;
  /**
   * The evidence leaves a choice: of the losses that `side` was counted, `below` may be none, and `above` more may be.
   */
  unsure(connection: number, side: Side, evidence: LossEvidence, below: number, above: number): void;
  /** One segment of the handshake was lost: a SYN beyond the tap or a SYN/ACK before it; nothing tells which. */
  lostEitherWay(connection: number): void;
  /** The connection is gone: its slot may be used again. `isFailed`: its SYN was seen, and no answer to it. */
  connectionClosed(connection: number, isFailed: boolean): void;
}
