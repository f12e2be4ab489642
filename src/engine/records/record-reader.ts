/** Reads findings, and makes the calls that they stand for. */
import { doubleAt } from "../dialect/doubles.ts";
import { ExchangeTracker } from "../http/pair-exchanges.ts";
import type { ConnectionEnds } from "../tally/connection-ends.ts";
import type { RunTally } from "../tally/run-tally.ts";
import type { AddressTable } from "../tcp/address-table.ts";
import { SegmentTally } from "../tcp/segment-tally.ts";
import * as Finding from "./records.ts";

export class RecordReader {
  private readonly addresses: AddressTable;
  private readonly ends: ConnectionEnds;
  private readonly tally: RunTally;
  private readonly streams: ExchangeTracker;
  /** Numbers of addresses here, by those that the follower gave them. */
  private readonly addressNumbers: i32[] = [];
  private readonly address: DataView = new DataView(new ArrayBuffer(16));
  private readonly segments: SegmentTally = new SegmentTally();
  /** Octets read so far of those at hand. */
  private octetsRead: i32 = 0;

  /** @param details whether exchanges carry target, host and other octets of their requests */
  constructor(addresses: AddressTable, ends: ConnectionEnds, tally: RunTally, details: boolean) {
    this.addresses = addresses;
    this.ends = ends;
    this.tally = tally;
    this.streams = new ExchangeTracker(tally, details);
  }

  /** Reads `words[0 … length)`. @param octets what DATA records speak of */
  read(words: Int32Array, length: i32, octets: Uint8Array): void {
    this.octetsRead = 0;
    for (let at: i32 = 0; at < length; ) at = this.record(words, at, octets);
  }

  /** One record; returns where the next one starts. */
  private record(words: Int32Array, at: i32, octets: Uint8Array): i32 {
    const tally = this.tally;
    const first = words[at + 1] as i32;
    const connection = first >> 1;
    const side = first & 1;
    switch (words[at] as i32) {
      case Finding.FRAME:
        tally.frame(first, words[at + 2] as i32, doubleAt(words, at + 3));
        return at + Finding.FRAME_SIZE;
      case Finding.ROUND_TRIP:
        tally.roundTrip(connection, side, words[at + 2] as i32, doubleAt(words, at + 3));
        return at + Finding.ROUND_TRIP_SIZE;
      case Finding.DATA:
        this.data(words, at, octets);
        return at + Finding.DATA_SIZE;
      case Finding.TALLY:
        this.readTally(words, at);
        tally.tally(connection, side, this.segments);
        return at + Finding.TALLY_SIZE;
      case Finding.CLOSE:
        this.streams.close(
          connection,
          side,
          words[at + 2] as i32,
          doubleAt(words, at + 3),
          words[at + 5] as i32,
        );
        return at + Finding.CLOSE_SIZE;
      case Finding.TURN:
        tally.turn(connection, side, words[at + 2] as i32);
        return at + Finding.TURN_SIZE;
      case Finding.SEGMENT:
        tally.segment(connection, side, words[at + 2] !== 0, words[at + 3] !== 0);
        return at + Finding.SEGMENT_SIZE;
      case Finding.CONNECTION_OPENED:
        this.opened(words, at);
        return at + Finding.CONNECTION_OPENED_SIZE;
      case Finding.CONNECTION_CLOSED:
        this.streams.forget(first);
        tally.connectionClosed(first, words[at + 2] !== 0);
        return at + Finding.CONNECTION_CLOSED_SIZE;
      default:
        return this.rareRecord(words, at);
    }
  }

  private rareRecord(words: Int32Array, at: i32): i32 {
    const tally = this.tally;
    const first = words[at + 1] as i32;
    const connection = first >> 1;
    const side = first & 1;
    const second = words[at + 2] as i32;
    switch (words[at] as i32) {
      case Finding.LOST:
        tally.lost(connection, side, second, words[at + 3] as i32, words[at + 4] as i32);
        return at + Finding.LOST_SIZE;
      case Finding.UNSURE:
        tally.unsure(connection, side, second, words[at + 3] as i32, words[at + 4] as i32);
        return at + Finding.UNSURE_SIZE;
      case Finding.LOST_EITHER_WAY:
        tally.lostEitherWay(first);
        return at + Finding.LOST_EITHER_WAY_SIZE;
      case Finding.GAP:
        this.streams.gap(connection, side, second, doubleAt(words, at + 3), words[at + 5] as i32);
        return at + Finding.GAP_SIZE;
      default:
        this.addAddress(words, at);
        return at + Finding.ADDRESS_SIZE;
    }
  }

  private data(words: Int32Array, at: i32, octets: Uint8Array): void {
    const ends = words[at + 1] as i32;
    const start = this.octetsRead;
    const end = start + (words[at + 2] as i32);
    this.octetsRead = end;
    const frame = words[at + 5] as i32;
    this.streams.data(ends >> 1, ends & 1, octets, start, end, doubleAt(words, at + 3), frame);
  }

  private readTally(words: Int32Array, at: i32): void {
    const tally = this.segments;
    tally.frames = words[at + 2] as i32;
    tally.lostSegments = words[at + 3] as i32;
    tally.firstNs = doubleAt(words, at + 4);
    tally.lastNs = doubleAt(words, at + 6);
    tally.packets = words[at + 8] as i32;
    tally.bytes = doubleAt(words, at + 9);
    tally.payloadBytes = doubleAt(words, at + 11);
    tally.zeroWindows = words[at + 13] as i32;
    tally.resets = words[at + 14] as i32;
    tally.idSteps = words[at + 15] as i32;
    tally.nextIds = words[at + 16] as i32;
    tally.segments = words[at + 17] as i32;
    tally.newPayloadBytes = doubleAt(words, at + 18);
    tally.retransmittedSegments = words[at + 20] as i32;
    tally.retransmittedBytes = doubleAt(words, at + 21);
  }

  private opened(words: Int32Array, at: i32): void {
    const slot = words[at + 1] as i32;
    const clientSide = words[at + 2] as i32;
    this.ends.open(slot, words[at + 3] as i32);
    for (let side: i32 = 0; side < 2; side++) {
      const address = this.addressNumbers[words[at + 4 + 2 * side] as i32] as i32;
      this.ends.place(slot, side, address, words[at + 5 + 2 * side] as i32);
    }
    this.tally.connectionOpened(slot, clientSide);
    // A client is known by its SYN, which is its stream's begin.
    this.streams.open(slot, clientSide !== -1, clientSide);
  }

  private addAddress(words: Int32Array, at: i32): void {
    const view = this.address;
    for (let word: i32 = 0; word < 4; word++) view.setInt32(4 * word, words[at + 2 + word] as i32);
    this.addressNumbers.push(this.addresses.intern(view, 0, words[at + 1] as i32));
  }
}
