/** What tests of this folder look at, over all pairs of a run. */
import type { RunMetrics } from "../../src/metrics/run-metrics.ts";

export interface Figures {
  readonly requests: number;
  readonly responses: number;
  readonly unanswered: number;
  readonly aborted: number;
  readonly connections: number;
  readonly failedHandshakes: number;
  readonly retransmitted: number;
  readonly beyondTap: number;
  readonly beforeTap: number;
  readonly captureDrops: number;
}

export function figuresOf({ pairs }: RunMetrics): Figures {
  const sum = (value: (pair: RunMetrics["pairs"][number]) => number) =>
    pairs.reduce((total, pair) => total + value(pair), 0);
  const both = (name: "retransmittedSegments" | "lostBeyondTap" | "lostBeforeTap" | "captureDrops") =>
    sum(({ transport }) => transport.toBackend[name] + transport.fromBackend[name]);
  return {
    requests: sum(({ http }) => http.requests),
    responses: sum(({ http }) => http.responses),
    unanswered: sum(({ http }) => http.unanswered ?? 0),
    aborted: sum(({ http }) => http.aborted),
    connections: sum(({ transport }) => transport.connections),
    failedHandshakes: sum(({ transport }) => transport.failedHandshakes),
    retransmitted: both("retransmittedSegments"),
    beyondTap: both("lostBeyondTap"),
    beforeTap: both("lostBeforeTap"),
    captureDrops: both("captureDrops"),
  };
}

/** Nothing lost, nothing sent again, every request answered. */
export function flawless(requests: number, connections = 1): Figures {
  return {
    requests,
    responses: requests,
    unanswered: 0,
    aborted: 0,
    connections,
    failedHandshakes: 0,
    retransmitted: 0,
    beyondTap: 0,
    beforeTap: 0,
    captureDrops: 0,
  };
}
