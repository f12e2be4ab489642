/** Plays a connection to the tracker, and copies what it tells of each exchange. */
import type { ExchangeListener } from "../../../src/engine/http/exchange-listener.ts";
import { EXCHANGE_STATES } from "../../../src/engine/http/exchange-state.ts";
import { methodName } from "../../../src/engine/http/methods.ts";
import type { OpenExchange } from "../../../src/engine/http/open-exchange.ts";
import { ExchangeTracker } from "../../../src/engine/streams/pair-exchanges.ts";
import * as Close from "../../../src/engine/tcp/stream-listener.ts";

/** What a side sends (`>` is side 0), at how many ms: bytes, a number of missing ones, or its end. */
export type TimedStep = readonly [atMs: number, side: ">" | "<", what: Buffer | number | "fin"];

const NS_PER_MS = 1e6;

export function toldOf(exchange: OpenExchange) {
  const { target, isGrpc, grpcStatus, requestMessages, responseMessages } = exchange;
  return {
    state: EXCHANGE_STATES[exchange.state],
    method: methodName(exchange.method),
    target: target === null ? null : Buffer.from(target).toString(),
    status: exchange.status,
    hasUnknownStatus: exchange.hasUnknownStatus,
    requestStart: exchange.requestStartNs / NS_PER_MS,
    requestEnd: exchange.requestEndNs / NS_PER_MS,
    responseStart: exchange.responseStartNs / NS_PER_MS,
    responseEnd: exchange.responseEndNs / NS_PER_MS,
    stalled: exchange.stalledNs / NS_PER_MS,
    ...(isGrpc && { grpcStatus, requestMessages, responseMessages }),
    ...(isGrpc && { first: exchange.firstMessageNs / NS_PER_MS, last: exchange.lastMessageNs / NS_PER_MS }),
  };
}

class Copies implements ExchangeListener {
  readonly exchanges: ReturnType<typeof toldOf>[] = [];
  /** Side and ms. */
  readonly pings: [number, number][] = [];
  /** Of `protocol-readings.ts`. */
  readonly protocols: number[] = [];
  requests = 0;
  frames = 0;

  message(): void {}
  speaks(_connection: number, _clientSide: number, protocol: number): void {
    this.protocols.push(protocol);
  }
  request(): void {
    this.requests++;
  }
  exchange(exchange: OpenExchange): void {
    this.exchanges.push(toldOf(exchange));
  }
  http2Frames(): void {
    this.frames++;
  }
  ping(_connection: number, side: number, roundTripNs: number): void {
    this.pings.push([side, roundTripNs / NS_PER_MS]);
  }
}

export function play(steps: readonly TimedStep[], fromStart = true) {
  const copies = new Copies();
  const tracker = new ExchangeTracker(copies, true);
  tracker.open(0, fromStart, fromStart ? 0 : -1);
  for (const [index, [atMs, arrow, what]] of steps.entries()) {
    const side = arrow === ">" ? 0 : 1;
    const timeNs = atMs * NS_PER_MS;
    const frame = index + 1;
    if (typeof what === "number") tracker.gap(0, side, what, timeNs, frame);
    else if (what === "fin") tracker.close(0, side, Close.FIN, timeNs, frame);
    else tracker.data(0, side, what, 0, what.length, timeNs, frame, 0);
  }
  tracker.forget(0);
  return { ...copies, discards: tracker.discards.counts };
}
