import type { SegmentTally } from "./segment-tally.ts";

/** Who is told everything that the tcp room found, in its order: the tally room. `side` is 0 or 1. */
export interface SegmentSink {
  /** The frame that what follows was found in, up to the next one: its number, its length on the wire in bytes, its time. */
  frame(number: i32, wireLength: i32, timeNs: f64): void;
  /** Segments that `side` sent, counted since the last time; at the latest when the connection closes. */
  tally(connection: i32, side: i32, tally: SegmentTally): void;
  /** A FIN or RST that `side` sent, or a SYN that it sent again, after what it ends was told; `timeNs`: when. @param flags of TCP */
  turn(connection: i32, side: i32, flags: i32, timeNs: f64): void;
  /** A segment that `side` sent, where every segment is told; frames recorded twice are not. @param wireSegments 0: it occupies nothing */
  segment(connection: i32, side: i32, wireSegments: i32, isNewPayload: boolean): void;
  /** A connection begins; `clientSide` −1: its SYN was not seen. */
  connectionOpened(connection: i32, clientSide: i32): void;
  /** A round trip of a segment that `side` sent: see `ConnectionSink`. `timeNs`: when it ended. */
  roundTrip(connection: i32, side: i32, kind: i32, durationNs: f64, timeNs: f64): void;
  /** Segments that `side` sent were lost: see `ConnectionSink`. */
  lost(connection: i32, side: i32, place: i32, evidence: i32, segments: i32): void;
  /** The evidence leaves a choice: see `ConnectionSink`. */
  unsure(connection: i32, side: i32, evidence: i32, below: i32, above: i32): void;
  /** One segment of the handshake was lost, in one direction or the other. */
  lostEitherWay(connection: i32, synAcks: i32): void;
  /** The connection is gone: its slot may be used again. `isFailed`: its SYN was seen, and no answer to it. */
  connectionClosed(connection: i32, isFailed: boolean): void;
}
