/** Snapshots to show: a synthetic run of which every figure can be set, and the project's own captures. */
import { readFileSync } from "node:fs";
import { Analysis } from "../../src/analysis/analysis.ts";
import { FrameBatch } from "../../src/capture/frame.ts";
import { openCapture } from "../../src/capture/open-capture.ts";
import { withDiagnosis } from "../../src/diagnosis/diagnosed-run.ts";
import type { LiveSnapshot } from "../../src/live/live-snapshot.ts";
import type { Distribution } from "../../src/metrics/distribution.ts";
import type { GrowingHistogram, LivePairMetrics } from "../../src/metrics/live-metrics.ts";
import type { PairMetrics, RunMetrics } from "../../src/metrics/run-metrics.ts";

const NAMED = {
  balancer: "192.168.56.103",
  backends: [
    { name: "Flask A", address: "192.168.56.109" },
    { name: "Flask B", address: "192.168.56.113" },
    { name: "Flask C", address: "192.168.56.110" },
  ],
};

/** The whole of one of the project's captures, analyzed as a live run is. */
export async function fixtureMetrics(name: string): Promise<RunMetrics> {
  const bytes = readFileSync(new URL(`../../fixtures/captures/${name}.pcapng.gz`, import.meta.url));
  const capture = await openCapture(bytes);
  const analysis = new Analysis({ ...NAMED, live: true });
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
    analysis.feed(batch, capture.startNs);
  }
  await capture.close();
  return analysis.finish(capture);
}

/** The recording of outages at known times, looked at once a second of its own time, as a live run is. */
export async function outageSnapshots(): Promise<LiveSnapshot[]> {
  const capture = await openCapture(
    readFileSync(new URL("../../fixtures/outages/outages.pcapng.gz", import.meta.url)),
  );
  const analysis = new Analysis({ ...NAMED, live: true });
  const one = new FrameBatch();
  const snapshots: LiveSnapshot[] = [];
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
    for (let row = 0; row < batch.count; row++) {
      const timeNs = batch.timeNs[row] ?? 0;
      for (let second = snapshots.length + 1; timeNs > second * 1e9; second++) {
        const metrics = analysis.snapshot(capture, second * 1e9);
        snapshots.push(snapshotOf(metrics, metrics.pairs, second));
      }
      one.reset(batch.bytes);
      one.push(
        batch.offset[row] ?? 0,
        batch.capturedLength[row] ?? 0,
        batch.wireLength[row] ?? 0,
        timeNs,
        batch.linkType[row] ?? 0,
        batch.interfaceIndex[row] ?? 0,
      );
      analysis.feed(one, capture.startNs);
    }
  }
  const metrics = analysis.finish(capture);
  await capture.close();
  return [...snapshots, snapshotOf(metrics, metrics.pairs, snapshots.length + 1, { phase: "ended" })];
}

const NO_SAMPLES: Distribution = {
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

const NO_HISTOGRAM: GrowingHistogram = {
  upperBoundsSeconds: [0.001, 1],
  cumulativeCounts: [0, 0],
  count: 0,
  sumSeconds: 0,
};

function distribution(p50: number): Distribution {
  return { ...NO_SAMPLES, count: 10, mean: p50, p50, p90: 2 * p50, p95: 3 * p50, p99: 4 * p50, max: 4 * p50 };
}

/** What a pair does now; what is left out is ordinary. */
export interface PlannedLive extends Partial<LivePairMetrics> {
  readonly requestsPerSecond?: number;
  readonly firstByteMs?: number;
  readonly lossPercent?: number | null;
}

export function livePair(plan: PlannedLive = {}): LivePairMetrics {
  const { requestsPerSecond = 30, firstByteMs = 1.5, lossPercent = 0, ...rest } = plan;
  return {
    state: "up",
    stateReason: null,
    stateSinceSeconds: 0,
    inFlight: 1,
    requestsBySecond: [requestsPerSecond],
    histograms: {
      timeToFirstByte: NO_HISTOGRAM,
      timeToLastByte: NO_HISTOGRAM,
      rtt: NO_HISTOGRAM,
      handshakeRtt: NO_HISTOGRAM,
    },
    recent: {
      windowSeconds: 9.3,
      requestsPerSecond,
      toBackendMbps: requestsPerSecond / 900,
      fromBackendMbps: requestsPerSecond / 300,
      lostSegments: 0,
      lossPercent,
      unanswered: 0,
      rttMs: distribution(0.2),
      timeToFirstByteMs: distribution(firstByteMs),
    },
    ...rest,
  };
}

/** A moment of a run. @param pairs of `metrics`, each with its `live` */
export function snapshotOf(
  metrics: RunMetrics,
  pairs: readonly PairMetrics[],
  elapsedSeconds: number,
  changes: Partial<LiveSnapshot> = {},
): LiveSnapshot {
  const start = Date.parse(metrics.capture.start ?? "2026-11-22T20:54:26Z");
  return {
    phase: "capturing",
    atUnixMs: start + elapsedSeconds * 1000,
    elapsedSeconds,
    source: { engine: "dumpcap", program: "Dumpcap 4.0.17", timestampSource: "kernel", interfaces: ["eth0"] },
    balancer: "192.168.56.103",
    method: "round-robin",
    run: 3,
    recording: { files: ["runs/round-robin-3.pcapng"], bytes: 1_983_000, failure: null },
    recorderDrops: 0,
    skippedFrames: 0,
    metrics: withDiagnosis({ ...metrics, pairs }),
    ...changes,
  };
}
