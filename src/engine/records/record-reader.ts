/** Reads records, and makes the calls that they stand for. */
import { ExchangeTracker } from "../streams/pair-exchanges.ts";
import type { ConnectionEnds } from "../tally/connection-ends.ts";
import type { RunTally } from "../tally/run-tally.ts";
import type { AddressTable } from "../tcp/address-table.ts";
import { SegmentTally } from "../tcp/segment-tally.ts";
import {
  CONNECTION_CLOSED,
  CONNECTION_CLOSED_SIZE,
  CONNECTION_OPENED,
  CONNECTION_OPENED_SIZE,
  PASSED_ON,
  PASSED_ON_SIZE,
  readConnectionClosed,
  readConnectionOpened,
  readPassedOn,
  slotAt,
} from "./connection-records.ts";
import { FRAME, FRAME_SIZE, readFrame } from "./frame-record.ts";
import {
  LOST,
  LOST_EITHER_WAY,
  LOST_EITHER_WAY_SIZE,
  LOST_SIZE,
  readLost,
  readLostEitherWay,
  readUnsure,
  UNSURE,
  UNSURE_SIZE,
} from "./loss-records.ts";
import { PROTOCOL, PROTOCOL_SIZE, readProtocol } from "./protocol-record.ts";
import { ROUND_TRIP, ROUND_TRIP_SIZE, readRoundTrip } from "./round-trip-record.ts";
import { readSegment, readTurn, SEGMENT, SEGMENT_SIZE, TURN, TURN_SIZE } from "./segment-records.ts";
import { CLOSE, DATA, readClose, readData, readGap, STREAM_RECORD_SIZE } from "./stream-records.ts";
import { readTally, TALLY, TALLY_SIZE } from "./tally-record.ts";
import { TLS_STARTED, TLS_STARTED_SIZE } from "./tls-record.ts";

export class RecordReader {
  private readonly addresses: AddressTable;
  private readonly ends: ConnectionEnds;
  private readonly tally: RunTally;
  private readonly streams: ExchangeTracker;
  private readonly segments: SegmentTally = new SegmentTally();
  /** Octets of the batch that DATA records before this one took. */
  private octetsRead: i32 = 0;

  /** @param details whether exchanges carry target, host and other octets of their requests */
  constructor(addresses: AddressTable, ends: ConnectionEnds, tally: RunTally, details: boolean) {
    this.addresses = addresses;
    this.ends = ends;
    this.tally = tally;
    this.streams = new ExchangeTracker(tally, details);
    tally.discards = this.streams.discards;
  }

  /** Reads `words[0 … length)`. @param octets the payload that DATA records speak of */
  read(words: Int32Array, length: i32, octets: Uint8Array): void {
    this.octetsRead = 0;
    for (let at: i32 = 0; at < length; ) at += this.readRecord(words, at, octets);
  }

  /** Reads one record; returns its size. */
  private readRecord(words: Int32Array, at: i32, octets: Uint8Array): i32 {
    switch (words[at] as i32) {
      case FRAME:
        readFrame(words, at, this.tally);
        return FRAME_SIZE;
      case ROUND_TRIP:
        readRoundTrip(words, at, this.tally);
        return ROUND_TRIP_SIZE;
      case DATA:
        this.octetsRead = readData(words, at, octets, this.octetsRead, this.streams);
        return STREAM_RECORD_SIZE;
      case TALLY:
        readTally(words, at, this.segments, this.tally);
        return TALLY_SIZE;
      case CLOSE:
        readClose(words, at, this.streams);
        return STREAM_RECORD_SIZE;
      case TURN:
        readTurn(words, at, this.tally);
        return TURN_SIZE;
      case SEGMENT:
        readSegment(words, at, this.tally);
        return SEGMENT_SIZE;
      case CONNECTION_OPENED:
        this.readOpened(words, at);
        return CONNECTION_OPENED_SIZE;
      case CONNECTION_CLOSED:
        this.readClosed(words, at);
        return CONNECTION_CLOSED_SIZE;
      default:
        return this.readRareRecord(words, at);
    }
  }

  private readRareRecord(words: Int32Array, at: i32): i32 {
    switch (words[at] as i32) {
      case LOST:
        readLost(words, at, this.tally);
        return LOST_SIZE;
      case UNSURE:
        readUnsure(words, at, this.tally);
        return UNSURE_SIZE;
      case LOST_EITHER_WAY:
        readLostEitherWay(words, at, this.tally);
        return LOST_EITHER_WAY_SIZE;
      case PASSED_ON:
        readPassedOn(words, at, this.ends);
        return PASSED_ON_SIZE;
      case PROTOCOL:
        readProtocol(words, at, this.tally);
        return PROTOCOL_SIZE;
      case TLS_STARTED:
        // For the host, which reads TLS.
        return TLS_STARTED_SIZE;
      default:
        readGap(words, at, this.streams);
        return STREAM_RECORD_SIZE;
    }
  }

  private readOpened(words: Int32Array, at: i32): void {
    const slot = slotAt(words, at);
    const clientSide = readConnectionOpened(words, at, this.addresses, this.ends);
    this.tally.connectionOpened(slot, clientSide);
    // A client is known by its SYN, which is its stream's begin.
    this.streams.open(slot, clientSide !== -1, clientSide);
  }

  private readClosed(words: Int32Array, at: i32): void {
    const slot = slotAt(words, at);
    this.streams.forget(slot);
    this.tally.connectionClosed(slot, readConnectionClosed(words, at));
  }
}
