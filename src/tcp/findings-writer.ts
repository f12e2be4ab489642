import type { Segment } from "../packet/segment.ts";
import type { AddressTable } from "./address-table.ts";
import type { Side } from "./connection.ts";
import type { ConnectionBook } from "./connection-book.ts";
import type { LossEvidence, LossPlace, RoundTripKind } from "./connection-sink.ts";
import * as Finding from "./findings.ts";
import type { SegmentSink } from "./segment-sink.ts";
import type { StreamListener } from "./stream-listener.ts";
import type { SegmentFacts } from "./track-connections.ts";

/** Makes memory for findings: what it makes must be such as the other thread can read. */
export type MakeValues = (length: number) => Float64Array;

/** Stands in the place of the later rooms and writes down what it is told. */
export class FindingsWriter implements SegmentSink, StreamListener {
  readonly #addresses: AddressTable;
  readonly #connections: ConnectionBook;
  readonly #makeValues: MakeValues;
  #values: Float64Array;
  #length = 0;
  #bytes: Buffer = Buffer.alloc(0);
  #copies: Uint8Array[] = [];
  /** Addresses that were written down already. */
  #addressesTold = 0;

  constructor(addresses: AddressTable, connections: ConnectionBook, makeValues: MakeValues) {
    this.#addresses = addresses;
    this.#connections = connections;
    this.#makeValues = makeValues;
    this.#values = makeValues(0);
  }

  /**
   * Begins anew.
   * @param values memory to write to; it is replaced by larger memory where it does not do
   * @param bytes the memory that the next frames lie in
   */
  begin(values: Float64Array, bytes: Buffer): void {
    this.#values = values;
    this.#bytes = bytes;
    this.#length = 0;
    this.#copies = [];
  }

  /** What was written since `begin`. */
  get findings(): Finding.Findings {
    return { values: this.#values, length: this.#length, bytes: this.#bytes, copies: this.#copies };
  }

  frame(number: number, wireLength: number, timeNs: number): void {
    const at = this.#take(Finding.FRAME_SIZE);
    const values = this.#values;
    values[at] = Finding.FRAME;
    values[at + 1] = number;
    values[at + 2] = wireLength;
    values[at + 3] = timeNs;
  }

  segment(facts: SegmentFacts, segment: Segment, _timeNs: number): void {
    const at = this.#take(Finding.SEGMENT_SIZE);
    const values = this.#values;
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

  connectionOpened(connection: number, clientSide: Side | -1): void {
    while (this.#addressesTold < this.#addresses.size) this.#tellAddress(this.#addressesTold++);
    const book = this.#connections;
    const at = this.#take(Finding.CONNECTION_OPENED_SIZE);
    const values = this.#values;
    values[at] = Finding.CONNECTION_OPENED;
    values[at + 1] = connection;
    values[at + 2] = clientSide;
    values[at + 3] = book.ordinalOf(connection);
    values[at + 4] = book.addressOf(connection, 0);
    values[at + 5] = book.portOf(connection, 0);
    values[at + 6] = book.addressOf(connection, 1);
    values[at + 7] = book.portOf(connection, 1);
  }

  connectionClosed(connection: number, isFailed: boolean): void {
    const at = this.#take(Finding.CONNECTION_CLOSED_SIZE);
    this.#values[at] = Finding.CONNECTION_CLOSED;
    this.#values[at + 1] = connection;
    this.#values[at + 2] = isFailed ? 1 : 0;
  }

  roundTrip(connection: number, side: Side, kind: RoundTripKind, durationNs: number): void {
    const at = this.#take(Finding.ROUND_TRIP_SIZE);
    const values = this.#values;
    values[at] = Finding.ROUND_TRIP;
    values[at + 1] = connection * 2 + side;
    values[at + 2] = kind;
    values[at + 3] = durationNs;
  }

  lost(connection: number, side: Side, place: LossPlace, evidence: LossEvidence, segments: number): void {
    const at = this.#take(Finding.LOST_SIZE);
    const values = this.#values;
    values[at] = Finding.LOST;
    values[at + 1] = connection * 2 + side;
    values[at + 2] = place;
    values[at + 3] = evidence;
    values[at + 4] = segments;
  }

  unsure(connection: number, side: Side, evidence: LossEvidence, below: number, above: number): void {
    const at = this.#take(Finding.UNSURE_SIZE);
    const values = this.#values;
    values[at] = Finding.UNSURE;
    values[at + 1] = connection * 2 + side;
    values[at + 2] = evidence;
    values[at + 3] = below;
    values[at + 4] = above;
  }

  lostEitherWay(connection: number): void {
    const at = this.#take(Finding.LOST_EITHER_WAY_SIZE);
    this.#values[at] = Finding.LOST_EITHER_WAY;
    this.#values[at + 1] = connection;
  }

  open(connection: number, fromStart: boolean, clientSide: Side | -1): void {
    const at = this.#take(Finding.STREAM_OPENED_SIZE);
    const values = this.#values;
    values[at] = Finding.STREAM_OPENED;
    values[at + 1] = connection;
    values[at + 2] = fromStart ? 1 : 0;
    values[at + 3] = clientSide;
  }

  data(
    connection: number,
    side: Side,
    bytes: Buffer,
    start: number,
    end: number,
    timeNs: number,
    frame: number,
  ): void {
    if (bytes !== this.#bytes) {
      this.#copiedData(connection, side, bytes.subarray(start, end), timeNs, frame);
      return;
    }
    const at = this.#take(Finding.STREAM_DATA_SIZE);
    const values = this.#values;
    values[at] = Finding.STREAM_DATA;
    values[at + 1] = connection * 2 + side;
    values[at + 2] = start;
    values[at + 3] = end;
    values[at + 4] = timeNs;
    values[at + 5] = frame;
  }

  gap(connection: number, side: Side, length: number, timeNs: number, frame: number): void {
    const at = this.#take(Finding.STREAM_GAP_SIZE);
    const values = this.#values;
    values[at] = Finding.STREAM_GAP;
    values[at + 1] = connection * 2 + side;
    values[at + 2] = length;
    values[at + 3] = timeNs;
    values[at + 4] = frame;
  }

  close(
    connection: number,
    side: Side,
    reason: "fin" | "reset" | "end",
    timeNs: number,
    frame: number,
  ): void {
    const at = this.#take(Finding.STREAM_CLOSED_SIZE);
    const values = this.#values;
    values[at] = Finding.STREAM_CLOSED;
    values[at + 1] = connection * 2 + side;
    values[at + 2] = Finding.CLOSE_REASONS.indexOf(reason);
    values[at + 3] = timeNs;
    values[at + 4] = frame;
  }

  forget(connection: number): void {
    const at = this.#take(Finding.STREAM_FORGOTTEN_SIZE);
    this.#values[at] = Finding.STREAM_FORGOTTEN;
    this.#values[at + 1] = connection;
  }

  #copiedData(connection: number, side: Side, bytes: Uint8Array, timeNs: number, frame: number): void {
    const at = this.#take(Finding.STREAM_COPIED_DATA_SIZE);
    const values = this.#values;
    values[at] = Finding.STREAM_COPIED_DATA;
    values[at + 1] = connection * 2 + side;
    values[at + 2] = this.#copies.length;
    values[at + 3] = timeNs;
    values[at + 4] = frame;
    this.#copies.push(Uint8Array.from(bytes));
  }

  #tellAddress(number: number): void {
    const bytes = this.#addresses.bytesOf(number);
    const at = this.#take(Finding.ADDRESS_SIZE);
    const values = this.#values;
    values[at] = Finding.ADDRESS;
    values[at + 1] = bytes.length === 4 ? 4 : 6;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let word = 0; word < 4; word++) {
      values[at + 2 + word] = word * 4 < bytes.length ? view.getUint32(word * 4) : 0;
    }
  }

  /** Room for a record; where it starts. */
  #take(size: number): number {
    const at = this.#length;
    this.#length = at + size;
    if (this.#length > this.#values.length) this.#grow();
    return at;
  }

  #grow(): void {
    const larger = this.#makeValues(Math.max(1024, 2 * this.#length));
    larger.set(this.#values);
    this.#values = larger;
  }
}
