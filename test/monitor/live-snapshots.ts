/** Snapshots of a run under way, made of the project's own captures, or by hand. */
import { Analysis } from "../../src/analysis/analysis.ts";
import { FrameBatch } from "../../src/capture/frame.ts";
import { openCapture } from "../../src/capture/open-capture.ts";
import { withDiagnosis } from "../../src/diagnosis/diagnosed-run.ts";
import type { LiveSnapshot } from "../../src/live/live-snapshot.ts";
import type { AnalysisOptions } from "../../src/metrics/analysis-options.ts";
import type { Distribution } from "../../src/metrics/distribution.ts";
import type { GrowingHistogram, LivePairMetrics } from "../../src/metrics/live-metrics.ts";
import type { PairMetrics, RunMetrics } from "../../src/metrics/run-metrics.ts";
import { BACKENDS, BALANCER, capturePath } from "../known-truth/captures.ts";

/** The testbed's pairs. */
export const NAMED_PAIRS: Pick<AnalysisOptions, "balancer" | "backends"> = {
  balancer: BALANCER,
  backends: [
    { name: "Flask A", address: BACKENDS.fa },
    { name: "Flask B", address: BACKENDS.fb },
    { name: "Flask C", address: BACKENDS.fc },
  ],
};

/** What a session adds to the metrics of a run. */
export function snapshotOf(metrics: RunMetrics, more: Partial<LiveSnapshot> = {}): LiveSnapshot {
  return {
    phase: "capturing",
    atUnixMs: 1_795_380_000_000,
    elapsedSeconds: 1.5,
    source: {
      engine: "dumpcap",
      program: "Dumpcap (Wireshark) 4.0.17",
      timestampSource: "kernel",
      interfaces: ["eth0"],
    },
    balancer: BALANCER,
    method: "round-robin",
    run: 1,
    recording: { files: ["run.pcapng"], bytes: 4096, failure: null },
    recorderDrops: 0,
    skippedFrames: 0,
    metrics: withDiagnosis(metrics),
    ...more,
  };
}

/** The snapshots of a capture of the project after every `step` frames, and at its end. */
export async function* snapshotsOf(
  name: string,
  step: number,
  pairs: Pick<AnalysisOptions, "balancer" | "backends"> = NAMED_PAIRS,
): AsyncGenerator<LiveSnapshot> {
  const analysis = new Analysis({ ...pairs, live: true });
  const capture = await openCapture(capturePath(name));
  const balancer = pairs.balancer ?? null;
  try {
    for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
      for (const part of partsOf(batch, step)) {
        analysis.feed(part, capture.startNs);
        yield snapshotOf(analysis.snapshot(capture), { balancer });
      }
    }
    yield snapshotOf(analysis.finish(capture), { balancer, phase: "ended" });
  } finally {
    await capture.close();
  }
}

/** The last snapshot of a capture of the project. */
export async function lastSnapshotOf(
  name: string,
  pairs?: Pick<AnalysisOptions, "balancer" | "backends">,
): Promise<LiveSnapshot> {
  let last: LiveSnapshot | null = null;
  for await (const snapshot of snapshotsOf(name, Number.POSITIVE_INFINITY, pairs)) last = snapshot;
  if (last === null) throw new Error(`${name} gave no snapshot`);
  return last;
}

function* partsOf(batch: FrameBatch, step: number): Generator<FrameBatch> {
  const part = new FrameBatch();
  for (let from = 0; from < batch.count; from += step) {
    part.reset(batch.bytes);
    for (let row = from; row < Math.min(batch.count, from + step); row++) {
      const columns = [batch.offset, batch.capturedLength, batch.wireLength, batch.timeNs] as const;
      const [offset, captured, wire, time] = columns.map((column) => column[row] as number) as [
        number,
        number,
        number,
        number,
      ];
      part.push(
        offset,
        captured,
        wire,
        time,
        batch.linkType[row] as number,
        batch.interfaceIndex[row] as number,
      );
    }
    yield part;
  }
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

/** A histogram of the bounds 0.1 and 1 second. */
export function histogramOf(...samplesSeconds: number[]): GrowingHistogram {
  const upperBoundsSeconds = [0.1, 1];
  return {
    upperBoundsSeconds,
    cumulativeCounts: upperBoundsSeconds.map((bound) => samplesSeconds.filter((s) => s <= bound).length),
    count: samplesSeconds.length,
    sumSeconds: samplesSeconds.reduce((sum, sample) => sum + sample, 0),
  };
}

/** What only a run under way has: a backend that is up and idle, but for `more`. */
export function liveOf(more: Partial<LivePairMetrics> = {}): LivePairMetrics {
  return {
    state: "up",
    stateReason: null,
    stateSinceSeconds: 0.25,
    inFlight: 0,
    recent: {
      windowSeconds: 10,
      requestsPerSecond: 0,
      toBackendMbps: 0,
      fromBackendMbps: 0,
      lostSegments: 0,
      lossPercent: null,
      unanswered: 0,
      rttMs: NO_SAMPLES,
      timeToFirstByteMs: NO_SAMPLES,
    },
    requestsBySecond: Array.from({ length: 60 }, () => 0),
    histograms: {
      timeToFirstByte: histogramOf(),
      timeToLastByte: histogramOf(),
      rtt: histogramOf(),
      handshakeRtt: histogramOf(),
    },
    ...more,
  };
}

/** The run with the pairs that `change` makes of its pairs. */
export function withPairs(run: RunMetrics, change: (pair: PairMetrics) => PairMetrics[]): RunMetrics {
  return { ...run, pairs: run.pairs.flatMap(change) };
}
