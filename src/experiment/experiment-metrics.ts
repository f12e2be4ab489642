/** The metrics that are compared, as data: where each comes from, what it says, and which way is better. */
import { backendAvailability } from "../diagnosis/availability.ts";
import type { Diagnosis, Outage } from "../diagnosis/finding.ts";
import type { AllBackendsMetrics } from "../metrics/all-backends-metrics.ts";
import type { BalancerMetrics } from "../metrics/balancer-metrics.ts";
import type { PairMetrics } from "../metrics/run-metrics.ts";
import { failedPercent, percentOf } from "../metrics/run-totals.ts";
import type { PathDirectionMetrics, PathFigures } from "../path/path-metrics.ts";
import { type Text, textOf } from "../words/language.ts";
import { wordsOf } from "../words/words.ts";
import type { GeneratorReport } from "./generators/generator-report.ts";

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
  "trueLossToBackendPercent",
  "trueLossFromBackendPercent",
  "oneWayDelayToBackendMs",
  "oneWayDelayFromBackendMs",
  "ipdvToBackendMs",
  "ipdvFromBackendMs",
  "handshakeRttP50Ms",
  "rttP50Ms",
  "timeToFirstByteMeanMs",
  "timeToFirstByteP50Ms",
  "timeToFirstByteP95Ms",
  "timeToFirstByteP99Ms",
  "timeToFirstByteMaxMs",
  "timeToLastByteP50Ms",
  "unansweredPercent",
  "failedPercent",
  "availabilityPercent",
  "failoverSeconds",
  "recoverySeconds",
  "generatorRequestsPerSecond",
  "generatorResponseMeanMs",
  "generatorResponseP50Ms",
  "generatorResponseP95Ms",
  "generatorResponseP99Ms",
  "generatorFailedPercent",
] as const;
export type MetricKey = (typeof metricKeys)[number];

/**
 * The cause that sets a metric: `pace` the load generator's rate and the share of requests, `network` the path between balancer
 * and backend, `server` the backend itself, `generator` everything that the load generator waited for.
 */
export type MetricGroup = "pace" | "network" | "server" | "generator";

/** The description of a metric. */
export interface MetricTraits {
  readonly key: MetricKey;
  readonly label: Text;
  /** `ms`, `s`, `Mbps`, `%`, `1/s`; empty for a count. */
  readonly unit: string;
  readonly group: MetricGroup;
  /** Which way is better; `null`: neither, and methods are not tested or ranked by it. */
  readonly better: "higher" | "lower" | null;
  /** One of the four that the paper prints. */
  readonly isPaperMetric: boolean;
  /** Over all backends of a run: the sum of theirs; else their mean, each weighted with its requests. */
  readonly isSummed?: true;
  /** Two taps measure it, one can't: runs without a second tap at a backend have no value. */
  readonly needsTaps?: true;
  /** Reports show it only where a run has any trouble: more than 0 %, of what is better the higher it is less than 100 %. */
  readonly isTrouble?: true;
}

/** A metric: its description, and where it is found. */
export interface MetricFacts extends MetricTraits {
  /**
   * @param path from the run's tap to that of the pair's backend; `null`: none was measured
   * @param outages of the pair's backend in the run
   */
  readonly read: (pair: PairMetrics, path: PathFigures | null, outages: readonly Outage[]) => number | null;
  /** Over all requests of a run, as the balancer sent them on. */
  readonly readAll?: (all: AllBackendsMetrics) => number | null;
  /** Over all requests of a run, as clients sent them to the balancer. */
  readonly readClients?: (balancer: BalancerMetrics) => number | null;
  /** Of the service that a run's balancer and backends are together. */
  readonly readRun?: (diagnosis: Diagnosis) => number | null;
  /** From the load generator's report of a run, which knows no backends. */
  readonly readGenerator?: (report: GeneratorReport) => number | null;
}

/** What decides between methods unless the manifest names another metric; where it was not measured (tables), the next one. */
export const primaryMetrics: readonly MetricKey[] = [
  "timeToFirstByteMeanMs",
  "timeToFirstByteP50Ms",
  "timeToFirstByteP95Ms",
  "timeToLastByteP50Ms",
];

/** The same where frames of any protocol are measured. */
export const primaryOfTraffic: readonly MetricKey[] = ["packetLossPercent", "jitterMs", "throughputMbps"];

/** A metric of one direction of the path to a backend. */
function directionMetric(
  key: MetricKey,
  unit: "ms" | "%",
  way: "forward" | "backward",
  read: (direction: PathDirectionMetrics) => number | null,
): Omit<MetricFacts, "label"> {
  return {
    key,
    unit,
    group: "network",
    better: "lower",
    isPaperMetric: false,
    needsTaps: true,
    read: (_pair, path) => (path === null ? null : read(path[way])),
  };
}

/** A metric of a run that its load generator reports. */
function generatorMetric(
  key: MetricKey,
  unit: "ms" | "%" | "1/s",
  better: MetricTraits["better"],
  readGenerator: (report: GeneratorReport) => number | null,
): Omit<MetricFacts, "label"> {
  return { key, unit, group: "generator", better, isPaperMetric: false, read: () => null, readGenerator };
}

/** `null`: no outage came to that. */
function longest(outages: readonly Outage[], secondsOf: (outage: Outage) => number | null): number | null {
  const seconds = outages.flatMap((one) => secondsOf(one) ?? []);
  return seconds.length === 0 ? null : Math.max(...seconds);
}

/** Every metric but for its name, the paper's four first. */
const METRICS: readonly Omit<MetricFacts, "label">[] = [
  {
    key: "throughputMbps",
    unit: "Mbps",
    group: "pace",
    better: "higher",
    isPaperMetric: true,
    isSummed: true,
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
    isSummed: true,
    read: (pair) => pair.paper.requests,
  },
  {
    key: "requestsPerSecond",
    unit: "1/s",
    group: "pace",
    better: null,
    isPaperMetric: false,
    isSummed: true,
    read: (pair) => pair.http.requestsPerSecond,
  },
  {
    key: "goodputFromBackendMbps",
    unit: "Mbps",
    group: "pace",
    better: "higher",
    isPaperMetric: false,
    isSummed: true,
    read: (pair) => pair.transport.fromBackend.goodputMbps,
  },
  {
    key: "lossToBackendPercent",
    unit: "%",
    group: "network",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.transport.toBackend.lossPercent,
    readAll: (all) => all.lossToBackendPercent,
  },
  {
    key: "lossFromBackendPercent",
    unit: "%",
    group: "network",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.transport.fromBackend.lossPercent,
    readAll: (all) => all.lossFromBackendPercent,
  },
  directionMetric("trueLossToBackendPercent", "%", "forward", ({ lossPercent }) => lossPercent),
  directionMetric("trueLossFromBackendPercent", "%", "backward", ({ lossPercent }) => lossPercent),
  directionMetric("oneWayDelayToBackendMs", "ms", "forward", ({ delayMs }) => delayMs?.mean ?? null),
  directionMetric("oneWayDelayFromBackendMs", "ms", "backward", ({ delayMs }) => delayMs?.mean ?? null),
  directionMetric("ipdvToBackendMs", "ms", "forward", ({ ipdvMs }) => ipdvMs?.mean ?? null),
  directionMetric("ipdvFromBackendMs", "ms", "backward", ({ ipdvMs }) => ipdvMs?.mean ?? null),
  {
    key: "handshakeRttP50Ms",
    unit: "ms",
    group: "network",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.transport.handshakeRttMs.p50,
    readAll: (all) => all.handshakeRttMs.p50,
  },
  {
    key: "rttP50Ms",
    unit: "ms",
    group: "network",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.transport.rttMs.p50,
    readAll: (all) => all.rttMs.p50,
  },
  {
    key: "timeToFirstByteMeanMs",
    unit: "ms",
    group: "server",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.http.timeToFirstByteMs.mean,
    readAll: (all) => all.timeToFirstByteMs.mean,
    readClients: (balancer) => balancer.clientTimeToFirstByteMs?.mean ?? null,
  },
  {
    key: "timeToFirstByteP50Ms",
    unit: "ms",
    group: "server",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.http.timeToFirstByteMs.p50,
    readAll: (all) => all.timeToFirstByteMs.p50,
    readClients: (balancer) => balancer.clientTimeToFirstByteMs?.p50 ?? null,
  },
  {
    key: "timeToFirstByteP95Ms",
    unit: "ms",
    group: "server",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.http.timeToFirstByteMs.p95,
    readAll: (all) => all.timeToFirstByteMs.p95,
    readClients: (balancer) => balancer.clientTimeToFirstByteMs?.p95 ?? null,
  },
  {
    key: "timeToFirstByteP99Ms",
    unit: "ms",
    group: "server",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.http.timeToFirstByteMs.p99,
    readAll: (all) => all.timeToFirstByteMs.p99,
    readClients: (balancer) => balancer.clientTimeToFirstByteMs?.p99 ?? null,
  },
  {
    key: "timeToFirstByteMaxMs",
    unit: "ms",
    group: "server",
    // One request decides it, and the more requests, the higher it is: told, not tested.
    better: null,
    isPaperMetric: false,
    read: (pair) => pair.http.timeToFirstByteMs.max,
    readAll: (all) => all.timeToFirstByteMs.max,
    readClients: (balancer) => balancer.clientTimeToFirstByteMs?.max ?? null,
  },
  {
    key: "timeToLastByteP50Ms",
    unit: "ms",
    group: "server",
    better: "lower",
    isPaperMetric: false,
    read: (pair) => pair.http.timeToLastByteMs.p50,
    readAll: (all) => all.timeToLastByteMs.p50,
    readClients: (balancer) => balancer.clientTimeToLastByteMs?.p50 ?? null,
  },
  {
    key: "unansweredPercent",
    unit: "%",
    group: "server",
    better: "lower",
    isPaperMetric: false,
    read: ({ http }) => percentOf(http.unanswered, http.requests),
    readAll: (all) => percentOf(all.unanswered, all.requests),
  },
  {
    key: "failedPercent",
    unit: "%",
    group: "server",
    better: "lower",
    isPaperMetric: false,
    isTrouble: true,
    read: ({ http }) => failedPercent(http),
    readAll: (all) => percentOf(all.failed, all.requests),
    readClients: (balancer) => percentOf(balancer.clientsFailed ?? null, balancer.clientExchanges),
  },
  {
    key: "availabilityPercent",
    unit: "%",
    group: "server",
    better: "higher",
    isPaperMetric: false,
    isTrouble: true,
    read: ({ states }, _path, outages) => backendAvailability(states, outages),
    readRun: ({ availability }) => availability?.percent ?? null,
  },
  {
    key: "failoverSeconds",
    unit: "s",
    group: "server",
    better: "lower",
    isPaperMetric: false,
    read: (_pair, _path, outages) => longest(outages, ({ failoverSeconds }) => failoverSeconds),
    readRun: ({ outages }) => longest(outages, ({ failoverSeconds }) => failoverSeconds),
  },
  {
    key: "recoverySeconds",
    unit: "s",
    group: "server",
    better: "lower",
    isPaperMetric: false,
    read: (_pair, _path, outages) => longest(outages, ({ recoverySeconds }) => recoverySeconds),
    readRun: ({ outages }) => longest(outages, ({ recoverySeconds }) => recoverySeconds),
  },
  // The rate is what the generator was told: told, not tested.
  generatorMetric("generatorRequestsPerSecond", "1/s", null, (report) => report.requestsPerSecond),
  generatorMetric("generatorResponseMeanMs", "ms", "lower", ({ responseMs }) => responseMs.mean),
  generatorMetric("generatorResponseP50Ms", "ms", "lower", ({ responseMs }) => responseMs.p50),
  generatorMetric("generatorResponseP95Ms", "ms", "lower", ({ responseMs }) => responseMs.p95),
  generatorMetric("generatorResponseP99Ms", "ms", "lower", ({ responseMs }) => responseMs.p99),
  generatorMetric("generatorFailedPercent", "%", "lower", ({ failed, requests }) =>
    percentOf(failed, requests),
  ),
];

/** Every metric, the paper's four first. */
export const experimentMetrics: readonly MetricFacts[] = METRICS.map(({ key, ...facts }) => ({
  key,
  label: textOf((language) => wordsOf(language).metrics[key]),
  ...facts,
}));

/** The values of one pair in one run; a metric that its source does not have is absent. */
export type MetricValues = Readonly<Partial<Record<MetricKey, number | null>>>;

/** All metrics of a pair. @param path to its backend; `null`: none was measured @param outages of its backend */
export function metricValues(
  pair: PairMetrics,
  path: PathFigures | null,
  outages: readonly Outage[],
): MetricValues {
  const measured = experimentMetrics.filter(
    ({ needsTaps, readGenerator }) => readGenerator === undefined && (needsTaps !== true || path !== null),
  );
  return Object.fromEntries(measured.map(({ key, read }) => [key, read(pair, path, outages)]));
}
