/** Hand-made results for the report's tests: a run of the paper's testbed, and its awkward relatives. */

import { findProfile, rateCategories } from "../../src/metrics/category-profiles.ts";
import type { Distribution } from "../../src/metrics/distribution.ts";
import type {
  DirectionMetrics,
  HttpMetrics,
  PairMetrics,
  PaperMetrics,
  RunMetrics,
} from "../../src/metrics/run-metrics.ts";
import { sampleWarning } from "../sample-warning.ts";

export const NO_SAMPLES: Distribution = {
  count: 0,
  mean: null,
  standardDeviation: null,
  min: null,
  p50: null,
  p90: null,
  p95: null,
  p99: null,
  max: null,
};

/** A distribution around a median, in the proportions of a lightly loaded server. */
export function distribution(count: number, median: number): Distribution {
  return {
    count,
    mean: median * 1.125,
    standardDeviation: median * 0.25,
    min: median * 0.5,
    p50: median,
    p90: median * 1.5,
    p95: median * 1.75,
    p99: median * 2.5,
    max: median * 8,
  };
}

const NO_TRAFFIC: DirectionMetrics = {
  packets: 0,
  bytes: 0,
  segments: 0,
  wireSegments: 0,
  payloadBytes: 0,
  retransmittedSegments: 0,
  retransmittedBytes: 0,
  lostBeyondTap: 0,
  lostBeforeTap: 0,
  captureDrops: 0,
  lossPercent: null,
  lostAtLeast: 0,
  lostAtMost: 0,
  lostAcksBeforeTap: null,
  throughputMbps: null,
  goodputMbps: null,
};

interface PairOptions {
  readonly name: string;
  readonly source?: string;
  readonly destination: string;
  readonly destinationPort?: number | null;
  readonly paper?: Partial<PaperMetrics>;
  readonly toBackend?: Partial<DirectionMetrics>;
  readonly fromBackend?: Partial<DirectionMetrics>;
  readonly http?: Partial<HttpMetrics>;
  readonly profile?: string;
}

/** A pair as round-robin leaves it: a third of 1000 requests in one second, nothing lost. */
export function busyPair(options: PairOptions): PairMetrics {
  const paper: PaperMetrics = {
    frames: 334,
    bytes: 47762,
    durationMs: 999.04491,
    throughputMbps: 0.38246,
    delayMs: 3.00013,
    jitterMs: 0.16217,
    jitterSignedMs: 0.000125,
    lostPackets: 0,
    packetLossPercent: 0,
    requests: 334,
    ...options.paper,
  };
  return {
    name: options.name,
    source: options.source ?? "192.168.56.103",
    destination: options.destination,
    destinationPort: options.destinationPort ?? null,
    paper,
    transport: {
      toBackend: {
        ...NO_TRAFFIC,
        packets: 2004,
        bytes: 157_314,
        segments: 1002,
        wireSegments: 1002,
        payloadBytes: 25_718,
        lossPercent: 0,
        lostAtLeast: 0,
        lostAtMost: 0,
        throughputMbps: 1.2597,
        goodputMbps: 0.20594,
        ...options.toBackend,
      },
      fromBackend: {
        ...NO_TRAFFIC,
        packets: 1670,
        bytes: 165_330,
        segments: 1336,
        wireSegments: 1336,
        payloadBytes: 57_782,
        lossPercent: 0,
        lostAtLeast: 0,
        lostAtMost: 0,
        throughputMbps: 1.32391,
        goodputMbps: 0.46269,
        ...options.fromBackend,
      },
      handshakeRttMs: distribution(334, 0.064),
      rttMs: distribution(1002, 0.048),
      connectTimeMs: NO_SAMPLES,
      answeredRttMs: NO_SAMPLES,
      sourceRttMs: distribution(668, 0.008),
      connections: 334,
      resets: 0,
      failedHandshakes: 0,
      zeroWindows: 0,
    },
    http: {
      requests: 334,
      responses: 334,
      unanswered: 0,
      aborted: 0,
      running: 0,
      malformed: 0,
      statuses: { "2xx": 334 },
      timeToFirstByteMs: distribution(334, 1.376),
      timeToLastByteMs: distribution(334, 1.392),
      jitterMs: { meanDifference: 0.212, rfc3550: 0.1985, p99MinusMin: 2.752 },
      requestsPerSecond: 334.3193,
      ...options.http,
    },
    categories: rateCategories(findProfile(options.profile ?? "tiphon"), paper),
  };
}

/** A pair that was asked for and never occurs in the capture. */
export function silentPair(name: string, destination: string): PairMetrics {
  const paper: PaperMetrics = {
    frames: 0,
    bytes: 0,
    durationMs: null,
    throughputMbps: 0,
    delayMs: null,
    jitterMs: null,
    jitterSignedMs: null,
    lostPackets: 0,
    packetLossPercent: null,
    requests: 0,
  };
  const busy = busyPair({ name, destination });
  return {
    ...busy,
    paper,
    transport: {
      ...busy.transport,
      toBackend: NO_TRAFFIC,
      fromBackend: NO_TRAFFIC,
      handshakeRttMs: NO_SAMPLES,
      rttMs: NO_SAMPLES,
      connectTimeMs: NO_SAMPLES,
      answeredRttMs: NO_SAMPLES,
      sourceRttMs: NO_SAMPLES,
      connections: 0,
    },
    http: {
      requests: 0,
      responses: 0,
      unanswered: 0,
      aborted: 0,
      running: 0,
      malformed: 0,
      statuses: {},
      timeToFirstByteMs: NO_SAMPLES,
      timeToLastByteMs: NO_SAMPLES,
      jitterMs: { meanDifference: null, rfc3550: null, p99MinusMin: null },
      requestsPerSecond: null,
    },
    categories: rateCategories(findProfile("tiphon"), paper),
  };
}

/** A run around the given pairs. */
export function runOf(pairs: readonly PairMetrics[], changes: Partial<RunMetrics> = {}): RunMetrics {
  const requests = pairs.reduce((sum, { http }) => sum + http.requests, 0);
  const responses = pairs.reduce((sum, { http }) => sum + http.responses, 0);
  return {
    capture: {
      files: ["captures/round-robin-1.pcapng.gz"],
      format: "pcapng",
      packets: 22014,
      bytes: 1_983_000,
      tcpPackets: 22014,
      start: "2026-11-22T20:54:26.324605004Z",
      durationSeconds: 1.999233284,
      skipped: {},
      duplicateFrames: 0,
      recorderDrops: null,
    },
    tcp: {
      connections: 2000,
      retransmissions: 0,
      fastRetransmissions: 0,
      spuriousRetransmissions: 0,
      outOfOrder: 0,
      lostSegments: 0,
      ackedUnseenSegments: 0,
      duplicateAcks: 0,
      zeroWindows: 0,
    },
    http: { requests, responses, exchanges: requests, unanswered: requests - responses },
    protocols: [
      {
        server: "192.168.56.103:443",
        http1: 0,
        http2: 0,
        grpc: 0,
        webSocket: 0,
        tls: 3,
        tlsDecrypted: 0,
        other: 0,
      },
    ],
    pairs,
    warnings: [],
    ...changes,
  };
}

/** The paper's testbed on a good day. */
export function roundRobinRun(): RunMetrics {
  return runOf([
    busyPair({ name: "Flask A", destination: "192.168.56.109" }),
    busyPair({
      name: "Flask B",
      destination: "192.168.56.113",
      paper: { frames: 333, bytes: 47619, delayMs: 3.0072, jitterMs: 0, requests: 333 },
      http: { requests: 333, responses: 333, statuses: { "2xx": 333 } },
    }),
    busyPair({
      name: "Flask C",
      destination: "192.168.56.110",
      paper: { frames: 333, bytes: 47619, delayMs: 3.00921, jitterMs: 0.18944, requests: 333 },
      http: { requests: 333, responses: 333, statuses: { "2xx": 333 } },
    }),
  ]);
}

/** A bad day: loss in both directions, server errors, requests without an answer, a backend that is down. */
export function troubledRun(): RunMetrics {
  const sound = roundRobinRun();
  return runOf(
    [
      busyPair({
        name: "Flask A",
        destination: "192.168.56.109",
        destinationPort: 5000,
        paper: {
          delayMs: 312.5,
          jitterMs: 140.25,
          throughputMbps: 0.0036,
          lostPackets: 27,
          packetLossPercent: 8.083,
        },
        toBackend: {
          lostBeyondTap: 31,
          lossPercent: 3.0938,
          lostAtLeast: 0,
          lostAtMost: 0,
          retransmittedSegments: 36,
          retransmittedBytes: 2772,
        },
        fromBackend: { lostBeforeTap: 27, lossPercent: 2.021, captureDrops: 2, lostAcksBeforeTap: 9 },
        http: {
          responses: 321,
          unanswered: 9,
          aborted: 4,
          running: 1,
          malformed: 2,
          statuses: { "2xx": 300, "4xx": 1, "5xx": 20 },
        },
      }),
      busyPair({
        name: "Flask B",
        destination: "2001:db8::113",
        source: "192.168.56.103",
        destinationPort: 5000,
        paper: {
          frames: 1,
          bytes: 143,
          durationMs: null,
          throughputMbps: null,
          delayMs: null,
          jitterMs: null,
          jitterSignedMs: null,
          requests: 1,
        },
        http: {
          requests: 1,
          responses: 1,
          statuses: { "3xx": 1 },
          requestsPerSecond: null,
          timeToFirstByteMs: { ...NO_SAMPLES, count: 1, mean: 1.4, min: 1.4, p50: 1.4, max: 1.4 },
        },
      }),
      silentPair("Flask C", "192.168.56.110"),
    ],
    {
      capture: {
        ...sound.capture,
        files: ["run-1/trace_00001.pcap", "run-1/trace_00002.pcap"],
        format: "pcap",
        tcpPackets: 21_990,
        skipped: { arp: 12, "cut header": 4, udp: 8 },
        duplicateFrames: 47,
        recorderDrops: 3,
      },
      tcp: {
        ...sound.tcp,
        retransmissions: 55,
        fastRetransmissions: 2,
        lostSegments: 27,
        outOfOrder: 1,
        duplicateAcks: 18,
      },
      warnings: [
        sampleWarning({
          code: "cut-tail",
          message: "run-1/trace_00002.pcap ends in the middle of a packet record at byte 1048560",
          advice:
            "The packets before it were analyzed; record again, or stop the recorder with Ctrl-C and not with kill -9.",
        }),
        ...Array.from({ length: 7 }, (_, index) =>
          sampleWarning({
            code: "few-requests",
            message: `The pair Flask ${index + 1} has only 3 requests: its means say little.`,
            advice: "Record a longer run before drawing conclusions from it.",
          }),
        ),
        sampleWarning({
          code: "pair-without-traffic",
          message: "no packet goes from 192.168.56.103 to Flask C (192.168.56.110)",
          advice: "Check the address, and whether the capture was recorded where that traffic passes.",
        }),
      ],
    },
  );
}

/** A capture on a server: many clients, one address. */
export function manyPairsRun(): RunMetrics {
  const clients = Array.from({ length: 7 }, (_, index) => `10.0.0.${index + 1}`);
  return runOf([
    ...clients.map((source, index) =>
      busyPair({
        name: "10.0.1.1",
        source,
        destination: "10.0.1.1",
        destinationPort: 80,
        http: {
          requests: 700 - 100 * index,
          responses: 700 - 100 * index,
          statuses: { "2xx": 700 - 100 * index },
        },
      }),
    ),
    busyPair({
      name: "2001:db8:85a3:8d3:1319:8a2e:370:7348",
      source: "2001:db8:85a3:8d3:1319:8a2e:370:1",
      destination: "2001:db8:85a3:8d3:1319:8a2e:370:7348",
      destinationPort: 8443,
    }),
  ]);
}

/** A capture without a packet. */
export function emptyRun(): RunMetrics {
  const run = runOf([]);
  return {
    ...run,
    capture: { ...run.capture, packets: 0, bytes: 0, tcpPackets: 0, start: null, durationSeconds: null },
    tcp: { ...run.tcp, connections: 0 },
  };
}

/** Names that would command a terminal, break a table, start markup or become a formula. */
export function hostileRun(): RunMetrics {
  const run = runOf(
    [
      busyPair({ name: "\u001b[2J\u001b]0;owned\u0007A", destination: "192.168.56.109" }),
      busyPair({ name: '=HYPERLINK("http://example.org","B")', destination: "192.168.56.113" }),
      busyPair({ name: "| C |\n# not a heading <b>*_`", destination: "192.168.56.110" }),
      busyPair({ name: "\u202eD\u009b31m 服务器", destination: "192.168.56.111" }),
    ],
    {
      warnings: [
        sampleWarning({
          code: "invented",
          message: "bytes \u001b[31m and\r\nlines",
          advice: "Look at <script>alert(1)</script>.",
        }),
      ],
    },
  );
  return { ...run, capture: { ...run.capture, files: ["captures/@evil\u001b[1m.pcap"] } };
}
