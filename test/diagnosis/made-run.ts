/** Runs for diagnoses, made by hand: what was asked when, and what came of it. */
import * as ExchangeState from "../../src/engine/http/exchange-state.ts";
import { OpenExchange } from "../../src/engine/http/open-exchange.ts";
import { PairTimeline } from "../../src/engine/tally/samples/pair-timeline.ts";
import * as RoundTripKind from "../../src/engine/tcp/connection-sink.ts";
import type { BackendState } from "../../src/metrics/backend-state.ts";
import { measureTimeline } from "../../src/metrics/measure-timeline.ts";
import type { PairMetrics, RunMetrics } from "../../src/metrics/run-metrics.ts";
import { busyPair, runOf } from "../report/sample-run.ts";

const NS_PER_MS = 1e6;
const NS_PER_SECOND = 1e9;

export interface MadeRequest {
  readonly atSeconds: number;
  /** `null`: no answer. */
  readonly firstByteMs: number | null;
  readonly status?: number;
  /** Of the network, just before. */
  readonly roundTripMs?: number;
}

export interface MadeBackend {
  readonly name: string;
  readonly requests: readonly MadeRequest[];
  readonly states?: readonly BackendState[];
  /** What else happened to it. */
  readonly also?: (timeline: PairTimeline) => void;
  readonly pair?: Partial<PairMetrics>;
}

/** Requests at an even pace, each as `of` says. */
export function requestsAt(
  perSecond: number,
  seconds: number,
  of: (atSeconds: number, index: number) => Omit<MadeRequest, "atSeconds">,
): MadeRequest[] {
  return Array.from({ length: perSecond * seconds }, (_, index) => {
    const atSeconds = index / perSecond;
    return { atSeconds, ...of(atSeconds, index) };
  });
}

/** Times to first byte as a lightly loaded server has them: most near 1 ms, one in ten 3 ms. */
export function usualMs(index: number): number {
  return index % 10 === 7 ? 3 : 0.8 + (index % 5) / 10;
}

/** The run of one balancer with these backends. */
export function madeRun(backends: readonly MadeBackend[]): RunMetrics {
  const pairs = backends.map(({ name, states = [], pair }, index) => ({
    ...busyPair({ name, destination: `192.168.56.${100 + index}` }),
    states,
    ...pair,
  }));
  return { ...runOf(pairs), timelines: { pairs: backends.map(timelineOf), allClients: [] } };
}

function timelineOf({ requests, also }: MadeBackend) {
  const timeline = new PairTimeline();
  for (const { atSeconds, firstByteMs, status = 200, roundTripMs = 0.2 } of requests) {
    const askedNs = atSeconds * NS_PER_SECOND;
    timeline.roundTrip(RoundTripKind.HANDSHAKE, roundTripMs * NS_PER_MS, askedNs);
    const exchange = new OpenExchange();
    exchange.requestStartNs = askedNs;
    exchange.requestEndNs = askedNs;
    if (firstByteMs === null) exchange.state = ExchangeState.UNANSWERED;
    else {
      exchange.status = status;
      exchange.responseStartNs = askedNs + firstByteMs * NS_PER_MS;
      exchange.responseEndNs = exchange.responseStartNs;
    }
    timeline.exchange(exchange);
  }
  also?.(timeline);
  return measureTimeline(timeline.readings(), { ofSource: 0, ofBackend: 0 });
}
