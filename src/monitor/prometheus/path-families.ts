/** The metrics of the path to a peer's tap, by direction. */
import type { LiveSnapshot } from "../../live/live-snapshot.ts";
import type { LiveDirectionMetrics } from "../../path/live-path-metrics.ts";
import { byLabel, type MetricFamily, ratio, seconds, single } from "./metric-family.ts";

function ofDirections(
  type: "counter" | "gauge",
  name: string,
  help: string,
  value: (direction: LiveDirectionMetrics) => number | null,
): MetricFamily<LiveSnapshot> {
  return byLabel(type, name, help, "direction", ({ path }) => {
    const figures = path?.figures ?? null;
    if (figures === null) return {};
    return { forward: value(figures.forward), backward: value(figures.backward) };
  });
}

export const pathFamilies: readonly MetricFamily<LiveSnapshot>[] = [
  single(
    "gauge",
    "lbqos_path_measured",
    "1: packets are matched with a peer's tap; 0: not yet, or not any more; absent where there is no peer.",
    ({ path }) => (path === undefined ? null : Number(path.phase === "matching")),
  ),
  ofDirections(
    "counter",
    "lbqos_path_packets_total",
    "Packets that the sender's tap recorded: forward from this machine to the peer, backward from it.",
    ({ sent }) => sent,
  ),
  ofDirections(
    "counter",
    "lbqos_path_lost_packets_total",
    "Of these, packets that never came to the receiver's tap.",
    ({ lost }) => lost,
  ),
  ofDirections(
    "gauge",
    "lbqos_path_loss_ratio",
    "Share of the packets lost, of those of the last ten seconds.",
    ({ recentLossPercent }) => ratio(recentLossPercent),
  ),
  ofDirections(
    "gauge",
    "lbqos_path_delay_seconds",
    "Mean one-way delay of the packets of the last ten seconds.",
    ({ delayMs }) => seconds(delayMs?.mean ?? null),
  ),
  ofDirections(
    "gauge",
    "lbqos_path_delay_p95_seconds",
    "One-way delay that 95 % of the packets of the last ten seconds did not exceed.",
    ({ delayMs }) => seconds(delayMs?.p95 ?? null),
  ),
  ofDirections(
    "gauge",
    "lbqos_path_delay_variation_seconds",
    "Mean difference of successive one-way delays, without sign, of the last ten seconds.",
    ({ meanIpdvMs }) => seconds(meanIpdvMs),
  ),
  single(
    "gauge",
    "lbqos_path_delay_bound_seconds",
    "By so much at most one-way delays are wrong, as the offset of the clocks is not known better.",
    ({ path }) => seconds(path?.figures?.clocks.delayBoundMs ?? null),
  ),
];
