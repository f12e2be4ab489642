import { Segment } from "../packet/segment.ts";
import type { AddressTable } from "./address-table.ts";
import type { ConnectionBook } from "./connection-book.ts";
import * as Finding from "./findings.ts";
import { SegmentFacts } from "./segment-facts.ts";
import type { SegmentSink } from "./segment-sink.ts";
import type { Side } from "./side.ts";

const ANALYSIS_MASK = (1 << Finding.TCP_FLAGS_SHIFT) - 1;
const TCP_FLAGS_MASK = 0xff;
const INITIAL_SLOTS = 1024;

/** What was found in some frames. */
export interface Findings {
  /** The records, in `values[0 … length)`: see `findings.ts`. */
  readonly values: Float64Array;
  readonly length: number;
  /** The memory that the frames lie in. */
  readonly bytes: Buffer;
  /** Payload that lies elsewhere. */
  readonly copies: readonly Uint8Array[];
}

/** Who takes the ordered bytes of connections: see `StreamListener`. */
export interface StreamReader {
  open(connection: number, fromStart: boolean, clientSide: Side | -1): void;
  data(
    connection: number,
    side: Side,
    bytes: Buffer,
    start: number,
    end: number,
    timeNs: number,
    frame: number,
  ): void;
  gap(connection: number, side: Side, length: number, timeNs: number, frame: number): void;
  close(connection: number, side: Side, reason: "fin" | "reset" | "end", timeNs: number, frame: number): void;
  forget(connection: number): void;
}

const CLOSE_REASONS = ["fin", "reset", "end"] as const;

/** Who speaks on the connections that findings tell of. */
export class ToldConnections implements ConnectionBook {
  /** By connection × 2 + side. */
  #addresses = new Uint32Array(2 * INITIAL_SLOTS);
  #ports = new Uint16Array(2 * INITIAL_SLOTS);
  #ordinals = new Uint32Array(INITIAL_SLOTS);

  addressOf(slot: number, side: Side): number {
    return this.#addresses[slot * 2 + side] as number;
  }

  portOf(slot: number, side: Side): number {
    return this.#ports[slot * 2 + side] as number;
  }

  ordinalOf(slot: number): number {
    return this.#ordinals[slot] as number;
  }

  /** A connection begins at the slot. */
  open(slot: number, ordinal: number): void {
    while (slot >= this.#ordinals.length) this.#grow();
    this.#ordinals[slot] = ordinal;
  }

  /** Who is at one side of the slot opened last. */
  place(slot: number, side: Side, address: number, port: number): void {
    this.#addresses[slot * 2 + side] = address;
    this.#ports[slot * 2 + side] = port;
  }

  #grow(): void {
    const addresses = new Uint32Array(2 * this.#addresses.length);
    addresses.set(this.#addresses);
    this.#addresses = addresses;
    const ports = new Uint16Array(2 * this.#ports.length);
    ports.set(this.#ports);
    this.#ports = ports;
    const ordinals = new Uint32Array(2 * this.#ordinals.length);
    ordinals.set(this.#ordinals);
    this.#ordinals = ordinals;
  }
}

/** Tells the later rooms what was written down, call by call. */
export class FindingsReader {
  readonly #facts = new SegmentFacts();
  readonly #addresses: AddressTable;
  readonly #connections: ToldConnections;
  readonly #sink: SegmentSink;
  readonly #streams: StreamReader;
  /** Numbers of the addresses here, by their numbers there. */
  readonly #addressNumbers: number[] = [];
  readonly #word = new DataView(new ArrayBuffer(16));
  readonly #segment = new Segment();
  #timeNs = 0;

  constructor(
    addresses: AddressTable,
    connections: ToldConnections,
    sink: SegmentSink,
    streams: StreamReader,
  ) {
    this.#addresses = addresses;
    this.#connections = connections;
    this.#sink = sink;
    this.#streams = streams;
  }

  read({ values, length, bytes, copies }: Findings): void {
    for (let at = 0; at < length; ) at = this.#record(values, at, bytes, copies);
  }

  /** One record; returns where the next one starts. */
  #record(values: Float64Array, at: number, bytes: Buffer, copies: readonly Uint8Array[]): number {
    const sink = this.#sink;
    const streams = this.#streams;
    const first = values[at + 1] as number;
    const connection = first >> 1;
    const side = (first & 1) as Side;
    switch ((values[at] as number) | 0) {
      case Finding.FRAME:
        this.#timeNs = values[at + 3] as number;
        sink.frame(first, values[at + 2] as number, this.#timeNs);
        return at + Finding.FRAME_SIZE;
      case Finding.SEGMENT:
        this.#facts.connection = connection;
        this.#facts.side = side;
        this.#segmentOf(values, at);
        return at + Finding.SEGMENT_SIZE;
      case Finding.STREAM_DATA:
        streams.data(
          connection,
          side,
          bytes,
          values[at + 2] as number,
          values[at + 3] as number,
          values[at + 4] as number,
          values[at + 5] as number,
        );
        return at + Finding.STREAM_DATA_SIZE;
      case Finding.ROUND_TRIP:
        sink.roundTrip(connection, side, values[at + 2] as number, values[at + 3] as number);
        return at + Finding.ROUND_TRIP_SIZE;
      case Finding.CONNECTION_OPENED:
        this.#opened(values, at);
        return at + Finding.CONNECTION_OPENED_SIZE;
      case Finding.CONNECTION_CLOSED:
        sink.connectionClosed(first, values[at + 2] === 1);
        return at + Finding.CONNECTION_CLOSED_SIZE;
      case Finding.STREAM_OPENED:
        streams.open(first, values[at + 2] === 1, values[at + 3] as Side | -1);
        return at + Finding.STREAM_OPENED_SIZE;
      case Finding.STREAM_CLOSED: {
        const reason = CLOSE_REASONS[values[at + 2] as number] ?? "end";
        streams.close(connection, side, reason, values[at + 3] as number, values[at + 4] as number);
        return at + Finding.STREAM_CLOSED_SIZE;
      }
      case Finding.STREAM_FORGOTTEN:
        streams.forget(first);
        return at + Finding.STREAM_FORGOTTEN_SIZE;
      default:
        return this.#rareRecord(values, at, copies);
    }
  }

  #rareRecord(values: Float64Array, at: number, copies: readonly Uint8Array[]): number {
    const sink = this.#sink;
    const streams = this.#streams;
    const first = values[at + 1] as number;
    const connection = first >> 1;
    const side = (first & 1) as Side;
    const [second, third, fourth] = values.subarray(at + 2, at + 5) as unknown as [number, number, number];
    switch (values[at]) {
      case Finding.LOST:
        sink.lost(connection, side, second, third, fourth);
        return at + Finding.LOST_SIZE;
      case Finding.UNSURE:
        sink.unsure(connection, side, second, third, fourth);
        return at + Finding.UNSURE_SIZE;
      case Finding.LOST_EITHER_WAY:
        sink.lostEitherWay(first);
        return at + Finding.LOST_EITHER_WAY_SIZE;
      case Finding.STREAM_GAP:
        streams.gap(connection, side, second, third, fourth);
        return at + Finding.STREAM_GAP_SIZE;
      case Finding.STREAM_COPIED_DATA: {
        const copy = copies[second] ?? new Uint8Array(0);
        const bytes = Buffer.from(copy.buffer, copy.byteOffset, copy.length);
        streams.data(connection, side, bytes, 0, bytes.length, third, fourth);
        return at + Finding.STREAM_COPIED_DATA_SIZE;
      }
      case Finding.ADDRESS:
        this.#address(values, at);
        return at + Finding.ADDRESS_SIZE;
      default:
        throw new RangeError(`no finding of kind ${values[at]}`);
    }
  }

  #segmentOf(values: Float64Array, at: number): void {
    const bits = values[at + 2] as number;
    const facts = this.#facts;
    facts.analysis = bits & ANALYSIS_MASK;
    facts.duplicate = (bits & Finding.DUPLICATE_BIT) !== 0;
    facts.occupies = (bits & Finding.OCCUPIES_BIT) !== 0;
    facts.idStep = bits >>> Finding.ID_STEP_SHIFT;
    facts.newPayloadBytes = values[at + 4] as number;
    facts.seenAgainBytes = values[at + 5] as number;
    this.#segment.flags = (bits >>> Finding.TCP_FLAGS_SHIFT) & TCP_FLAGS_MASK;
    this.#segment.payloadLength = values[at + 3] as number;
    this.#sink.segment(facts, this.#segment, this.#timeNs);
  }

  #opened(values: Float64Array, at: number): void {
    const slot = values[at + 1] as number;
    const book = this.#connections;
    book.open(slot, values[at + 3] as number);
    for (const side of [0, 1] as const) {
      const address = this.#addressNumbers[values[at + 4 + 2 * side] as number] ?? 0;
      book.place(slot, side, address, values[at + 5 + 2 * side] as number);
    }
    this.#sink.connectionOpened(slot, values[at + 2] as Side | -1);
  }

  #address(values: Float64Array, at: number): void {
    for (let word = 0; word < 4; word++) this.#word.setUint32(4 * word, values[at + 2 + word] as number);
    this.#addressNumbers.push(this.#addresses.intern(this.#word, 0, values[at + 1] as number));
  }
}
