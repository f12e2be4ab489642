/**
 * Figures of a backend that can't be added up: the paper's metrics with their rating, and those of the last seconds.
 * Absent where a backend is the sum of several clients.
 */

import type { Distribution } from "../../metrics/distribution.ts";
import type { RecentMetrics } from "../../metrics/live-metrics.ts";
import type { PaperMetrics } from "../../metrics/run-metrics.ts";
import { BITS_PER_BYTE } from "../../units.ts";
import type { BackendInRun } from "./backend-families.ts";
import { byLabel, type MetricFamily, ratio, seconds, single } from "./metric-family.ts";

const BYTES_PER_MEGABIT = 1_000_000 / BITS_PER_BYTE;

function bytesPerSecond(megabitsPerSecond: number | null): number | null {
  return megabitsPerSecond === null ? null : megabitsPerSecond * BYTES_PER_MEGABIT;
}

function paper(name: string, help: string, figure: (paper: PaperMetrics) => number | null) {
  return single<BackendInRun>("gauge", name, help, ({ backend }) => {
    const { only } = backend;
    return only === null ? null : figure(only.paper);
  });
}

function recent(name: string, help: string, figure: (recent: RecentMetrics) => number | null) {
  return single<BackendInRun>("gauge", name, help, ({ backend }) => {
    const last = backend.only?.live?.recent;
    return last === undefined ? null : figure(last);
  });
}

/** No summaries: their counts would have to grow, and the label `quantile` is for summaries only. */
function recentPercentiles(name: string, help: string, of: (recent: RecentMetrics) => Distribution) {
  return byLabel<BackendInRun>("gauge", name, help, "percentile", ({ backend }) => {
    const last = backend.only?.live?.recent;
    if (last === undefined) return {};
    const { p50, p90, p95, p99 } = of(last);
    return { "50": seconds(p50), "90": seconds(p90), "95": seconds(p95), "99": seconds(p99) };
  });
}

export const figureFamilies: readonly MetricFamily<BackendInRun>[] = [
  recent(
    "lbqos_recent_window_seconds",
    "Length of the time that the metrics lbqos_recent_* are of, up to now.",
    ({ windowSeconds }) => windowSeconds,
  ),
  recent(
    "lbqos_recent_requests_per_second",
    "HTTP requests per second in the recent window.",
    ({ requestsPerSecond }) => requestsPerSecond,
  ),
  byLabel(
    "gauge",
    "lbqos_recent_wire_bytes_per_second",
    "Bytes on the wire per second in the recent window.",
    "direction",
    ({ backend }) => {
      const last = backend.only?.live?.recent;
      return {
        to_backend: bytesPerSecond(last?.toBackendMbps ?? null),
        from_backend: bytesPerSecond(last?.fromBackendMbps ?? null),
      };
    },
  ),
  recent(
    "lbqos_recent_loss_ratio",
    "Segments lost over segments sent in the recent window, both directions, 0 to 1.",
    ({ lossPercent }) => ratio(lossPercent),
  ),
  recentPercentiles(
    "lbqos_recent_time_to_first_byte_seconds",
    "Time to first byte in the recent window, not rounded to buckets.",
    ({ timeToFirstByteMs }) => timeToFirstByteMs,
  ),
  recentPercentiles(
    "lbqos_recent_rtt_seconds",
    "Round trip to the backend in the recent window, not rounded to buckets.",
    ({ rttMs }) => rttMs,
  ),
  paper(
    "lbqos_paper_throughput_bytes_per_second",
    "The paper's throughput: bytes of the request frames over the time between the first and the last.",
    ({ throughputMbps }) => bytesPerSecond(throughputMbps),
  ),
  paper(
    "lbqos_paper_delay_seconds",
    "The paper's delay: mean time between successive request frames, set by the load generator.",
    ({ delayMs }) => seconds(delayMs),
  ),
  paper(
    "lbqos_paper_jitter_seconds",
    "The paper's jitter: mean absolute difference of successive delays.",
    ({ jitterMs }) => seconds(jitterMs),
  ),
  paper(
    "lbqos_paper_signed_jitter_seconds",
    "The paper's jitter in its spreadsheet form, without the absolute value.",
    ({ jitterSignedMs }) => seconds(jitterSignedMs),
  ),
  paper(
    "lbqos_paper_packet_loss_ratio",
    "The paper's packet loss by Wireshark's count of lost segments, 0 to 1.",
    ({ packetLossPercent }) => ratio(packetLossPercent),
  ),
  {
    type: "gauge",
    name: "lbqos_quality_index",
    help: "Index of a figure by the category profile, 4 best to 0; total is their mean.",
    labels: ["figure", "profile"],
    read: ({ backend }) => {
      const { only } = backend;
      if (only === null) return [];
      const { profile, packetLoss, delay, jitter, throughput, index } = only.categories;
      return Object.entries({ packet_loss: packetLoss, delay, jitter, throughput, total: index }).map(
        ([figure, value]) => [{ figure, profile }, value],
      );
    },
  },
  {
    type: "gauge",
    name: "lbqos_quality_rated_metrics",
    help: "How many of the four figures the profile could rate: the total index is the mean of those alone.",
    labels: ["profile"],
    read: ({ backend: { only } }) =>
      only === null ? [] : [[{ profile: only.categories.profile }, only.categories.ratedMetrics]],
  },
];
