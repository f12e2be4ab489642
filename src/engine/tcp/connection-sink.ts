import type { Connection, Direction } from "./connection.ts";

/** Who takes what the tcp room finds out beside the segment at hand. */
export interface ConnectionSink {
  /** A connection begins; `clientSide` −1: its SYN was not seen. */
  connectionOpened(connection: Connection, clientSide: i32): void;
  /** A round trip of a segment of the direction, from the tap to the receiver and back; kinds: `round-trip-kind.ts`. */
  roundTrip(direction: Direction, kind: i32, durationNs: f64): void;
  /**
   * `segments` of the direction that occupy sequence space were lost; negative where later evidence takes an earlier
   * count back. Places: `loss-place.ts`, evidence: `loss-evidence.ts`.
   */
  lost(direction: Direction, place: i32, evidence: i32, segments: i32): void;
  /** The evidence leaves a choice: of the losses that the direction was counted, `below` may be none, and `above` more may be. */
  unsure(direction: Direction, evidence: i32, below: i32, above: i32): void;
  /** One segment of the handshake was lost: a SYN beyond the tap or a SYN/ACK before it; nothing tells which. */
  lostEitherWay(slot: i32): void;
  /** The connection is gone: its slot may be used again. `isFailed`: its SYN was seen, and no answer to it. */
  connectionClosed(connection: Connection, isFailed: boolean): void;
}
