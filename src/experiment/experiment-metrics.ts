/** The metrics that are compared, as data: where each comes from, what it says, and which way is better. */
import type { PairMetrics } from "../metrics/run-metrics.ts";
import { failedPercent } from "../metrics/run-totals.ts";
import { type Text, textOf } from "../words/language.ts";
import { wordsOf } from "../words/words.ts";

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
  "failedPercent",
] as const;
export type MetricKey = (typeof metricKeys)[number];

/**
 * The cause that sets a metric: `pace` the load generator's rate and the share of requests, `network` the path between balancer
 * and backend, `server` the backend itself.
 */
export type MetricGroup = "pace" | "network" | "server";

/** The description of a metric. */
export interface MetricTraits {
  readonly key: MetricKey;
  readonly label: Text;
  /** `ms`, `Mbps`, `%`, `1/s`; empty for a count. */
  readonly unit: string;
  readonly group: MetricGroup;
  /** Which way is better; `null`: neither, and methods are not tested or ranked by it. */
  readonly better: "higher" | "lower" | null;
  /** One of the four that the paper prints. */
  readonly isPaperMetric: boolean;
  /** Reports show it only where a run has any. */
  readonly isTrouble?: true;
}

/** A metric: its description, and where a pair has it. */
export interface MetricFacts extends MetricTraits {
  readonly read: (pair: PairMetrics) => number | null;
}

/** Every metric but for its name, the paper's four first. */
const METRICS: readonly Omit<MetricFacts, "label">[] = [
  {
    key: "throughputMbps",
    unit: "Mbps",
    group: "pace",
    better: "higher",
    isPaperMetric: true,
    read: (pair) => pair.paper.throughputMbps,
  },
  {
    key: "packetLossPercent",
    unit: "%",
    group: "network",
    better: "lower",
    isPaperMetric: true,
    read: (pair) => pair.paper.packetLossPercent,
  },
  {
    key: "delayMs",
    unit: "ms",
    group: "pace",
    better: "lower",
    isPaperMetric: true,
    read: (pair) => pair.paper.delayMs,
  },
  {
    key: "jitterMs",
    unit: "ms",
    group: "pace",
    better: "lower",
    isPaperMetric: true,
    read: (pair) => pair.paper.jitterMs,
  },
  {
    key: "jitterSignedMs",
    unit: "ms",
    group: "pace",
    better: null,
    isPaperMetric: false,
    read: (pair) => pair.paper.jitterSignedMs,
  },
  {
    key: "requests",
    unit: "",
    group: "pace",
    better: null,
    isPaperMetric: false,
    read: (pair) => pair.paper.requests,
  },
  {
    key: "requestsPerSecond",
    unit: "1/s",
    group: "pace",
    better: null,
    isPaperMetric: false,
    read: (pair) => pair.http.requestsPerSecond,
  },
  {
    key: "goodputFromBackendMbps",
    unit: "Mbps",
    group: "pace",
    better: "higher",
    isPaperMetric: false,
    read: (pair) => pair.transport.fromBackend.goodputMbps,
  },
  {
    key: "lossToBackendPercent",
    unit: "%",
    group: "network",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.transport.toBackend.lossPercent,
  },
  {
    key: "lossFromBackendPercent",
    unit: "%",
    group: "network",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.transport.fromBackend.lossPercent,
  },
  {
    key: "handshakeRttP50Ms",
    unit: "ms",
    group: "network",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.transport.handshakeRttMs.p50,
  },
  {
    key: "rttP50Ms",
    unit: "ms",
    group: "network",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.transport.rttMs.p50,
  },
  {
    key: "timeToFirstByteP50Ms",
    unit: "ms",
    group: "server",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.http.timeToFirstByteMs.p50,
  },
  {
    key: "timeToFirstByteP95Ms",
    unit: "ms",
    group: "server",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.http.timeToFirstByteMs.p95,
  },
  {
    key: "timeToLastByteP50Ms",
    unit: "ms",
    group: "server",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.http.timeToLastByteMs.p50,
  },
  {
    key: "unansweredPercent",
    unit: "%",
    group: "server",
    better: "lower",
    isPaperMetric: false,
    read: ({ http }) =>
      http.requests === 0 || http.unanswered === null ? null : (100 * http.unanswered) / http.requests,
  },
  {
    key: "failedPercent",
    unit: "%",
    group: "server",
    better: "lower",
    isPaperMetric: false,
    isTrouble: true,
    read: ({ http }) => failedPercent(http),
  },
];

/** Every metric, the paper's four first. */
export const experimentMetrics: readonly MetricFacts[] = METRICS.map(({ key, ...facts }) => ({
  key,
  label: textOf((language) => wordsOf(language).metrics[key]),
  ...facts,
}));

/** The values of one pair in one run; a metric that its source does not have is absent. */
export type MetricValues = Readonly<Partial<Record<MetricKey, number | null>>>;

/** All metrics of a pair. */
export function metricValues(pair: PairMetrics): MetricValues {
  return Object.fromEntries(experimentMetrics.map(({ key, read }) => [key, read(pair)]));
}
