/** Hand-made moments of runs under way, for the tests of the live view. */

import { withDiagnosis } from "../../../src/diagnosis/diagnosed-run.ts";
import type { LiveSnapshot } from "../../../src/live/live-snapshot.ts";
import type { LivePairMetrics, RecentMetrics } from "../../../src/metrics/live-metrics.ts";
import type { PairMetrics, RunMetrics } from "../../../src/metrics/run-metrics.ts";
import { message as words } from "../../../src/words/message.ts";
import {
  busyPair,
  distribution,
  emptyRun,
  hostileRun,
  NO_SAMPLES,
  runOf,
  silentPair,
} from "../sample-run.ts";

const NO_HISTOGRAM = { upperBoundsSeconds: [], cumulativeCounts: [], count: 0, sumSeconds: 0 };

type LiveChanges = Partial<Omit<LivePairMetrics, "recent">> & { readonly recent?: Partial<RecentMetrics> };

/** A pair that answers a third of 1000 requests/s, or what the changes make of it. */
export function livePair(pair: PairMetrics, { recent, ...changes }: LiveChanges = {}): PairMetrics {
  return {
    ...pair,
    live: {
      state: "up",
      stateReason: null,
      stateSinceSeconds: 0.5,
      inFlight: 2,
      recent: {
        windowSeconds: 10,
        requestsPerSecond: 333.4,
        toBackendMbps: 1.26,
        fromBackendMbps: 1.324,
        lostSegments: 0,
        lossPercent: 0,
        unanswered: 0,
        rttMs: distribution(1002, 0.048),
        timeToFirstByteMs: distribution(3340, 1.376),
        ...recent,
      },
      // A minute that began with a pause: 0, 0, …, then 325 … 340 requests a second.
      requestsBySecond: Array.from({ length: 60 }, (_, second) =>
        second < 40 ? 0 : 325 + ((second * 7) % 16),
      ),
      histograms: {
        timeToFirstByte: NO_HISTOGRAM,
        timeToLastByte: NO_HISTOGRAM,
        rtt: NO_HISTOGRAM,
        handshakeRtt: NO_HISTOGRAM,
      },
      ...changes,
    },
  };
}

/** A snapshot around a run. */
export function snapshotOf(metrics: RunMetrics, changes: Partial<LiveSnapshot> = {}): LiveSnapshot {
  return {
    phase: "capturing",
    atUnixMs: Date.parse("2026-11-22T20:54:46.500Z"),
    elapsedSeconds: 20.4,
    source: {
      engine: "dumpcap",
      program: "dumpcap 4.0.17",
      timestampSource: "kernel",
      interfaces: ["eth0"],
    },
    method: null,
    run: null,
    recording: { files: ["run.pcapng"], bytes: 1_983_000, failure: null },
    recorderDrops: 0,
    skippedFrames: 0,
    metrics: withDiagnosis(metrics),
    ...changes,
  };
}

/** The study's testbed on a good day. */
export function steady(): LiveSnapshot {
  return snapshotOf(
    runOf([
      livePair(busyPair({ name: "Flask A", destination: "192.168.56.109" })),
      livePair(busyPair({ name: "Flask B", destination: "192.168.56.113" })),
      livePair(busyPair({ name: "Flask C", destination: "192.168.56.110" })),
    ]),
  );
}

/** A run of an experiment in trouble: a backend is down, another fails, frames are dropped and skipped, the disk is full. */
export function troubled(): LiveSnapshot {
  const fast = Array.from({ length: 60 }, (_, second) => (second % 10 === 0 ? 0 : 150 * second));
  return snapshotOf(
    runOf([
      livePair(
        busyPair({
          name: "Flask A",
          destination: "192.168.56.109",
          http: { requests: 987_654, unanswered: 12_345, aborted: 3 },
        }),
        {
          inFlight: 1234,
          requestsBySecond: fast,
          recent: {
            requestsPerSecond: 12_345.6,
            fromBackendMbps: 9412.5,
            lossPercent: 2.25,
            timeToFirstByteMs: distribution(100_000, 812.5),
          },
        },
      ),
      livePair(busyPair({ name: "Flask B", destination: "192.168.56.113" }), {
        state: "failing",
        stateReason: "5xx",
        stateSinceSeconds: 12.25,
        recent: { requestsPerSecond: 4.2, unanswered: 0, rttMs: NO_SAMPLES },
      }),
      livePair(busyPair({ name: "Flask C", destination: "192.168.56.110", http: { unanswered: 7 } }), {
        state: "down",
        stateReason: "refused",
        stateSinceSeconds: 15.125,
        inFlight: 0,
        recent: {
          requestsPerSecond: 0,
          toBackendMbps: 0.004,
          fromBackendMbps: 0.002,
          lossPercent: null,
          unanswered: 7,
          rttMs: NO_SAMPLES,
          timeToFirstByteMs: NO_SAMPLES,
        },
      }),
      livePair(silentPair("Flask D", "192.168.56.111"), {
        state: "unknown",
        stateSinceSeconds: null,
        inFlight: 0,
        recent: {
          requestsPerSecond: 0,
          toBackendMbps: 0,
          fromBackendMbps: 0,
          lossPercent: null,
          rttMs: NO_SAMPLES,
          timeToFirstByteMs: NO_SAMPLES,
        },
        requestsBySecond: Array.from({ length: 60 }, () => 0),
      }),
    ]),
    {
      elapsedSeconds: 3723.9,
      method: "least-connection",
      run: 3,
      recorderDrops: 17,
      skippedFrames: 20_480,
      recording: {
        files: ["captures/run_00001.pcapng.gz", "captures/run_00002.pcapng.gz"],
        bytes: 12_345_678_901,
        failure: words("verbatim", "captures/run_00002.pcapng.gz: no space left on device"),
      },
    },
  );
}

/** Thirty clients of one server that nobody named, one of them in trouble; frames stamped by this process. */
export function manyPairs(): LiveSnapshot {
  const pairs = Array.from({ length: 30 }, (_, index) =>
    livePair(
      busyPair({
        name: "10.0.1.1",
        source: `10.0.0.${index + 1}`,
        destination: "10.0.1.1",
        destinationPort: 80,
      }),
      {
        state: index === 20 ? "failing" : "up",
        stateReason: index === 20 ? "unanswered" : null,
        recent: { requestsPerSecond: 10 * ((index * 7) % 30) },
      },
    ),
  );
  return snapshotOf(runOf(pairs), {
    source: {
      engine: "cap",
      program: null,
      timestampSource: "process",
      interfaces: ["eth0", "eth1"],
    },
    recorderDrops: null,
    recording: null,
  });
}

/** Before the first frame. */
export function waiting(): LiveSnapshot {
  const run = emptyRun();
  return snapshotOf(run, {
    phase: "waiting",
    elapsedSeconds: 3.2,
    recorderDrops: null,
    recording: { files: [], bytes: 0, failure: null },
  });
}

/** Frames, but no HTTP among them; replayed. */
export function noHttp(): LiveSnapshot {
  return snapshotOf(runOf([]), {
    source: { engine: "replay", program: "fixtures/dns.pcapng", timestampSource: "recorded", interfaces: [] },
    recording: null,
  });
}

/** Names that would command a terminal, one of them of wide characters. */
export function hostile(): LiveSnapshot {
  const run = hostileRun();
  return snapshotOf(
    { ...run, pairs: run.pairs.map((pair) => livePair(pair)) },
    {
      method: "\u001b[2Jmethod",
      run: 1,
      source: {
        engine: "replay",
        program: "captures/\u009bevil.pcap",
        timestampSource: "recorded",
        interfaces: ["eth\u001b0"],
      },
      recording: { files: ["run\u202e.pcapng"], bytes: 999, failure: null },
    },
  );
}
