/** What the balancer did between clients and backends; only where the capture sees both sides. */
import type { BalancerMetrics } from "../../metrics/balancer-metrics.ts";
import type { Distribution } from "../../metrics/distribution.ts";
import { byStatusClass } from "../../metrics/status-classes.ts";
import { byLabel, type MetricFamily, single } from "./metric-family.ts";

function counter(name: string, help: string, count: (balancer: BalancerMetrics) => number) {
  return single("counter", `lbqos_balancer_${name}_total`, help, count);
}

function summary(
  name: string,
  help: string,
  read: (balancer: BalancerMetrics) => Distribution,
): MetricFamily<BalancerMetrics> {
  return { type: "summary", name: `lbqos_balancer_${name}_seconds`, help, read };
}

export const balancerFamilies: readonly MetricFamily<BalancerMetrics>[] = [
  counter(
    "client_exchanges",
    "HTTP exchanges that clients began with the balancer.",
    ({ clientExchanges }) => clientExchanges,
  ),
  counter("matched", "Client exchanges that got a backend's response.", ({ matched }) => matched),
  counter(
    "uncertain",
    "Client exchanges to which another exchange with a backend would fit as well.",
    ({ uncertain }) => uncertain,
  ),
  counter(
    "retried",
    "Client exchanges for which the balancer turned to more than one backend.",
    ({ retried }) => retried,
  ),
  byLabel(
    "counter",
    "lbqos_balancer_answered_itself_total",
    "Client exchanges that got a response of the balancer's own, by class of status.",
    "code",
    ({ answeredItself }) => byStatusClass(answeredItself),
  ),
  counter(
    "unfinished",
    "Client exchanges without a complete response: the client went away.",
    ({ unfinished }) => unfinished,
  ),
  counter(
    "upstream_only",
    "Attempts at backends that no client exchange explains: health checks.",
    ({ upstreamOnly }) => upstreamOnly,
  ),
  summary(
    "added_time_to_first_byte",
    "What the balancer added to the time to first byte, retries not counted.",
    ({ addedTimeToFirstByteMs }) => addedTimeToFirstByteMs,
  ),
  summary(
    "added_time_to_last_byte",
    "What the balancer added to the time to last byte, retries not counted.",
    ({ addedTimeToLastByteMs }) => addedTimeToLastByteMs,
  ),
  summary(
    "retries",
    "Time lost with earlier backends, of the client exchanges that took several.",
    ({ retriesMs }) => retriesMs,
  ),
];
