import type { Segment } from "../packet/segment.ts";
import type { AddressTable } from "./address-table.ts";
import type { Connection, Direction } from "./connection.ts";
import type { ConnectionSink } from "./connection-sink.ts";
import * as Finding from "./findings.ts";
import type { SegmentFacts } from "./segment-facts.ts";
import type { StreamListener } from "./stream-listener.ts";

const INITIAL_LENGTH: i32 = 1 << 16;

/** Writes down what the tcp room finds, in its order, as numbers: see `findings.ts`. */
export class FindingsWriter implements ConnectionSink, StreamListener {
  /** The records, in `values[0 … length)`. */
  values: Float64Array = new Float64Array(INITIAL_LENGTH);
  length: i32 = 0;
  /** The memory that the frames lie in. */
  bytes: Uint8Array = new Uint8Array(0);
  /** Payload that lies elsewhere. */
  copies: Uint8Array[] = [];
  private readonly addresses: AddressTable;
  /** Addresses that were written down already. */
  private addressesTold: i32 = 0;

  constructor(addresses: AddressTable) {
    this.addresses = addresses;
  }

  /**
   * Begins anew: what was written was read.
   * @param bytes the memory that the next frames lie in
   */
  begin(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.length = 0;
    if (this.copies.length > 0) this.copies = [];
  }

  /** The frame whose segment is tracked next. */
  frame(number: i32, wireLength: i32, timeNs: f64): void {
    const at = this.take(Finding.FRAME_SIZE);
    const values = this.values;
    values[at] = Finding.FRAME;
    values[at + 1] = number;
    values[at + 2] = wireLength;
    values[at + 3] = timeNs;
  }

  /** The frame's segment, after everything else about it was told. */
  segment(facts: SegmentFacts, segment: Segment): void {
    const at = this.take(Finding.SEGMENT_SIZE);
    const values = this.values;
    values[at] = Finding.SEGMENT;
    values[at + 1] = facts.connection * 2 + facts.side;
    values[at + 2] =
      facts.analysis |
      (segment.flags << Finding.TCP_FLAGS_SHIFT) |
      (facts.duplicate ? Finding.DUPLICATE_BIT : 0) |
      (facts.occupies ? Finding.OCCUPIES_BIT : 0) |
      (facts.idStep << Finding.ID_STEP_SHIFT);
    values[at + 3] = segment.payloadLength;
    values[at + 4] = facts.newPayloadBytes;
    values[at + 5] = facts.seenAgainBytes;
  }

  /** A connection begins; `clientSide` −1: its SYN was not seen. */
  connectionOpened(connection: Connection, clientSide: i32): void {
    while (this.addressesTold < this.addresses.size) this.tellAddress(this.addressesTold++);
    const at = this.take(Finding.CONNECTION_OPENED_SIZE);
    const values = this.values;
    values[at] = Finding.CONNECTION_OPENED;
    values[at + 1] = connection.slot;
    values[at + 2] = clientSide;
    values[at + 3] = connection.ordinal;
    values[at + 4] = connection.address(0);
    values[at + 5] = connection.port(0);
    values[at + 6] = connection.address(1);
    values[at + 7] = connection.port(1);
  }

  /** The connection is gone: its slot may be used again. `isFailed`: its SYN was seen, and no answer to it. */
  connectionClosed(slot: i32, isFailed: boolean): void {
    const at = this.take(Finding.CONNECTION_CLOSED_SIZE);
    this.values[at] = Finding.CONNECTION_CLOSED;
    this.values[at + 1] = slot;
    this.values[at + 2] = isFailed ? 1 : 0;
  }

  /** A round trip of a segment of the direction, from the tap to the receiver and back; kinds: `round-trip-kind.ts`. */
  roundTrip(direction: Direction, kind: i32, durationNs: f64): void {
    const at = this.take(Finding.ROUND_TRIP_SIZE);
    const values = this.values;
    values[at] = Finding.ROUND_TRIP;
    values[at + 1] = direction.key;
    values[at + 2] = kind;
    values[at + 3] = durationNs;
  }

  /**
   * `segments` of the direction that occupy sequence space were lost; negative where later evidence takes an earlier
   * count back.
   */
  lost(direction: Direction, place: i32, evidence: i32, segments: i32): void {
    const at = this.take(Finding.LOST_SIZE);
    const values = this.values;
    values[at] = Finding.LOST;
    values[at + 1] = direction.key;
    values[at + 2] = place;
    values[at + 3] = evidence;
    values[at + 4] = segments;
  }

  /** The evidence leaves a choice: of the direction's losses, `below` may be none, and `above` more may be. */
  unsure(direction: Direction, evidence: i32, below: i32, above: i32): void {
    const at = this.take(Finding.UNSURE_SIZE);
    const values = this.values;
    values[at] = Finding.UNSURE;
    values[at + 1] = direction.key;
    values[at + 2] = evidence;
    values[at + 3] = below;
    values[at + 4] = above;
  }

  /** One segment of the handshake was lost: a SYN beyond the tap or a SYN/ACK before it; nothing tells which. */
  lostEitherWay(slot: i32): void {
    const at = this.take(Finding.LOST_EITHER_WAY_SIZE);
    this.values[at] = Finding.LOST_EITHER_WAY;
    this.values[at + 1] = slot;
  }

  /** A stream begins; `fromStart`: with its first byte. */
  open(slot: i32, fromStart: boolean, clientSide: i32): void {
    const at = this.take(Finding.STREAM_OPENED_SIZE);
    const values = this.values;
    values[at] = Finding.STREAM_OPENED;
    values[at + 1] = slot;
    values[at + 2] = fromStart ? 1 : 0;
    values[at + 3] = clientSide;
  }

  /** The next bytes of the direction's stream, `bytes[start, end)`. */
  data(connection: i32, side: i32, bytes: Uint8Array, start: i32, end: i32, timeNs: f64, frame: i32): void {
    if (bytes !== this.bytes) {
      this.copiedData(connection * 2 + side, bytes, start, end, timeNs, frame);
      return;
    }
    const at = this.take(Finding.STREAM_DATA_SIZE);
    const values = this.values;
    values[at] = Finding.STREAM_DATA;
    values[at + 1] = connection * 2 + side;
    values[at + 2] = start;
    values[at + 3] = end;
    values[at + 4] = timeNs;
    values[at + 5] = frame;
  }

  /** `length` bytes of the stream that the capture doesn't hold: lost, or cut off by the snap length. */
  gap(connection: i32, side: i32, length: i32, timeNs: f64, frame: i32): void {
    const at = this.take(Finding.STREAM_GAP_SIZE);
    const values = this.values;
    values[at] = Finding.STREAM_GAP;
    values[at + 1] = connection * 2 + side;
    values[at + 2] = length;
    values[at + 3] = timeNs;
    values[at + 4] = frame;
  }

  /** The direction ends, after its last byte; reasons: `close-reason.ts`. */
  close(connection: i32, side: i32, reason: i32, timeNs: f64, frame: i32): void {
    const at = this.take(Finding.STREAM_CLOSED_SIZE);
    const values = this.values;
    values[at] = Finding.STREAM_CLOSED;
    values[at + 1] = connection * 2 + side;
    values[at + 2] = reason;
    values[at + 3] = timeNs;
    values[at + 4] = frame;
  }

  /** The streams of a connection are gone. */
  forget(slot: i32): void {
    const at = this.take(Finding.STREAM_FORGOTTEN_SIZE);
    this.values[at] = Finding.STREAM_FORGOTTEN;
    this.values[at + 1] = slot;
  }

  private copiedData(ends: i32, bytes: Uint8Array, start: i32, end: i32, timeNs: f64, frame: i32): void {
    const at = this.take(Finding.STREAM_COPIED_DATA_SIZE);
    const values = this.values;
    values[at] = Finding.STREAM_COPIED_DATA;
    values[at + 1] = ends;
    values[at + 2] = this.copies.length;
    values[at + 3] = timeNs;
    values[at + 4] = frame;
    const copy = new Uint8Array(end - start);
    copy.set(bytes.subarray(start, end));
    this.copies.push(copy);
  }

  private tellAddress(number: i32): void {
    const at = this.take(Finding.ADDRESS_SIZE);
    const values = this.values;
    values[at] = Finding.ADDRESS;
    values[at + 1] = this.addresses.version(number);
    for (let index: i32 = 0; index < 4; index++) values[at + 2 + index] = this.addresses.word(number, index);
  }

  /** Room for a record; where it starts. */
  private take(size: i32): i32 {
    const at = this.length;
    this.length = at + size;
    if (this.length > this.values.length) this.grow();
    return at;
  }

  private grow(): void {
    const larger = new Float64Array(2 * this.length);
    larger.set(this.values);
    this.values = larger;
  }
}
