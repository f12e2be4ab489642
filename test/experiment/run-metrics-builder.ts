import type { AllBackendsMetrics } from "../../src/metrics/all-backends-metrics.ts";
import type { BalancerMetrics } from "../../src/metrics/balancer-metrics.ts";
import type { Distribution } from "../../src/metrics/distribution.ts";
import type { DirectionMetrics, PairMetrics, RunMetrics } from "../../src/metrics/run-metrics.ts";

/** What a test says about a pair; everything else is plausible and equal. */
export interface PairSketch {
  readonly name: string;
  readonly source?: string;
  readonly destination?: string;
  readonly port?: number | null;
  readonly requests?: number;
  readonly delayMs?: number | null;
  readonly throughputMbps?: number | null;
  readonly jitterMs?: number | null;
  readonly lossPercent?: number | null;
  readonly timeToFirstByteMs?: number | null;
  readonly unanswered?: number;
  readonly aborted?: number;
  readonly malformed?: number;
  /** Answers with status 5xx. */
  readonly serverErrors?: number;
}

export interface RunSketch {
  readonly pairs: readonly PairSketch[];
  readonly start?: string | null;
  readonly durationSeconds?: number;
  readonly warnings?: RunMetrics["warnings"];
  /** Mean time to first byte over all requests, as the balancer waited, and as clients did; absent: not in the capture. */
  readonly allBackendsMs?: number;
  readonly clientsMs?: number;
  /** Of the clients' exchanges, those that failed. */
  readonly clientsFailed?: number;
}

/** The metrics of a run, as the analysis would hand them over. */
export function runMetrics({
  pairs,
  start = null,
  durationSeconds = 1,
  warnings = [],
  allBackendsMs,
  clientsMs,
  clientsFailed = 0,
}: RunSketch): RunMetrics {
  const requests = pairs.reduce((sum, pair) => sum + (pair.requests ?? 100), 0);
  return {
    ...(allBackendsMs !== undefined && { allBackends: allBackends(requests, pairs.length, allBackendsMs) }),
    ...(clientsMs !== undefined && { balancer: balancer(requests, clientsMs, clientsFailed) }),
    capture: {
      files: ["capture.pcapng"],
      format: "pcapng",
      packets: 1000,
      bytes: 100_000,
      tcpPackets: 1000,
      start,
      durationSeconds: start === null ? null : durationSeconds,
      skipped: {},
      duplicateFrames: 0,
      recorderDrops: null,
    },
    tcp: {
      connections: 1,
      retransmissions: 0,
      fastRetransmissions: 0,
      spuriousRetransmissions: 0,
      outOfOrder: 0,
      lostSegments: 0,
      ackedUnseenSegments: 0,
      duplicateAcks: 0,
      zeroWindows: 0,
    },
    http: { requests: 0, responses: 0, exchanges: 0, unanswered: 0 },
    protocols: [],
    pairs: pairs.map(pairMetrics),
    warnings,
  };
}

function allBackends(requests: number, backends: number, timeMs: number): AllBackendsMetrics {
  return {
    source: "10.0.0.1",
    backends,
    requests,
    failed: 0,
    unanswered: 0,
    lossToBackendPercent: 0,
    lossFromBackendPercent: 0,
    timeToFirstByteMs: distribution(timeMs),
    timeToLastByteMs: distribution(timeMs),
    handshakeRttMs: distribution(0.05),
    rttMs: distribution(0.06),
    choices: { uneven: 0, leastLoaded: 0, leastLoadedByChance: 0 },
  };
}

function balancer(requests: number, timeMs: number, clientsFailed: number): BalancerMetrics {
  return {
    address: "10.0.0.1",
    clientExchanges: requests,
    matched: requests,
    uncertain: 0,
    retried: 0,
    answeredItself: {},
    unfinished: 0,
    upstreamOnly: 0,
    addedTimeToFirstByteMs: distribution(null),
    addedTimeToLastByteMs: distribution(null),
    retriesMs: distribution(null),
    clientTimeToFirstByteMs: distribution(timeMs),
    clientTimeToLastByteMs: distribution(timeMs),
    clientsFailed,
    clientAddresses: 1,
    clientAddressesAtSeveral: 1,
  };
}

function pairMetrics(sketch: PairSketch): PairMetrics {
  const requests = sketch.requests ?? 100;
  const isIdle = requests === 0;
  const measured = (value: number | null | undefined, usual: number) =>
    isIdle ? null : value === undefined ? usual : value;
  return {
    name: sketch.name,
    source: sketch.source ?? "10.0.0.1",
    destination: sketch.destination ?? "10.0.0.2",
    destinationPort: sketch.port ?? null,
    paper: {
      frames: requests,
      bytes: requests * 143,
      durationMs: measured(undefined, 1000),
      throughputMbps: isIdle ? 0 : (sketch.throughputMbps ?? 0.381),
      delayMs: measured(sketch.delayMs, 3),
      jitterMs: measured(sketch.jitterMs, 0.2),
      jitterSignedMs: measured(undefined, 0.0001),
      lostPackets: 0,
      packetLossPercent: measured(sketch.lossPercent, 0),
      requests,
    },
    transport: {
      toBackend: direction(isIdle),
      fromBackend: direction(isIdle),
      handshakeRttMs: distribution(isIdle ? null : 0.05),
      rttMs: distribution(isIdle ? null : 0.06),
      connectTimeMs: distribution(null),
      answeredRttMs: distribution(null),
      sourceRttMs: distribution(null),
      connections: requests,
      resets: 0,
      failedHandshakes: 0,
      zeroWindows: 0,
    },
    http: {
      requests,
      responses: requests - (sketch.unanswered ?? 0),
      unanswered: sketch.unanswered ?? 0,
      aborted: sketch.aborted ?? 0,
      running: 0,
      malformed: sketch.malformed ?? 0,
      statuses: { "2xx": requests - (sketch.serverErrors ?? 0), "5xx": sketch.serverErrors ?? 0 },
      timeToFirstByteMs: distribution(measured(sketch.timeToFirstByteMs, 1.5)),
      timeToLastByteMs: distribution(measured(sketch.timeToFirstByteMs, 1.6)),
      jitterMs: { meanDifference: null, rfc3550: null, p99MinusMin: null },
      requestsPerSecond: measured(undefined, 333),
    },
    categories: {
      profile: "tiphon",
      source: "",
      packetLoss: null,
      delay: null,
      jitter: null,
      throughput: null,
      index: null,
      ratedMetrics: 0,
    },
  };
}

function direction(isIdle: boolean): DirectionMetrics {
  return {
    packets: isIdle ? 0 : 500,
    bytes: isIdle ? 0 : 50_000,
    segments: isIdle ? 0 : 300,
    wireSegments: isIdle ? 0 : 300,
    payloadBytes: 0,
    retransmittedSegments: 0,
    retransmittedBytes: 0,
    lostBeyondTap: 0,
    lostBeforeTap: 0,
    captureDrops: 0,
    lossPercent: isIdle ? null : 0,
    lostAtLeast: 0,
    lostAtMost: 0,
    lostAcksBeforeTap: null,
    throughputMbps: isIdle ? null : 1,
    goodputMbps: isIdle ? null : 0.5,
  };
}

function distribution(value: number | null): Distribution {
  return {
    count: value === null ? 0 : 100,
    mean: value,
    standardDeviation: value === null ? null : 0,
    min: value,
    p50: value,
    p90: value,
    p95: value,
    p99: value,
    max: value,
  };
}
