/** What `/metrics` answers, compared number by number with the snapshot that it was made of. */
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { withDiagnosis } from "../../../src/diagnosis/diagnosed-run.ts";
import type { LiveSnapshot } from "../../../src/live/live-snapshot.ts";
import type { DirectionMetrics, PairMetrics } from "../../../src/metrics/run-metrics.ts";
import { MAX_DISCOVERED } from "../../../src/monitor/prometheus/backend-view.ts";
import {
  metricDescriptions,
  PrometheusExposition,
} from "../../../src/monitor/prometheus/prometheus-exposition.ts";
import { needs } from "../../real-part.ts";
import {
  histogramOf,
  lastSnapshotOf,
  liveOf,
  snapshotOf,
  snapshotsOf,
  withPairs,
} from "../live-snapshots.ts";
import { parseExposition, parseTypes, type Series } from "./exposition-text.ts";

async function textOf(...snapshots: LiveSnapshot[]): Promise<string> {
  const exposition = new PrometheusExposition();
  for (const snapshot of snapshots) exposition.update(snapshot);
  return exposition.text();
}

async function seriesOf(...snapshots: LiveSnapshot[]): Promise<Series[]> {
  return parseExposition(await textOf(...snapshots));
}

/** The values of a metric, by those of its labels that `keys` name. */
function values(series: readonly Series[], name: string, ...keys: string[]): Record<string, number> {
  const found = series.filter((one) => one.name === name);
  return Object.fromEntries(
    found.map(({ labels, value }) => [keys.map((key) => labels[key]).join(" "), value]),
  );
}

function firstPair({ metrics }: LiveSnapshot): PairMetrics {
  const [pair] = metrics.pairs;
  if (pair === undefined) throw new Error("a snapshot without pairs");
  return pair;
}

/** The snapshot with `count` pairs made of its first one. */
function withCopies(
  snapshot: LiveSnapshot,
  count: number,
  change: (pair: PairMetrics, index: number) => PairMetrics,
): LiveSnapshot {
  const pair = firstPair(snapshot);
  const pairs = Array.from({ length: count }, (_, index) => change(pair, index));
  return { ...snapshot, balancer: null, metrics: { ...snapshot.metrics, pairs } };
}

describe.each(["round-robin-1.pcapng.gz", "loss-big-to2-from2.pcapng.gz"])("%s", async (name) => {
  const snapshot = await lastSnapshotOf(name);
  const series = await seriesOf(snapshot);
  const { metrics } = snapshot;

  /** What the metric has to say for each backend. */
  function byBackend(count: (pair: PairMetrics) => number): Record<string, number> {
    return Object.fromEntries(metrics.pairs.map((pair) => [pair.name, count(pair)]));
  }

  test.each<[string, (pair: PairMetrics) => number]>([
    ["lbqos_requests_total", ({ paper }) => paper.requests],
    ["lbqos_exchanges_total", ({ http }) => http.requests],
    ["lbqos_requests_unanswered_total", ({ http }) => http.unanswered ?? 0],
    ["lbqos_requests_aborted_total", ({ http }) => http.aborted],
    ["lbqos_requests_malformed_total", ({ http }) => http.malformed],
    ["lbqos_connections_total", ({ transport }) => transport.connections],
    ["lbqos_failed_handshakes_total", ({ transport }) => transport.failedHandshakes],
    ["lbqos_resets_total", ({ transport }) => transport.resets],
    ["lbqos_zero_windows_total", ({ transport }) => transport.zeroWindows],
  ])("%s is the snapshot's count", (metric, count) => {
    expect(values(series, metric, "backend")).toEqual(byBackend(count));
  });

  test.each<[string, (direction: DirectionMetrics) => number]>([
    ["lbqos_packets_total", ({ packets }) => packets],
    ["lbqos_wire_bytes_total", ({ bytes }) => bytes],
    ["lbqos_payload_bytes_total", ({ payloadBytes }) => payloadBytes],
    ["lbqos_segments_total", ({ wireSegments }) => wireSegments],
    ["lbqos_retransmitted_segments_total", ({ retransmittedSegments }) => retransmittedSegments],
    ["lbqos_retransmitted_bytes_total", ({ retransmittedBytes }) => retransmittedBytes],
    ["lbqos_unrecorded_segments_total", ({ captureDrops }) => captureDrops],
  ])("%s is the snapshot's count, by direction", (metric, count) => {
    const expected = metrics.pairs.flatMap(({ name: backend, transport }) => [
      [`${backend} to_backend`, count(transport.toBackend)],
      [`${backend} from_backend`, count(transport.fromBackend)],
    ]);
    expect(values(series, metric, "backend", "direction")).toEqual(Object.fromEntries(expected));
  });

  test.each(["lbqos_lost_segments_total", "lbqos_lost_segments_estimate"])("%s, by place", (metric) => {
    const expected = metrics.pairs.flatMap(({ name: backend, transport: { toBackend, fromBackend } }) => [
      [`${backend} to_backend beyond_tap`, toBackend.lostBeyondTap],
      [`${backend} to_backend before_tap`, toBackend.lostBeforeTap],
      [`${backend} from_backend beyond_tap`, fromBackend.lostBeyondTap],
      [`${backend} from_backend before_tap`, fromBackend.lostBeforeTap],
    ]);
    expect(values(series, metric, "backend", "direction", "place")).toEqual(Object.fromEntries(expected));
  });

  test("responses by class of status, and classes that never came are 0", () => {
    const [first] = metrics.pairs;
    const ofFirst = series.filter(({ labels }) => labels["backend"] === first?.name);
    expect(values(ofFirst, "lbqos_responses_total", "code")).toEqual({
      "1xx": 0,
      "2xx": 0,
      "3xx": 0,
      "4xx": 0,
      "5xx": 0,
      ...first?.http.statuses,
    });
  });

  test("the paper's metrics in base units", () => {
    const toSeconds = (pair: PairMetrics) => (pair.paper.delayMs ?? Number.NaN) / 1000;
    expect(values(series, "lbqos_paper_delay_seconds", "backend")).toEqual(byBackend(toSeconds));
    const toRatio = (pair: PairMetrics) => (pair.paper.packetLossPercent ?? Number.NaN) / 100;
    expect(values(series, "lbqos_paper_packet_loss_ratio", "backend")).toEqual(byBackend(toRatio));
    const toBytes = (pair: PairMetrics) => (pair.paper.throughputMbps ?? Number.NaN) * 125_000;
    expect(values(series, "lbqos_paper_throughput_bytes_per_second", "backend")).toEqual(byBackend(toBytes));
  });

  test("over how many metrics the index goes", () => {
    const rated = byBackend(({ categories }) => categories.ratedMetrics);
    expect(values(series, "lbqos_quality_rated_metrics", "backend")).toEqual(rated);
  });

  test("the run's own counts", () => {
    const count = (metric: string) => series.find((one) => one.name === metric)?.value;
    expect(count("lbqos_frames_total")).toBe(metrics.capture.packets);
    expect(count("lbqos_frame_bytes_total")).toBe(metrics.capture.bytes);
    expect(count("lbqos_tcp_frames_total")).toBe(metrics.capture.tcpPackets);
    expect(count("lbqos_capture_http_requests_total")).toBe(metrics.http.requests);
    expect(count("lbqos_wireshark_retransmissions_total")).toBe(metrics.tcp.retransmissions);
    expect(count("lbqos_wireshark_lost_segments_total")).toBe(metrics.tcp.lostSegments);
  });

  test("every series of a backend carries balancer, backend and method", () => {
    const ofRequests = series.filter((one) => one.name === "lbqos_requests_total");
    expect(ofRequests.map(({ labels }) => labels)).toEqual(
      metrics.pairs.map((pair) => ({
        balancer: "192.168.56.103",
        backend: pair.name,
        method: "round-robin",
      })),
    );
  });
});

describe("counters", () => {
  test.each(["loss-to0-from2.pcapng.gz", "loss-to2-from0.pcapng.gz", "loss-big-to2-from2.pcapng.gz"])(
    "of %s never go down, whatever estimate is taken back",
    async (name) => {
      const exposition = new PrometheusExposition();
      const before = new Map<string, number>();
      let scrapes = 0;
      for await (const snapshot of snapshotsOf(name, 40)) {
        exposition.update(snapshot);
        const text = await exposition.text();
        const types = parseTypes(text);
        scrapes++;
        for (const { name: metric, labels, value } of parseExposition(text)) {
          if (types.get(metric) !== "counter") continue;
          const key = `${metric} ${JSON.stringify(labels)}`;
          const last = before.get(key) ?? 0;
          if (value < last) throw new Error(`${key} went from ${last} to ${value}`);
          before.set(key, value);
        }
      }
      expect(scrapes).toBeGreaterThan(10);
    },
  );

  test("wait where an estimate is taken back; the estimate itself follows", async () => {
    const snapshot = await lastSnapshotOf("round-robin-1.pcapng.gz");
    const losing = (lostBeyondTap: number) => ({
      ...snapshot,
      metrics: withDiagnosis(
        withPairs(snapshot.metrics, (pair) => {
          const toBackend = { ...pair.transport.toBackend, lostBeyondTap };
          return [{ ...pair, transport: { ...pair.transport, toBackend } }];
        }),
      ),
    });
    const exposition = new PrometheusExposition();
    const seen: [number | undefined, number | undefined][] = [];
    for (const lost of [3, 2, 4]) {
      exposition.update(losing(lost));
      const series = parseExposition(await exposition.text());
      const key = "Flask A to_backend beyond_tap";
      seen.push([
        values(series, "lbqos_lost_segments_total", "backend", "direction", "place")[key],
        values(series, "lbqos_lost_segments_estimate", "backend", "direction", "place")[key],
      ]);
    }
    expect(seen).toEqual([
      [3, 3],
      [3, 2],
      [4, 4],
    ]);
  });
});

describe("a backend's state", async () => {
  const snapshot = await lastSnapshotOf("round-robin-1.pcapng.gz");
  const start = Date.parse(snapshot.metrics.capture.start ?? "") / 1000;

  async function shown(...lives: ReturnType<typeof liveOf>[]) {
    const series = await seriesOf(
      withCopies(snapshot, lives.length, (pair, index) => {
        const live = lives[index];
        return live === undefined ? pair : { ...pair, source: `10.0.0.${index}`, live };
      }),
    );
    const one = (name: string, label: string) =>
      Object.entries(values(series, name, label)).flatMap(([value, is]) => (is === 1 ? [value] : []));
    return {
      up: series.find(({ name }) => name === "lbqos_backend_up")?.value ?? null,
      state: one("lbqos_backend_state", "state"),
      reason: one("lbqos_backend_failure_reason", "reason"),
      since:
        series.find(({ name }) => name === "lbqos_backend_state_change_timestamp_seconds")?.value ?? null,
    };
  }

  test("is a number for alerts, a state set for people, and the time of its change", async () => {
    expect(await shown(liveOf({ state: "up", stateSinceSeconds: 0.25 }))).toEqual({
      up: 1,
      state: ["up"],
      reason: [],
      since: start + 0.25,
    });
    expect(await shown(liveOf({ state: "failing", stateReason: "5xx" }))).toMatchObject({
      up: 1,
      state: ["failing"],
      reason: ["5xx"],
    });
    expect(await shown(liveOf({ state: "down", stateReason: "refused" }))).toMatchObject({
      up: 0,
      state: ["down"],
      reason: ["refused"],
    });
  });

  test("is absent, not 0, until it was asked something", async () => {
    expect(await shown(liveOf({ state: "unknown", stateSinceSeconds: null }))).toEqual({
      up: null,
      state: ["unknown"],
      reason: [],
      since: null,
    });
  });

  test("towards several clients is failing where it works for some only", async () => {
    const up = liveOf({ state: "up" });
    const down = liveOf({ state: "down", stateReason: "refused", stateSinceSeconds: 2 });
    const unknown = liveOf({ state: "unknown" });
    expect(await shown(up, down)).toMatchObject({ up: 1, state: ["failing"], reason: ["refused"] });
    expect(await shown(down, down, unknown)).toMatchObject({ up: 0, state: ["down"] });
    expect(await shown(up, unknown)).toMatchObject({ up: 1, state: ["up"] });
  });
});

describe("histograms", async () => {
  const snapshot = await lastSnapshotOf("round-robin-1.pcapng.gz");

  test("are the snapshot's buckets, with +Inf, sum and count", async () => {
    const live = liveOf({ histograms: { ...liveOf().histograms, rtt: histogramOf(0.05, 0.5, 0.75, 3) } });
    const series = await seriesOf(withCopies(snapshot, 1, (pair) => ({ ...pair, live })));
    expect(values(series, "lbqos_rtt_seconds_bucket", "le")).toEqual({ "0.1": 1, "1": 3, "+Inf": 4 });
    expect(values(series, "lbqos_rtt_seconds_sum", "backend")).toEqual({ "Flask A": 4.3 });
    expect(values(series, "lbqos_rtt_seconds_count", "backend")).toEqual({ "Flask A": 4 });
  });

  test("of a real run count what the run counted", async () => {
    const series = await seriesOf(snapshot);
    const counts = (of: (pair: PairMetrics) => number) =>
      Object.fromEntries(snapshot.metrics.pairs.map((pair) => [pair.name, of(pair)]));
    const shown = (name: string) => values(series, `${name}_count`, "backend");
    expect(shown("lbqos_time_to_first_byte_seconds")).toEqual(
      counts(({ http }) => http.timeToFirstByteMs.count),
    );
    expect(shown("lbqos_time_to_last_byte_seconds")).toEqual(
      counts(({ http }) => http.timeToLastByteMs.count),
    );
    expect(shown("lbqos_rtt_seconds")).toEqual(counts(({ transport }) => transport.rttMs.count));
    expect(shown("lbqos_handshake_rtt_seconds")).toEqual(
      counts(({ transport }) => transport.handshakeRttMs.count),
    );
    expect(shown("lbqos_added_time_to_first_byte_seconds")).toEqual(
      counts(({ addedTimeToFirstByteMs }) => addedTimeToFirstByteMs?.count ?? 0),
    );
  });

  test("of several clients are added up", async () => {
    const lives = [histogramOf(0.05, 0.5), histogramOf(0.5, 3)].map((rtt) =>
      liveOf({ histograms: { ...liveOf().histograms, rtt } }),
    );
    const series = await seriesOf(
      withCopies(snapshot, 2, (pair, index) => ({ ...pair, live: lives[index] ?? liveOf() })),
    );
    expect(values(series, "lbqos_rtt_seconds_bucket", "le")).toEqual({ "0.1": 1, "1": 3, "+Inf": 4 });
  });
});

describe("where pairs were not named", async () => {
  const snapshot = await lastSnapshotOf("round-robin-1.pcapng.gz");
  const single = await seriesOf(
    withCopies(snapshot, 1, (pair) => ({ ...pair, name: pair.destination, destinationPort: 80 })),
  );

  test("many clients are one series, their counts added up", async () => {
    const clients = 3000;
    const series = await seriesOf(
      withCopies(snapshot, clients, (pair, index) => ({
        ...pair,
        name: pair.destination,
        destinationPort: 80,
        source: `10.1.${index >> 8}.${index & 255}`,
      })),
    );
    expect(series.length).toBeLessThanOrEqual(single.length);
    const { destination, paper } = firstPair(snapshot);
    expect(values(series, "lbqos_requests_total", "backend")).toEqual({
      [`${destination}:80`]: clients * paper.requests,
    });
    expect(values(series, "lbqos_paper_delay_seconds", "backend")).toEqual({});
    expect(JSON.stringify(series)).not.toContain("10.1.");
  });

  test("many servers are bounded, and stay where they are", async () => {
    const servers = (from: number, to: number) =>
      withCopies(snapshot, to - from, (pair, index) => {
        const destination = `10.2.${(from + index) >> 8}.${(from + index) & 255}`;
        return { ...pair, name: destination, destination, destinationPort: 8080 };
      });
    const exposition = new PrometheusExposition();
    exposition.update(servers(0, 200));
    const all = values(parseExposition(await exposition.text()), "lbqos_requests_total", "backend");
    expect(Object.keys(all)).toHaveLength(MAX_DISCOVERED + 1);
    const each = firstPair(snapshot).paper.requests;
    expect(all["other"]).toBe((200 - MAX_DISCOVERED) * each);
    exposition.update({
      ...servers(0, 200),
      metrics: { ...servers(0, 200).metrics, pairs: servers(0, 200).metrics.pairs.toReversed() },
    });
    expect(values(parseExposition(await exposition.text()), "lbqos_requests_total", "backend")).toEqual(all);
  });

  test("a real run shows its servers by address and port, and no balancer", async () => {
    const run = await lastSnapshotOf("round-robin-1.pcapng.gz", {});
    const series = await seriesOf(run);
    const expected: Record<string, number> = {};
    for (const { destination, destinationPort, paper } of run.metrics.pairs) {
      const server = `${destination}:${destinationPort}`;
      expected[server] = (expected[server] ?? 0) + paper.requests;
    }
    expect(Object.keys(expected)).toHaveLength(4);
    expect(values(series, "lbqos_requests_total", "backend")).toEqual(expected);
    const labels = series.filter(({ name }) => name === "lbqos_requests_total").map((one) => one.labels);
    expect(labels.filter((one) => "balancer" in one)).toEqual([]);
  });

  test("an IPv6 server's port can be told from its address", async () => {
    const series = await seriesOf(
      withCopies(snapshot, 1, (pair) => ({
        ...pair,
        name: "2001:db8::1",
        destination: "2001:db8::1",
        destinationPort: 80,
      })),
    );
    expect(Object.keys(values(series, "lbqos_requests_total", "backend"))).toEqual(["[2001:db8::1]:80"]);
  });
});

test("hostile names come back as they are", async () => {
  const snapshot = await lastSnapshotOf("round-robin-1.pcapng.gz");
  const name = 'a"} 1\nlbqos_evil 1\n\\{x="';
  const series = await seriesOf(withCopies(snapshot, 1, (pair) => ({ ...pair, name })));
  expect(Object.keys(values(series, "lbqos_requests_total", "backend"))).toEqual([name]);
  expect(series.map((one) => one.name)).not.toContain("lbqos_evil");
});

test("frames of unknown link types are one series", async () => {
  const snapshot = await lastSnapshotOf("round-robin-1.pcapng.gz");
  const skipped = { arp: 2, "unknown-link-type-5": 3, "unknown-link-type-6": 4 };
  const capture = { ...snapshot.metrics.capture, skipped };
  const series = await seriesOf({ ...snapshot, metrics: { ...snapshot.metrics, capture } });
  expect(values(series, "lbqos_other_frames_total", "reason")).toEqual({ arp: 2, "unknown-link-type": 7 });
});

test("what is not known is absent, not 0", async () => {
  const snapshot = await lastSnapshotOf("round-robin-1.pcapng.gz");
  const series = await seriesOf({ ...snapshot, recorderDrops: null, recording: null, method: null });
  const names = new Set(series.map((one) => one.name));
  expect(names).not.toContain("lbqos_recorder_dropped_frames_total");
  expect(names).not.toContain("lbqos_recording_bytes_total");
  expect(series.filter(({ labels }) => "method" in labels)).toEqual([]);
  expect(names).toContain("lbqos_analysis_skipped_frames_total");
});

test("before the first snapshot there is the process only", async () => {
  const names = new Set((await seriesOf()).map((one) => one.name));
  expect(names).toEqual(
    new Set([
      "process_cpu_seconds_total",
      "process_resident_memory_bytes",
      "process_start_time_seconds",
      "lbqos_build_info",
    ]),
  );
});

test("the descriptions are the metrics, no more and no less", async () => {
  const types = parseTypes(await textOf());
  const described = metricDescriptions.map(({ name, type }) => [name, type] as const);
  expect(new Map(described)).toEqual(
    new Map([...types].filter(([name]) => name.startsWith("lbqos_") && name !== "lbqos_build_info")),
  );
});

needs("promtool")("promtool check metrics", () => {
  test("has nothing to say", async () => {
    const snapshot = await lastSnapshotOf("round-robin-1.pcapng.gz");
    const withLive = withPairs(snapshot.metrics, (pair) => [{ ...pair, live: pair.live ?? liveOf() }]);
    const input = await textOf(snapshotOf(withLive));
    // promtool ends with a status other than 0 where it finds something, and prints it.
    const found = execFileSync("promtool", ["check", "metrics"], { input, encoding: "utf8" });
    expect(found).toBe("");
  });
});
