import { Exchange, type ExchangeSink, type ExchangeState } from "../http/exchange.ts";
import { methodName, UNKNOWN } from "../http/methods.ts";
import type { AddressTable } from "../tcp/address-table.ts";
import type { SegmentSink } from "../tcp/segment-sink.ts";
import { SegmentTally } from "../tcp/segment-tally.ts";
import type { Side } from "../tcp/side.ts";
import * as Finding from "./findings.ts";
import type { ToldConnections } from "./told-connections.ts";

/** Names of `exchange-state.ts`. */
const STATES: readonly ExchangeState[] = [
  "complete",
  "unanswered",
  "aborted",
  "responseOnly",
  "bodyHole",
  "uncertain",
];

/** What was found in some frames. */
export interface Findings {
  /** The records, in `values[0 … length)`: see `findings.ts`. */
  readonly values: Float64Array;
  readonly length: number;
  /** Octets that records refer to. */
  readonly copies: readonly Uint8Array[];
}

/** Tells the metrics room what was written down, call by call. */
export class FindingsReader {
  readonly #addresses: AddressTable;
  readonly #connections: ToldConnections;
  readonly #sink: SegmentSink & ExchangeSink;
  /** Numbers of the addresses here, by their numbers there. */
  readonly #addressNumbers: number[] = [];
  readonly #word = new DataView(new ArrayBuffer(16));
  readonly #segmentTally = new SegmentTally();
  readonly #exchange = new Exchange();

  constructor(addresses: AddressTable, connections: ToldConnections, sink: SegmentSink & ExchangeSink) {
    this.#addresses = addresses;
    this.#connections = connections;
    this.#sink = sink;
  }

  read({ values, length, copies }: Findings): void {
    for (let at = 0; at < length; ) at = this.#record(values, at, copies);
  }

  /** One record; returns where the next one starts. */
  #record(values: Float64Array, at: number, copies: readonly Uint8Array[]): number {
    const sink = this.#sink;
    const first = values[at + 1] as number;
    const connection = first >> 1;
    const side = (first & 1) as Side;
    switch ((values[at] as number) | 0) {
      case Finding.FRAME:
        sink.frame(first, values[at + 2] as number, values[at + 3] as number);
        return at + Finding.FRAME_SIZE;
      case Finding.TALLY:
        this.#tally(values, at);
        sink.tally(connection, side, this.#segmentTally);
        return at + Finding.TALLY_SIZE;
      case Finding.TURN:
        sink.turn(connection, side, values[at + 2] as number);
        return at + Finding.TURN_SIZE;
      case Finding.SEGMENT:
        sink.segment(connection, side, values[at + 2] === 1, values[at + 3] === 1);
        return at + Finding.SEGMENT_SIZE;
      case Finding.ROUND_TRIP:
        sink.roundTrip(connection, side, values[at + 2] as number, values[at + 3] as number);
        return at + Finding.ROUND_TRIP_SIZE;
      case Finding.MESSAGE: {
        const kind = values[at + 2] === 1 ? "request" : "response";
        sink.message(connection, side, kind, values[at + 3] as number);
        return at + Finding.MESSAGE_SIZE;
      }
      case Finding.REQUEST:
        if (values[at + 2] === 1) this.#known(values, at + Finding.KNOWN, copies);
        sink.request(connection, side, values[at + 2] === 1 ? this.#exchange : null);
        return at + Finding.REQUEST_SIZE;
      case Finding.EXCHANGE:
        this.#exchange.connection = connection;
        this.#exchange.clientSide = side;
        this.#ended(values, at, copies);
        return at + Finding.EXCHANGE_SIZE;
      case Finding.CONNECTION_OPENED:
        this.#opened(values, at);
        return at + Finding.CONNECTION_OPENED_SIZE;
      case Finding.CONNECTION_CLOSED:
        sink.connectionClosed(first, values[at + 2] === 1);
        return at + Finding.CONNECTION_CLOSED_SIZE;
      default:
        return this.#rareRecord(values, at);
    }
  }

  #rareRecord(values: Float64Array, at: number): number {
    const sink = this.#sink;
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
      case Finding.ADDRESS:
        this.#address(values, at);
        return at + Finding.ADDRESS_SIZE;
      default:
        throw new RangeError(`no finding of kind ${values[at]}`);
    }
  }

  #tally(values: Float64Array, at: number): void {
    const tally = this.#segmentTally;
    tally.frames = values[at + 2] as number;
    tally.lostSegments = values[at + 3] as number;
    tally.firstNs = values[at + 4] as number;
    tally.lastNs = values[at + 5] as number;
    tally.packets = values[at + 6] as number;
    tally.bytes = values[at + 7] as number;
    tally.payloadBytes = values[at + 8] as number;
    tally.zeroWindows = values[at + 9] as number;
    tally.resets = values[at + 10] as number;
    tally.idSteps = values[at + 11] as number;
    tally.nextIds = values[at + 12] as number;
    tally.segments = values[at + 13] as number;
    tally.newPayloadBytes = values[at + 14] as number;
    tally.retransmittedSegments = values[at + 15] as number;
    tally.retransmittedBytes = values[at + 16] as number;
  }

  /** What is known of an exchange while it goes on. */
  #known(values: Float64Array, at: number, copies: readonly Uint8Array[]): void {
    const exchange = this.#exchange;
    const method = values[at + Finding.METHOD] as number;
    exchange.ordinal = values[at + Finding.ORDINAL] as number;
    exchange.method =
      method === UNKNOWN ? text(values[at + Finding.METHOD_NAME] as number, copies) : methodName(method);
    exchange.targetHash = values[at + Finding.TARGET_HASH] as number;
    exchange.requestIdHash = values[at + Finding.REQUEST_ID_HASH] as number;
    exchange.forwardedForHash = values[at + Finding.FORWARDED_FOR_HASH] as number;
    exchange.status = values[at + Finding.STATUS] as number;
    exchange.requestStartNs = values[at + Finding.REQUEST_START_NS] as number;
    exchange.requestEndNs = values[at + Finding.REQUEST_END_NS] as number;
    exchange.responseStartNs = values[at + Finding.RESPONSE_START_NS] as number;
    exchange.responseEndNs = values[at + Finding.RESPONSE_END_NS] as number;
  }

  #ended(values: Float64Array, at: number, copies: readonly Uint8Array[]): void {
    const exchange = this.#exchange;
    exchange.state = STATES[values[at + 2] as number] ?? "complete";
    this.#known(values, at + Finding.KNOWN, copies);
    const end = at + Finding.AT_END;
    exchange.interimResponses = values[end + Finding.INTERIM_RESPONSES] as number;
    exchange.requestStartFrame = values[end + Finding.REQUEST_START_FRAME] as number;
    exchange.requestEndFrame = values[end + Finding.REQUEST_END_FRAME] as number;
    exchange.responseStartFrame = values[end + Finding.RESPONSE_START_FRAME] as number;
    exchange.responseEndFrame = values[end + Finding.RESPONSE_END_FRAME] as number;
    exchange.requestBytes = values[end + Finding.REQUEST_BYTES] as number;
    exchange.responseBytes = values[end + Finding.RESPONSE_BYTES] as number;
    exchange.target = text(values[end + Finding.TARGET] as number, copies);
    exchange.host = text(values[end + Finding.HOST] as number, copies);
    exchange.requestId = text(values[end + Finding.REQUEST_ID] as number, copies);
    exchange.forwardedFor = text(values[end + Finding.FORWARDED_FOR] as number, copies);
    this.#sink.exchange(exchange);
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

/** A copy as latin-1, empty without one. */
function text(index: number, copies: readonly Uint8Array[]): string {
  const octets = index < 0 ? undefined : copies[index];
  if (octets === undefined) return "";
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString("latin1");
}
