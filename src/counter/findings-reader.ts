/** Reads findings, and makes the calls that they stand for. */
import * as Finding from "../findings/findings.ts";
import { ExchangeTracker } from "../http/pair-exchanges.ts";
import type { ConnectionEnds } from "../tally/connection-ends.ts";
import type { RunTally } from "../tally/run-tally.ts";
import type { AddressTable } from "../tcp/address-table.ts";
import { SegmentTally } from "../tcp/segment-tally.ts";

export class FindingsReader {
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

  /** Reads `values[0 … length)`. @param octets what DATA records speak of */
  read(values: Float64Array, length: i32, octets: Uint8Array): void {
    this.octetsRead = 0;
    for (let at: i32 = 0; at < length; ) at = this.record(values, at, octets);
  }

  /** One record; returns where the next one starts. */
  private record(values: Float64Array, at: i32, octets: Uint8Array): i32 {
    const tally = this.tally;
    const first = values[at + 1] as f64 as i32;
    const connection = first >> 1;
    const side = first & 1;
    switch (values[at] as f64 as i32) {
      case Finding.FRAME:
        tally.frame(first, values[at + 2] as f64 as i32, values[at + 3] as f64);
        return at + Finding.FRAME_SIZE;
      case Finding.ROUND_TRIP:
        tally.roundTrip(connection, side, values[at + 2] as f64 as i32, values[at + 3] as f64);
        return at + Finding.ROUND_TRIP_SIZE;
      case Finding.DATA:
        this.data(values, at, octets);
        return at + Finding.DATA_SIZE;
      case Finding.TALLY:
        this.readTally(values, at);
        tally.tally(connection, side, this.segments);
        return at + Finding.TALLY_SIZE;
      case Finding.CLOSE:
        this.streams.close(
          connection,
          side,
          values[at + 2] as f64 as i32,
          values[at + 3] as f64,
          values[at + 4] as f64 as i32,
        );
        return at + Finding.CLOSE_SIZE;
      case Finding.TURN:
        tally.turn(connection, side, values[at + 2] as f64 as i32);
        return at + Finding.TURN_SIZE;
      case Finding.SEGMENT:
        tally.segment(connection, side, values[at + 2] !== 0, values[at + 3] !== 0);
        return at + Finding.SEGMENT_SIZE;
      case Finding.CONNECTION_OPENED:
        this.opened(values, at);
        return at + Finding.CONNECTION_OPENED_SIZE;
      case Finding.CONNECTION_CLOSED:
        this.streams.forget(first);
        tally.connectionClosed(first, values[at + 2] !== 0);
        return at + Finding.CONNECTION_CLOSED_SIZE;
      default:
        return this.rareRecord(values, at);
    }
  }

  private rareRecord(values: Float64Array, at: i32): i32 {
    const tally = this.tally;
    const first = values[at + 1] as f64 as i32;
    const connection = first >> 1;
    const side = first & 1;
    const second = values[at + 2] as f64 as i32;
    switch (values[at] as f64 as i32) {
      case Finding.LOST:
        tally.lost(connection, side, second, values[at + 3] as f64 as i32, values[at + 4] as f64 as i32);
        return at + Finding.LOST_SIZE;
      case Finding.UNSURE:
        tally.unsure(connection, side, second, values[at + 3] as f64 as i32, values[at + 4] as f64 as i32);
        return at + Finding.UNSURE_SIZE;
      case Finding.LOST_EITHER_WAY:
        tally.lostEitherWay(first);
        return at + Finding.LOST_EITHER_WAY_SIZE;
      case Finding.GAP:
        this.streams.gap(connection, side, second, values[at + 3] as f64, values[at + 4] as f64 as i32);
        return at + Finding.GAP_SIZE;
      default:
        this.addAddress(values, at);
        return at + Finding.ADDRESS_SIZE;
    }
  }

  private data(values: Float64Array, at: i32, octets: Uint8Array): void {
    const ends = values[at + 1] as f64 as i32;
    const start = this.octetsRead;
    const end = start + (values[at + 2] as f64 as i32);
    this.octetsRead = end;
    const frame = values[at + 4] as f64 as i32;
    this.streams.data(ends >> 1, ends & 1, octets, start, end, values[at + 3] as f64, frame);
  }

  private readTally(values: Float64Array, at: i32): void {
    const tally = this.segments;
    tally.frames = values[at + 2] as f64 as i32;
    tally.lostSegments = values[at + 3] as f64 as i32;
    tally.firstNs = values[at + 4] as f64;
    tally.lastNs = values[at + 5] as f64;
    tally.packets = values[at + 6] as f64 as i32;
    tally.bytes = values[at + 7] as f64;
    tally.payloadBytes = values[at + 8] as f64;
    tally.zeroWindows = values[at + 9] as f64 as i32;
    tally.resets = values[at + 10] as f64 as i32;
    tally.idSteps = values[at + 11] as f64 as i32;
    tally.nextIds = values[at + 12] as f64 as i32;
    tally.segments = values[at + 13] as f64 as i32;
    tally.newPayloadBytes = values[at + 14] as f64;
    tally.retransmittedSegments = values[at + 15] as f64 as i32;
    tally.retransmittedBytes = values[at + 16] as f64;
  }

  private opened(values: Float64Array, at: i32): void {
    const slot = values[at + 1] as f64 as i32;
    const clientSide = values[at + 2] as f64 as i32;
    this.ends.open(slot, values[at + 3] as f64 as i32);
    for (let side: i32 = 0; side < 2; side++) {
      const address = this.addressNumbers[values[at + 4 + 2 * side] as f64 as i32] as i32;
      this.ends.place(slot, side, address, values[at + 5 + 2 * side] as f64 as i32);
    }
    this.tally.connectionOpened(slot, clientSide);
    // A client is known by its SYN, which is its stream's begin.
    this.streams.open(slot, clientSide !== -1, clientSide);
  }

  private addAddress(values: Float64Array, at: i32): void {
    const view = this.address;
    for (let word: i32 = 0; word < 4; word++) view.setInt32(4 * word, values[at + 2 + word] as f64 as i32);
    this.addressNumbers.push(this.addresses.intern(view, 0, values[at + 1] as f64 as i32));
  }
}
