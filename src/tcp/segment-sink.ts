import type { SegmentTally } from "./segment-tally.ts";
import type { Side } from "./side.ts";

/** Who is told everything that the tcp room found, in its order: the metrics room. `side` is 0 or 1. */
export interface SegmentSink {
  /** The frame that what follows was found in, up to the next one: its number, its length on the wire in bytes, its time. */
  frame(number: number, wireLength: number, timeNs: number): void;
  /** Segments that `side` sent, counted since the last time; at the latest when the connection closes. */
  tally(connection: number, side: Side, tally: SegmentTally): void;
  /** A FIN or RST that `side` sent, or a SYN that it sent again, after what it ends was told. @param flags of TCP */
  turn(connection: number, side: Side, flags: number): void;
  /** A segment that `side` sent, where every segment is told; frames recorded twice are not. */
  segment(connection: number, side: Side, occupies: boolean, isNewPayload: boolean): void;
  /** A connection begins; `clientSide` −1: its SYN was not seen. */
  connectionOpened(connection: number, clientSide: Side | -1): void;
  /** A round trip of a segment that `side` sent: see `ConnectionSink`. */
  roundTrip(connection: number, side: Side, kind: number, durationNs: number): void;
  /** Segments that `side` sent were lost: see `ConnectionSink`. */
  lost(connection: number, side: Side, place: number, evidence: number, segments: number): void;
  /** The evidence leaves a choice: see `ConnectionSink`. */
  unsure(connection: number, side: Side, evidence: number, below: number, above: number): void;
  /** One segment of the handshake was lost, in one direction or the other. */
  lostEitherWay(connection: number): void;
  /** The connection is gone: its slot may be used again. `isFailed`: its SYN was seen, and no answer to it. */
  connectionClosed(connection: number, isFailed: boolean): void;
}
