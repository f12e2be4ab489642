/** The http room as the tests speak of it: its numbers and octets in words, as the rooms behind it have them. */
import * as DiscardReason from "../../../src/engine/http/discards.ts";
import type { ExchangeListener } from "../../../src/engine/http/exchange-listener.ts";
import * as State from "../../../src/engine/http/exchange-state.ts";
import { methodName, UNKNOWN } from "../../../src/engine/http/methods.ts";
import type { OpenExchange } from "../../../src/engine/http/open-exchange.ts";
import { ExchangeTracker } from "../../../src/engine/streams/pair-exchanges.ts";
import * as Close from "../../../src/engine/tcp/stream-listener.ts";
import type { ExchangeState } from "../../../src/metrics/exchanges/exchange-row.ts";
import { Exchange, type ExchangeSink } from "./exchange.ts";

/** How one direction of a connection ended: `stream-listener.ts` in words. */
export type CloseReason = "fin" | "reset" | "replaced" | "end";

const CLOSE_REASONS: Readonly<Record<CloseReason, number>> = {
  fin: Close.FIN,
  reset: Close.RESET,
  replaced: Close.REPLACED,
  end: Close.END,
};

const STATES: Readonly<Record<number, ExchangeState>> = {
  [State.COMPLETE]: "complete",
  [State.UNANSWERED]: "unanswered",
  [State.ABORTED]: "aborted",
  [State.RESPONSE_ONLY]: "responseOnly",
  [State.BODY_HOLE]: "bodyHole",
  [State.UNCERTAIN]: "uncertain",
  [State.RUNNING]: "running",
  [State.MALFORMED]: "malformed",
};

const DISCARD_REASONS = {
  startHole: DiscardReason.START_HOLE,
  headerHole: DiscardReason.HEADER_HOLE,
  chunkHole: DiscardReason.CHUNK_HOLE,
  headerTooLong: DiscardReason.HEADER_TOO_LONG,
  headerMemory: DiscardReason.HEADER_MEMORY,
  badStartLine: DiscardReason.BAD_START_LINE,
  badContentLength: DiscardReason.BAD_CONTENT_LENGTH,
  badTransferCoding: DiscardReason.BAD_TRANSFER_CODING,
  badChunk: DiscardReason.BAD_CHUNK,
  tooManyOpen: DiscardReason.TOO_MANY_OPEN,
  detailMemory: DiscardReason.DETAIL_MEMORY,
  skippedBytes: DiscardReason.SKIPPED_BYTES,
  tls: DiscardReason.TLS,
  ssh: DiscardReason.SSH,
  otherProtocol: DiscardReason.OTHER_PROTOCOL,
  http2Hole: DiscardReason.HTTP2_HOLE,
  http2Fields: DiscardReason.HTTP2_FIELDS,
  http2Pushed: DiscardReason.HTTP2_PUSHED,
};
type Discards = Record<keyof typeof DISCARD_REASONS, number>;

/** An `ExchangeTracker` that tells a sink of words. */
export class WordedTracker {
  private readonly tracker: ExchangeTracker;

  constructor(sink: ExchangeSink, details: boolean) {
    this.tracker = new ExchangeTracker(new WordedListener(sink), details);
  }

  get discards(): Discards {
    const { counts } = this.tracker.discards;
    const named = Object.entries(DISCARD_REASONS).map(([name, reason]) => [name, counts[reason]]);
    return Object.fromEntries(named) as Discards;
  }

  open(connection: number, fromStart: boolean, clientSide: number): void {
    this.tracker.open(connection, fromStart, clientSide);
  }

  data(
    connection: number,
    side: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    timeNs: number,
    frame: number,
    reply = 0,
  ): void {
    this.tracker.data(connection, side, bytes, start, end, timeNs, frame, reply);
  }

  gap(connection: number, side: number, length: number, timeNs: number, frame: number): void {
    this.tracker.gap(connection, side, length, timeNs, frame);
  }

  close(connection: number, side: number, reason: CloseReason, timeNs: number, frame: number): void {
    this.tracker.close(connection, side, CLOSE_REASONS[reason], timeNs, frame);
  }

  forget(connection: number): void {
    this.tracker.forget(connection);
  }
}

class WordedListener implements ExchangeListener {
  private readonly sink: ExchangeSink;

  constructor(sink: ExchangeSink) {
    this.sink = sink;
  }

  message(connection: number, side: number, isRequest: boolean, timeNs: number): void {
    this.sink.message(connection, side === 0 ? 0 : 1, isRequest ? "request" : "response", timeNs);
  }

  request(connection: number, side: number, exchange: OpenExchange | null): void {
    this.sink.request(connection, side === 0 ? 0 : 1, exchange === null ? null : inWords(exchange));
  }

  exchange(exchange: OpenExchange): void {
    this.sink.exchange(inWords(exchange));
  }

  /** The conversations tell it by `discards`. */
  speaks(): void {}
  http2Frames(): void {}
  ping(): void {}
}

function inWords(open: OpenExchange): Exchange {
  const exchange = new Exchange();
  exchange.connection = open.connection;
  exchange.clientSide = open.clientSide === 0 ? 0 : 1;
  exchange.ordinal = open.ordinal;
  const state = STATES[open.state];
  if (state === undefined) throw new Error(`no state has the number ${open.state}`);
  exchange.state = state;
  exchange.method = open.method === UNKNOWN ? text(open.methodName) : methodName(open.method);
  exchange.target = text(open.target);
  exchange.host = text(open.host);
  exchange.requestId = text(open.requestId);
  exchange.forwardedFor = text(open.forwardedFor);
  exchange.targetHash = open.targetHash;
  exchange.requestIdHash = open.requestIdHash;
  exchange.forwardedForHash = open.forwardedForHash;
  exchange.status = open.status;
  exchange.interimResponses = open.interimResponses;
  exchange.requestStartNs = open.requestStartNs;
  exchange.requestEndNs = open.requestEndNs;
  exchange.responseStartNs = open.responseStartNs;
  exchange.responseEndNs = open.responseEndNs;
  exchange.requestStartFrame = open.requestStartFrame;
  exchange.requestEndFrame = open.requestEndFrame;
  exchange.responseStartFrame = open.responseStartFrame;
  exchange.responseEndFrame = open.responseEndFrame;
  exchange.requestBytes = open.requestBytes;
  exchange.responseBytes = open.responseBytes;
  return exchange;
}

function text(octets: Uint8Array | null): string {
  return octets === null ? "" : Buffer.from(octets).toString("latin1");
}
