/**
 * A run as CSV: one record per pair, for spreadsheets, R and pandas. Columns are the paths of the JSON document
 * (`paper.delayMs`), always the same ones in the same order, so that records of many runs can be put together.
 */
import type { Distribution } from "../metrics/distribution.ts";
import { connectionsTo } from "../metrics/measure-protocols.ts";
import {
  DIRECTION_FIELDS,
  type DirectionMetrics,
  type PairMetrics,
  PROTOCOL_FIELDS,
  type RunMetrics,
  TRANSPORT_COUNTS,
} from "../metrics/run-metrics.ts";
import { type CsvField, csvRecord } from "./csv-record.ts";

/** Classes of final responses; 101 is the one of the first. */
const STATUS_CLASSES = ["1xx", "2xx", "3xx", "4xx", "5xx"] as const;

const DISTRIBUTION_FIELDS = [
  "count",
  "mean",
  "standardDeviation",
  "min",
  "p50",
  "p90",
  "p95",
  "p99",
  "max",
] as const satisfies readonly (keyof Distribution)[];

interface CsvColumn {
  readonly name: string;
  readonly field: (pair: PairMetrics, run: RunMetrics) => CsvField;
}

const COLUMNS: readonly CsvColumn[] = [
  { name: "capture.files", field: (_pair, run) => run.capture.files.join(";") },
  { name: "capture.start", field: (_pair, run) => run.capture.start },
  { name: "name", field: (pair) => pair.name },
  { name: "source", field: (pair) => pair.source },
  { name: "destination", field: (pair) => pair.destination },
  { name: "destinationPort", field: (pair) => pair.destinationPort },
  { name: "paper.frames", field: ({ paper }) => paper.frames },
  { name: "paper.bytes", field: ({ paper }) => paper.bytes },
  { name: "paper.durationMs", field: ({ paper }) => paper.durationMs },
  { name: "paper.throughputMbps", field: ({ paper }) => paper.throughputMbps },
  { name: "paper.delayMs", field: ({ paper }) => paper.delayMs },
  { name: "paper.jitterMs", field: ({ paper }) => paper.jitterMs },
  { name: "paper.jitterSignedMs", field: ({ paper }) => paper.jitterSignedMs },
  { name: "paper.lostPackets", field: ({ paper }) => paper.lostPackets },
  { name: "paper.packetLossPercent", field: ({ paper }) => paper.packetLossPercent },
  { name: "paper.requests", field: ({ paper }) => paper.requests },
  { name: "categories.profile", field: ({ categories }) => categories.profile },
  { name: "categories.source", field: ({ categories }) => categories.source },
  { name: "categories.throughput", field: ({ categories }) => categories.throughput },
  { name: "categories.packetLoss", field: ({ categories }) => categories.packetLoss },
  { name: "categories.delay", field: ({ categories }) => categories.delay },
  { name: "categories.jitter", field: ({ categories }) => categories.jitter },
  { name: "categories.index", field: ({ categories }) => categories.index },
  { name: "categories.ratedMetrics", field: ({ categories }) => categories.ratedMetrics },
  ...directionColumns("transport.toBackend", ({ transport }) => transport.toBackend),
  ...directionColumns("transport.fromBackend", ({ transport }) => transport.fromBackend),
  ...distributionColumns("transport.handshakeRttMs", ({ transport }) => transport.handshakeRttMs),
  ...distributionColumns("transport.connectTimeMs", ({ transport }) => transport.connectTimeMs),
  ...distributionColumns("transport.rttMs", ({ transport }) => transport.rttMs),
  ...distributionColumns("transport.answeredRttMs", ({ transport }) => transport.answeredRttMs),
  ...distributionColumns("transport.sourceRttMs", ({ transport }) => transport.sourceRttMs),
  ...TRANSPORT_COUNTS.map(
    (name): CsvColumn => ({ name: `transport.${name}`, field: ({ transport }) => transport[name] }),
  ),
  { name: "http.requests", field: ({ http }) => http.requests },
  { name: "http.responses", field: ({ http }) => http.responses },
  { name: "http.unanswered", field: ({ http }) => http.unanswered },
  { name: "http.aborted", field: ({ http }) => http.aborted },
  { name: "http.running", field: ({ http }) => http.running },
  { name: "http.malformed", field: ({ http }) => http.malformed },
  ...PROTOCOL_FIELDS.map(
    (name): CsvColumn => ({
      name: `protocols.${name}`,
      field: ({ destination, destinationPort }, { protocols }) =>
        connectionsTo(protocols, name, destination, destinationPort),
    }),
  ),
  ...STATUS_CLASSES.map(
    (status): CsvColumn => ({
      name: `http.statuses.${status}`,
      field: ({ http }) => http.statuses[status] ?? 0,
    }),
  ),
  ...distributionColumns("http.timeToFirstByteMs", ({ http }) => http.timeToFirstByteMs),
  ...distributionColumns("http.timeToLastByteMs", ({ http }) => http.timeToLastByteMs),
  { name: "http.jitterMs.meanDifference", field: ({ http }) => http.jitterMs.meanDifference },
  { name: "http.jitterMs.rfc3550", field: ({ http }) => http.jitterMs.rfc3550 },
  { name: "http.jitterMs.p99MinusMin", field: ({ http }) => http.jitterMs.p99MinusMin },
  { name: "http.requestsPerSecond", field: ({ http }) => http.requestsPerSecond },
];

/** Header and one record per pair; what was not measured is an empty field. */
export function renderCsv(run: RunMetrics): string {
  const header = csvRecord(COLUMNS.map(({ name }) => name));
  return header + run.pairs.map((pair) => csvRecord(COLUMNS.map(({ field }) => field(pair, run)))).join("");
}

function directionColumns(
  path: string,
  direction: (pair: PairMetrics) => DirectionMetrics,
): readonly CsvColumn[] {
  return DIRECTION_FIELDS.map((name) => ({
    name: `${path}.${name}`,
    field: (pair) => direction(pair)[name],
  }));
}

function distributionColumns(
  path: string,
  distribution: (pair: PairMetrics) => Distribution,
): readonly CsvColumn[] {
  return DISTRIBUTION_FIELDS.map((name) => ({
    name: `${path}.${name}`,
    field: (pair) => distribution(pair)[name],
  }));
}
