/** The page's tables: which figures of a pair stand in them, in which order and with how many decimals. */
import type { PairMetrics } from "../../metrics/run-metrics.ts";
import { bothDirections } from "../../metrics/run-totals.ts";

export interface PageColumn {
  readonly name: ColumnName;
  /** `null`: a count. */
  readonly unit: string | null;
  /** Decimals. */
  readonly digits: number;
  /** `null`: not measured. */
  readonly value: (pair: PairMetrics) => number | null;
}

export type TableName = "recent" | "answers" | "network" | "paper";

export type ColumnName =
  | "requestsPerSecond"
  | "inFlight"
  | "requests"
  | "responses"
  | "unanswered"
  | "aborted"
  | "status2xx"
  | "status3xx"
  | "status4xx"
  | "status5xx"
  | "ttfbP50"
  | "ttfbP95"
  | "ttfbP99"
  | "ttlbP50"
  | "ttlbP95"
  | "toBackend"
  | "fromBackend"
  | "packets"
  | "resent"
  | "lost"
  | "lossTo"
  | "lossFrom"
  | "loss"
  | "rttP50"
  | "rttP95"
  | "handshakeP50"
  | "connections"
  | "resets"
  | "failedHandshakes"
  | "throughput"
  | "delay"
  | "jitter"
  | "frames"
  | "index"
  | "ratedMetrics";

function column(
  name: ColumnName,
  unit: string | null,
  digits: number,
  value: PageColumn["value"],
): PageColumn {
  return { name, unit, digits, value };
}

const RECENT: readonly PageColumn[] = [
  column("requestsPerSecond", "/s", 1, ({ live }) => live?.recent.requestsPerSecond ?? null),
  column("inFlight", null, 0, ({ live }) => live?.inFlight ?? null),
  column("unanswered", null, 0, ({ live }) => live?.recent.unanswered ?? null),
  column("ttfbP50", "ms", 3, ({ live }) => live?.recent.timeToFirstByteMs.p50 ?? null),
  column("ttfbP95", "ms", 3, ({ live }) => live?.recent.timeToFirstByteMs.p95 ?? null),
  column("ttfbP99", "ms", 3, ({ live }) => live?.recent.timeToFirstByteMs.p99 ?? null),
  column("rttP50", "ms", 3, ({ live }) => live?.recent.rttMs.p50 ?? null),
  column("rttP95", "ms", 3, ({ live }) => live?.recent.rttMs.p95 ?? null),
  column("toBackend", "Mbps", 3, ({ live }) => live?.recent.toBackendMbps ?? null),
  column("fromBackend", "Mbps", 3, ({ live }) => live?.recent.fromBackendMbps ?? null),
  column("lost", null, 0, ({ live }) => live?.recent.lostSegments ?? null),
  column("loss", "%", 2, ({ live }) => live?.recent.lossPercent ?? null),
];

const ANSWERS: readonly PageColumn[] = [
  column("requests", null, 0, ({ http }) => http.requests),
  column("responses", null, 0, ({ http }) => http.responses),
  column("unanswered", null, 0, ({ http }) => http.unanswered),
  column("aborted", null, 0, ({ http }) => http.aborted),
  column("status2xx", null, 0, ({ http }) => http.statuses["2xx"] ?? 0),
  column("status3xx", null, 0, ({ http }) => http.statuses["3xx"] ?? 0),
  column("status4xx", null, 0, ({ http }) => http.statuses["4xx"] ?? 0),
  column("status5xx", null, 0, ({ http }) => http.statuses["5xx"] ?? 0),
  column("ttfbP50", "ms", 3, ({ http }) => http.timeToFirstByteMs.p50),
  column("ttfbP95", "ms", 3, ({ http }) => http.timeToFirstByteMs.p95),
  column("ttfbP99", "ms", 3, ({ http }) => http.timeToFirstByteMs.p99),
  column("ttlbP50", "ms", 3, ({ http }) => http.timeToLastByteMs.p50),
  column("ttlbP95", "ms", 3, ({ http }) => http.timeToLastByteMs.p95),
];

const NETWORK: readonly PageColumn[] = [
  column("packets", null, 0, ({ transport }) => bothDirections(transport, (one) => one.packets)),
  column("toBackend", "Mbps", 3, ({ transport }) => transport.toBackend.throughputMbps),
  column("fromBackend", "Mbps", 3, ({ transport }) => transport.fromBackend.throughputMbps),
  column("lossTo", "%", 2, ({ transport }) => transport.toBackend.lossPercent),
  column("lossFrom", "%", 2, ({ transport }) => transport.fromBackend.lossPercent),
  column("resent", null, 0, ({ transport }) => bothDirections(transport, (one) => one.retransmittedSegments)),
  column("rttP50", "ms", 3, ({ transport }) => transport.rttMs.p50),
  column("rttP95", "ms", 3, ({ transport }) => transport.rttMs.p95),
  column("handshakeP50", "ms", 3, ({ transport }) => transport.handshakeRttMs.p50),
  column("connections", null, 0, ({ transport }) => transport.connections),
  column("resets", null, 0, ({ transport }) => transport.resets),
  column("failedHandshakes", null, 0, ({ transport }) => transport.failedHandshakes),
];

const PAPER: readonly PageColumn[] = [
  column("throughput", "Mbps", 3, ({ paper }) => paper.throughputMbps),
  column("loss", "%", 2, ({ paper }) => paper.packetLossPercent),
  column("delay", "ms", 3, ({ paper }) => paper.delayMs),
  column("jitter", "ms", 3, ({ paper }) => paper.jitterMs),
  column("frames", null, 0, ({ paper }) => paper.frames),
  column("index", null, 2, ({ categories }) => categories.index),
  column("ratedMetrics", null, 0, ({ categories }) => categories.ratedMetrics),
];

/** The tables, in the order in which the page shows them. */
export const pageTables: Readonly<Record<TableName, readonly PageColumn[]>> = {
  recent: RECENT,
  answers: ANSWERS,
  network: NETWORK,
  paper: PAPER,
};

/** In the order in which the page shows them. */
export const tableNames: readonly TableName[] = ["recent", "answers", "network", "paper"];
