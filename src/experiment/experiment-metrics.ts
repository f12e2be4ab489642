/** The metrics that are compared, as data: where each comes from, what it says, and which way is better. */
import type { PairMetrics } from "../metrics/run-metrics.ts";
import type { Text } from "../words/language.ts";

/** Metrics of one pair in one run. */
export const metricKeys = [
  "throughputMbps",
  "packetLossPercent",
  "delayMs",
  "jitterMs",
  "jitterSignedMs",
  "requests",
  "requestsPerSecond",
  "goodputFromBackendMbps",
  "lossToBackendPercent",
  "lossFromBackendPercent",
  "handshakeRttP50Ms",
  "rttP50Ms",
  "timeToFirstByteP50Ms",
  "timeToFirstByteP95Ms",
  "timeToLastByteP50Ms",
  "unansweredPercent",
] as const;
export type MetricKey = (typeof metricKeys)[number];

/**
 * The cause that sets a metric: `pace` the load generator's rate and the share of requests, `network` the path between balancer
 * and backend, `server` the backend itself.
 */
export type MetricGroup = "pace" | "network" | "server";

/** The description of a metric. */
export interface MetricFacts {
  readonly key: MetricKey;
  readonly label: Text;
  /** `ms`, `Mbps`, `%`, `1/s`; empty for a count. */
  readonly unit: string;
  readonly group: MetricGroup;
  /** Which way is better; `null`: neither, and methods are not tested or ranked by it. */
  readonly better: "higher" | "lower" | null;
  /** One of the four that the paper prints. */
  readonly isPaperMetric: boolean;
  readonly read: (pair: PairMetrics) => number | null;
}

/** Every metric, the paper's four first. */
export const experimentMetrics: readonly MetricFacts[] = [
  {
    key: "throughputMbps",
    label: { en: "Throughput", id: "Throughput" },
    unit: "Mbps",
    group: "pace",
    better: "higher",
    isPaperMetric: true,
    read: (pair) => pair.paper.throughputMbps,
  },
  {
    key: "packetLossPercent",
    label: { en: "Packet loss", id: "Packet loss" },
    unit: "%",
    group: "network",
    better: "lower",
    isPaperMetric: true,
    read: (pair) => pair.paper.packetLossPercent,
  },
  {
    key: "delayMs",
    label: { en: "Delay", id: "Delay" },
    unit: "ms",
    group: "pace",
    better: "lower",
    isPaperMetric: true,
    read: (pair) => pair.paper.delayMs,
  },
  {
    key: "jitterMs",
    label: { en: "Jitter", id: "Jitter" },
    unit: "ms",
    group: "pace",
    better: "lower",
    isPaperMetric: true,
    read: (pair) => pair.paper.jitterMs,
  },
  {
    key: "jitterSignedMs",
    label: { en: "Signed jitter", id: "Jitter bertanda" },
    unit: "ms",
    group: "pace",
    better: null,
    isPaperMetric: false,
    read: (pair) => pair.paper.jitterSignedMs,
  },
  {
    key: "requests",
    label: { en: "Requests", id: "Permintaan" },
    unit: "",
    group: "pace",
    better: null,
    isPaperMetric: false,
    read: (pair) => pair.paper.requests,
  },
  {
    key: "requestsPerSecond",
    label: { en: "Request rate", id: "Laju permintaan" },
    unit: "1/s",
    group: "pace",
    better: null,
    isPaperMetric: false,
    read: (pair) => pair.http.requestsPerSecond,
  },
  {
    key: "goodputFromBackendMbps",
    label: { en: "Goodput from the backend", id: "Goodput dari backend" },
    unit: "Mbps",
    group: "pace",
    better: "higher",
    isPaperMetric: false,
    read: (pair) => pair.transport.fromBackend.goodputMbps,
  },
  {
    key: "lossToBackendPercent",
    label: { en: "Segment loss to the backend", id: "Kehilangan segmen ke backend" },
    unit: "%",
    group: "network",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.transport.toBackend.lossPercent,
  },
  {
    key: "lossFromBackendPercent",
    label: { en: "Segment loss from the backend", id: "Kehilangan segmen dari backend" },
    unit: "%",
    group: "network",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.transport.fromBackend.lossPercent,
  },
  {
    key: "handshakeRttP50Ms",
    label: { en: "Handshake round-trip time (median)", id: "Round-trip time handshake (median)" },
    unit: "ms",
    group: "network",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.transport.handshakeRttMs.p50,
  },
  {
    key: "rttP50Ms",
    label: { en: "Data round-trip time (median)", id: "Round-trip time data (median)" },
    unit: "ms",
    group: "network",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.transport.rttMs.p50,
  },
  {
    key: "timeToFirstByteP50Ms",
    label: { en: "Time to first byte (median)", id: "Time to first byte (median)" },
    unit: "ms",
    group: "server",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.http.timeToFirstByteMs.p50,
  },
  {
    key: "timeToFirstByteP95Ms",
    label: { en: "Time to first byte (95th percentile)", id: "Time to first byte (persentil ke-95)" },
    unit: "ms",
    group: "server",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.http.timeToFirstByteMs.p95,
  },
  {
    key: "timeToLastByteP50Ms",
    label: { en: "Time to last byte (median)", id: "Time to last byte (median)" },
    unit: "ms",
    group: "server",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.http.timeToLastByteMs.p50,
  },
  {
    key: "unansweredPercent",
    label: { en: "Unanswered requests", id: "Permintaan tak terjawab" },
    unit: "%",
    group: "server",
    better: "lower",
    isPaperMetric: false,
    read: ({ http }) => (http.requests === 0 ? null : (100 * http.unanswered) / http.requests),
  },
];

/** The values of one pair in one run; a metric that its source does not have is absent. */
export type MetricValues = Readonly<Partial<Record<MetricKey, number | null>>>;

/** All metrics of a pair. */
export function metricValues(pair: PairMetrics): MetricValues {
  return Object.fromEntries(experimentMetrics.map(({ key, read }) => [key, read(pair)]));
}
