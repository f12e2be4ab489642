import { copyOctets } from "../dialect/byte-order.ts";
import { max } from "../dialect/integers.ts";
import { unfilledOctets, unfilledWords } from "../dialect/unfilled.ts";
import { receiverOf } from "../frames/frame-receiver.ts";
import { FrameRows } from "../frames/frame-rows.ts";
import type { Segment } from "../segments/segment.ts";
import type { AddressTable } from "../tcp/address-table.ts";
import type { Connection, Direction } from "../tcp/connection.ts";
import { type ConnectionSink, HANDSHAKE, REPEATED_HANDSHAKE } from "../tcp/connection-sink.ts";
import type { SegmentFacts } from "../tcp/segment-facts.ts";
import { SegmentTally } from "../tcp/segment-tally.ts";
import type { StreamListener } from "../tcp/stream-listener.ts";
import {
  CONNECTION_CLOSED_SIZE,
  CONNECTION_OPENED_SIZE,
  PASSED_ON_SIZE,
  writeConnectionClosed,
  writeConnectionOpened,
  writePassedOn,
} from "./connection-records.ts";
import { FRAME_SIZE, writeFrame } from "./frame-record.ts";
import {
  LOST_EITHER_WAY_SIZE,
  LOST_SIZE,
  UNSURE_SIZE,
  writeLost,
  writeLostEitherWay,
  writeUnsure,
} from "./loss-records.ts";
import { ROUND_TRIP_SIZE, writeRoundTrip } from "./round-trip-record.ts";
import { SEGMENT_SIZE, TURN_SIZE, writeSegment, writeTurn } from "./segment-records.ts";
import { CLOSE, DATA, dataValue, GAP, STREAM_RECORD_SIZE, writeStreamRecord } from "./stream-records.ts";
import { TALLY_SIZE, writeTally } from "./tally-record.ts";
import { TLS_STARTED_SIZE, writeTlsStarted } from "./tls-record.ts";
import { TlsStarts } from "./tls-starts.ts";

/** Initial room: for the records that are handed on at a time (`count-thread.ts`). Pages that are not used cost nothing. */
const INITIAL_WORDS: i32 = 1 << 18;
const INITIAL_OCTETS: i32 = 1 << 19;

/** Writes what the tcp room finds as records, in its order. */
export class RecordWriter implements ConnectionSink, StreamListener {
  /** The records, in `words[0 … length)`. */
  words: Int32Array = unfilledWords(INITIAL_WORDS);
  length: i32 = 0;
  /** The payload that DATA records speak of, in `octets[0 … octetsLength)`. */
  octets: Uint8Array = unfilledOctets(INITIAL_OCTETS);
  octetsLength: i32 = 0;
  /** Whether some of the records are of a connection that may be TLS. */
  hasTls: boolean = false;
  private readonly tlsStarts: TlsStarts = new TlsStarts();
  /** The number of the buffer that is written to, and all buffers. */
  private buffer: i32 = 0;
  private readonly wordBuffers: Int32Array[] = [];
  private readonly octetBuffers: Uint8Array[] = [];
  private readonly addresses: AddressTable;
  private readonly everySegment: boolean;
  /** Directions with a tally; of those whose connection has ended meanwhile it was written. */
  private readonly tallied: Direction[] = [];
  /** Reused, so that the few that are in use stay in the processor's cache. */
  private readonly spareTallies: SegmentTally[] = [];
  /** The frame that is being processed. */
  private frameNumber: i32 = 0;
  private rows: FrameRows = new FrameRows();
  private row: i32 = 0;
  private wireLength: i32 = 0;
  private timeNs: f64 = 0;
  private isFrameWritten: boolean = true;

  /** @param everySegment whether every segment gets a record, besides the tallies */
  constructor(addresses: AddressTable, everySegment: boolean) {
    this.addresses = addresses;
    this.everySegment = everySegment;
    this.wordBuffers.push(this.words);
    this.octetBuffers.push(this.octets);
  }

  /** Starts over in the buffer of this number, 0, 1, …; records in other buffers stay until those are written to again. */
  writeTo(buffer: i32): void {
    this.wordBuffers[this.buffer] = this.words;
    this.octetBuffers[this.buffer] = this.octets;
    while (this.wordBuffers.length <= buffer) {
      this.wordBuffers.push(unfilledWords(this.words.length));
      this.octetBuffers.push(unfilledOctets(this.octets.length));
    }
    this.words = this.wordBuffers[buffer] as Int32Array;
    this.octets = this.octetBuffers[buffer] as Uint8Array;
    this.buffer = buffer;
    this.length = 0;
    this.octetsLength = 0;
    this.hasTls = this.tlsStarts.open > 0;
  }

  /** The frame, in a row, whose segment is tracked next. It gets a record before the first record that needs it. */
  frame(number: i32, rows: FrameRows, row: i32): void {
    this.frameNumber = number;
    this.rows = rows;
    this.row = row;
    this.wireLength = rows.wireLength[row] as i32;
    this.timeNs = rows.timeNs[row] as f64;
    this.isFrameWritten = false;
  }

  /** The frame's segment, after everything else about it was written: it is tallied, and gets a record only where it must. */
  segment(direction: Direction, facts: SegmentFacts, segment: Segment): void {
    this.tallyOf(direction).add(facts, segment, this.wireLength, this.timeNs);
    if (facts.duplicate) return;
    if (!this.everySegment) return;
    this.writeFrameOnce();
    const at = this.take(SEGMENT_SIZE);
    writeSegment(this.words, at, direction.key, facts);
  }

  /** The direction's segment was recorded again, in this frame: whoever got it passed it on. Told once per connection. */
  passedOn(direction: Direction): void {
    if (direction.side !== 0 || direction.isPassedOnTold) return;
    direction.isPassedOnTold = true;
    const at = this.take(PASSED_ON_SIZE);
    writePassedOn(this.words, at, direction.slot, receiverOf(this.rows, this.row));
  }

  /** Writes all tallies. */
  writeTallies(): void {
    const tallied = this.tallied;
    for (let index: i32 = 0; index < tallied.length; index++) this.tally(tallied[index] as Direction);
    tallied.length = 0;
  }

  /** A connection begins; `clientSide` −1: its SYN was not seen. */
  connectionOpened(connection: Connection, clientSide: i32): void {
    this.writeFrameOnce();
    const at = this.take(CONNECTION_OPENED_SIZE);
    const receiver = receiverOf(this.rows, this.row);
    writeConnectionOpened(this.words, at, connection, this.addresses, clientSide, receiver);
    this.tlsStarts.begin(connection, clientSide);
  }

  /** The connection is gone: its slot may be used again. `isFailed`: its SYN was seen, and no answer to it. */
  connectionClosed(connection: Connection, isFailed: boolean): void {
    this.tally(connection.first);
    this.tally(connection.second);
    const at = this.take(CONNECTION_CLOSED_SIZE);
    writeConnectionClosed(this.words, at, connection.slot, isFailed);
    this.tlsStarts.end(connection.slot);
  }

  /** A round trip of a segment of the direction, from the tap to the receiver and back; kinds: `connection-sink.ts`. */
  roundTrip(direction: Direction, kind: i32, durationNs: f64): void {
    const at = this.take(ROUND_TRIP_SIZE);
    writeRoundTrip(this.words, at, direction.key, kind, durationNs, this.timeNs);
    if (kind === HANDSHAKE || kind === REPEATED_HANDSHAKE)
      this.tlsStarts.connected(direction.slot, durationNs);
  }

  /**
   * `segments` of the direction that occupy sequence space were lost; negative where later evidence takes an earlier
   * count back.
   */
  lost(direction: Direction, place: i32, evidence: i32, segments: i32): void {
    this.writeFrameOnce();
    const at = this.take(LOST_SIZE);
    writeLost(this.words, at, direction.key, place, evidence, segments);
  }

  /** The evidence leaves a choice: of the direction's losses, `below` may be none, and `above` more may be. */
  unsure(direction: Direction, evidence: i32, below: i32, above: i32): void {
    const at = this.take(UNSURE_SIZE);
    writeUnsure(this.words, at, direction.key, evidence, below, above);
  }

  /** One segment of the handshake was lost: a SYN beyond the tap or a SYN/ACK before it; nothing tells which. */
  lostEitherWay(slot: i32, synAcks: i32): void {
    const at = this.take(LOST_EITHER_WAY_SIZE);
    writeLostEitherWay(this.words, at, slot, synAcks);
  }

  turn(direction: Direction, flags: i32, timeNs: f64): void {
    this.writeFrameOnce();
    const at = this.take(TURN_SIZE);
    writeTurn(this.words, at, direction.key, flags, timeNs);
  }

  /** `connectionOpened` writes it. */
  open(_connection: i32, _fromStart: boolean, _clientSide: i32): void {}

  data(
    connection: i32,
    side: i32,
    bytes: Uint8Array,
    start: i32,
    end: i32,
    timeNs: f64,
    frame: i32,
    reply: i32,
  ): void {
    this.writeFrameOnce();
    if (this.tlsStarts.startsWith(connection, bytes, start, end)) this.tlsStarted(connection);
    const length = end - start;
    this.writeStream(DATA, connection * 2 + side, dataValue(length, reply), timeNs, frame);
    const to = this.octetsLength;
    if (to + length > this.octets.length) this.growOctets(to + length);
    copyOctets(bytes, start, length, this.octets, to);
    this.octetsLength = to + length;
  }

  gap(connection: i32, side: i32, length: i32, timeNs: f64, frame: i32): void {
    this.writeFrameOnce();
    this.writeStream(GAP, connection * 2 + side, length, timeNs, frame);
  }

  close(connection: i32, side: i32, reason: i32, timeNs: f64, frame: i32): void {
    this.writeFrameOnce();
    this.writeStream(CLOSE, connection * 2 + side, reason, timeNs, frame);
  }

  /** `connectionClosed` writes it. */
  forget(_connection: i32): void {}

  private tlsStarted(slot: i32): void {
    this.hasTls = true;
    const at = this.take(TLS_STARTED_SIZE);
    const tlsStarts = this.tlsStarts;
    const connection = tlsStarts.connection(slot);
    const clientSide = tlsStarts.clientSide(slot);
    writeTlsStarted(this.words, at, connection, this.addresses, clientSide, tlsStarts.connectNs(slot));
  }

  private writeStream(kind: i32, ends: i32, value: i32, timeNs: f64, frame: i32): void {
    const at = this.take(STREAM_RECORD_SIZE);
    writeStreamRecord(this.words, at, kind, ends, value, timeNs, frame);
  }

  private tallyOf(direction: Direction): SegmentTally {
    const known = direction.tally;
    if (known !== null) return known;
    const spare = this.spareTallies;
    const tally = spare.length > 0 ? (spare.pop() as SegmentTally) : new SegmentTally();
    direction.tally = tally;
    this.tallied.push(direction);
    return tally;
  }

  private tally(direction: Direction): void {
    const tally = direction.tally;
    if (tally === null) return;
    const at = this.take(TALLY_SIZE);
    writeTally(this.words, at, direction.key, tally);
    direction.tally = null;
    tally.clear();
    this.spareTallies.push(tally);
  }

  private writeFrameOnce(): void {
    if (this.isFrameWritten) return;
    this.isFrameWritten = true;
    const at = this.take(FRAME_SIZE);
    writeFrame(this.words, at, this.frameNumber, this.wireLength, this.timeNs);
  }

  /** Room for a record; where it starts. */
  private take(size: i32): i32 {
    const at = this.length;
    this.length = at + size;
    if (this.length > this.words.length) this.grow();
    return at;
  }

  private grow(): void {
    const larger = unfilledWords(2 * this.length);
    larger.set(this.words);
    this.words = larger;
  }

  private growOctets(length: i32): void {
    const larger = unfilledOctets(max(length, 2 * this.octets.length));
    larger.set(this.octets);
    this.octets = larger;
  }
}
