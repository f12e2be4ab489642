/**
 * Results of parts of one run, each connection in one of them, as one result: what adds up is added, and what does not follow from
 * results of parts is named. Captures of parts merge wholly (analyze them together); results do where captures are too large to travel.
 */
import { NANOSECONDS_PER_SECOND, nanosecondsOfIsoTime } from "../units.ts";
import type { Distribution } from "./distribution.ts";
import {
  type CaptureFacts,
  DIRECTION_FIELDS,
  type DirectionMetrics,
  type HttpMetrics,
  type HttpTotals,
  type PairMetrics,
  PROTOCOL_FIELDS,
  type RunFigures,
  type ServerProtocolMetrics,
  TRANSPORT_COUNTS,
  type TransportMetrics,
  WIRESHARK_COUNTS,
  type WiresharkCounts,
} from "./run-metrics.ts";

const DIRECTION_SUMS = [
  "packets",
  "bytes",
  "segments",
  "wireSegments",
  "payloadBytes",
  "retransmittedSegments",
  "retransmittedBytes",
] as const satisfies readonly (keyof DirectionMetrics)[];

const DURATIONS = [
  "handshakeRttMs",
  "connectTimeMs",
  "rttMs",
  "answeredRttMs",
  "sourceRttMs",
] as const satisfies readonly (keyof TransportMetrics)[];

const HTTP_SUMS = [
  "requests",
  "responses",
  "aborted",
  "running",
  "malformed",
] as const satisfies readonly (keyof HttpMetrics)[];

const HTTP_DURATIONS = [
  "timeToFirstByteMs",
  "timeToLastByteMs",
] as const satisfies readonly (keyof HttpMetrics)[];

/** Of a distribution. */
const DISTRIBUTION_NOT_MERGED = ["mean", "standardDeviation", "p50", "p90", "p95", "p99"];

/**
 * What parts don't give, by its place in the JSON document of a run, and so is in no merged result:
 *
 * - times between frames and between requests of different parts (the papers' delay and jitter, rates), and spans that overlap;
 * - losses: which evidence counts is decided by all connections of a pair;
 * - of distributions all but count, minimum and maximum;
 * - the balancer's two sides, as the two connections of an exchange may be in different parts, and what a diagnosis is made from.
 */
export const NOT_MERGED: readonly string[] = [
  ...["durationMs", "throughputMbps", "delayMs", "jitterMs", "jitterSignedMs", "packetLossPercent"].map(
    (field) => `pairs[].paper.${field}`,
  ),
  ...["toBackend", "fromBackend"].flatMap((direction) =>
    DIRECTION_FIELDS.filter((field) => !(DIRECTION_SUMS as readonly string[]).includes(field)).map(
      (field) => `pairs[].transport.${direction}.${field}`,
    ),
  ),
  ...DURATIONS.flatMap((name) =>
    DISTRIBUTION_NOT_MERGED.map((field) => `pairs[].transport.${name}.${field}`),
  ),
  ...HTTP_DURATIONS.flatMap((name) =>
    DISTRIBUTION_NOT_MERGED.map((field) => `pairs[].http.${name}.${field}`),
  ),
  "pairs[].http.jitterMs",
  "pairs[].http.requestsPerSecond",
  "pairs[].http2",
  "pairs[].receivers",
  "pairs[].categories",
  "pairs[].addedTimeToFirstByteMs",
  "pairs[].states",
  "pairs[].chartData",
  "allClients",
  "allBackends",
  "balancer",
  "tls",
  "selections",
  "rtpStreams",
  "diagnosis",
  "warnings",
];

/** Of a distribution: what parts give exactly. */
export type MergedDistribution = Pick<Distribution, "count" | "min" | "max">;

export type MergedDirection = Pick<DirectionMetrics, (typeof DIRECTION_SUMS)[number]>;

export interface MergedPair extends Pick<PairMetrics, "name" | "source" | "destination" | "destinationPort"> {
  readonly paper: Pick<PairMetrics["paper"], "frames" | "bytes" | "requests" | "lostPackets">;
  readonly transport: Pick<TransportMetrics, (typeof TRANSPORT_COUNTS)[number]> &
    Readonly<Record<(typeof DURATIONS)[number], MergedDistribution>> & {
      readonly toBackend: MergedDirection;
      readonly fromBackend: MergedDirection;
    };
  readonly http: Pick<HttpMetrics, (typeof HTTP_SUMS)[number] | "unanswered" | "statuses"> &
    Readonly<Record<(typeof HTTP_DURATIONS)[number], MergedDistribution>>;
}

export interface MergedRun {
  /** Results that went into it. */
  readonly parts: number;
  readonly capture: Omit<CaptureFacts, "files" | "format">;
  readonly tcp: WiresharkCounts;
  readonly http: HttpTotals;
  /** In the order of their names. */
  readonly protocols: readonly ServerProtocolMetrics[];
  /** In the order of their sources and destinations. */
  readonly pairs: readonly MergedPair[];
  /** What is not merged, by its place in the JSON document of a run: `pairs[].paper.jitterMs`. */
  readonly notMerged: readonly string[];
}

/**
 * Merges results of `analyze()`, or JSON documents of `lbqos analyze`, of parts of one run: the same for any parts, in any order.
 * @param parts at least one; made with the same options, with no connection in two of them
 */
export function mergeRuns(
  parts: readonly Pick<RunFigures, "capture" | "tcp" | "http" | "protocols" | "pairs">[],
): MergedRun {
  const pairs = grouped(
    parts.flatMap((part) => part.pairs),
    ({ source, destination, destinationPort }) => [source, destination, destinationPort ?? ""].join(" "),
  );
  const servers = grouped(
    parts.flatMap(({ protocols }) => protocols),
    ({ server }) => server,
  );
  return {
    parts: parts.length,
    capture: mergeCaptures(parts.map(({ capture }) => capture)),
    tcp: summed(
      parts.map(({ tcp }) => tcp),
      ["connections", ...WIRESHARK_COUNTS],
    ),
    http: summed(
      parts.map(({ http }) => http),
      ["requests", "responses", "exchanges", "unanswered"],
    ),
    protocols: servers.map(([server, all]) => ({ server, ...summed(all, PROTOCOL_FIELDS) })),
    pairs: pairs.map(([, all]) => mergePairs(all)),
    notMerged: NOT_MERGED,
  };
}

function mergePairs(all: readonly PairMetrics[]): MergedPair {
  const [first] = all;
  if (first === undefined) throw new RangeError("no pairs to merge");
  const { name, source, destination, destinationPort } = first;
  const transports = all.map(({ transport }) => transport);
  const https = all.map(({ http }) => http);
  return {
    name,
    source,
    destination,
    destinationPort,
    paper: summed(
      all.map(({ paper }) => paper),
      ["frames", "bytes", "requests", "lostPackets"],
    ),
    transport: {
      toBackend: summed(
        transports.map(({ toBackend }) => toBackend),
        DIRECTION_SUMS,
      ),
      fromBackend: summed(
        transports.map(({ fromBackend }) => fromBackend),
        DIRECTION_SUMS,
      ),
      ...summed(transports, TRANSPORT_COUNTS),
      ...mergedDistributions(transports, DURATIONS),
    },
    http: {
      ...summed(https, HTTP_SUMS),
      unanswered: sumOrNull(https.map(({ unanswered }) => unanswered)),
      statuses: summedByName(https.map(({ statuses }) => statuses)),
      ...mergedDistributions(https, HTTP_DURATIONS),
    },
  };
}

function mergeCaptures(all: readonly CaptureFacts[]): MergedRun["capture"] {
  const begun = all.flatMap(({ start }) => (start === null ? [] : [start]));
  const ends = all.flatMap(({ start, durationSeconds }) =>
    start === null ? [] : [endOf(start, durationSeconds ?? 0)],
  );
  // As text they stand in the order of time.
  const start = begun.length === 0 ? null : begun.reduce((a, b) => (b < a ? b : a));
  return {
    ...summed(all, ["packets", "bytes", "tcpPackets", "duplicateFrames"]),
    start,
    durationSeconds: start === null ? null : secondsBetween(start, ends),
    skipped: summedByName(all.map(({ skipped }) => skipped)),
    recorderDrops: sumOrNull(all.map(({ recorderDrops }) => recorderDrops)),
  };
}

/** In ns since 1970. */
function endOf(start: string, durationSeconds: number): bigint {
  return nanosecondsOfIsoTime(start) + BigInt(Math.round(durationSeconds * NANOSECONDS_PER_SECOND));
}

function secondsBetween(start: string, endsNs: readonly bigint[]): number {
  const beginNs = nanosecondsOfIsoTime(start);
  return Math.max(...endsNs.map((endNs) => Number(endNs - beginNs))) / NANOSECONDS_PER_SECOND;
}

function summed<Field extends string>(
  all: readonly Readonly<Record<Field, number>>[],
  fields: readonly Field[],
): Record<Field, number> {
  return Object.fromEntries(
    fields.map((field) => [field, all.reduce((sum, one) => sum + one[field], 0)]),
  ) as Record<Field, number>;
}

/** What one of the parts does not know, the whole doesn't know either. */
function sumOrNull(counts: readonly (number | null)[]): number | null {
  return counts.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0);
}

function summedByName(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [name, count] of all.flatMap((one) => Object.entries(one)))
    sums.set(name, (sums.get(name) ?? 0) + count);
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function mergedDistributions<Field extends string>(
  all: readonly Readonly<Record<Field, Distribution>>[],
  fields: readonly Field[],
): Record<Field, MergedDistribution> {
  const merged = fields.map((field) => [field, mergedDistribution(all.map((one) => one[field]))] as const);
  return Object.fromEntries(merged) as Record<Field, MergedDistribution>;
}

function mergedDistribution(all: readonly Distribution[]): MergedDistribution {
  const measured = (values: readonly (number | null)[]) => values.filter((value) => value !== null);
  const minima = measured(all.map(({ min }) => min));
  const maxima = measured(all.map(({ max }) => max));
  return {
    count: all.reduce((sum, { count }) => sum + count, 0),
    min: minima.length === 0 ? null : Math.min(...minima),
    max: maxima.length === 0 ? null : Math.max(...maxima),
  };
}

/** Groups by key, in the order of keys: the order of parts must not matter. */
function grouped<One>(all: readonly One[], keyOf: (one: One) => string): [string, One[]][] {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const key = keyOf(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
