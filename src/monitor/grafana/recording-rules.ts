/**
 * Recording rules for Prometheus: what each balancer does and what all of them do, added up so that it stays small. Histograms are added
 * bucket by bucket, which is exact (all of lbqos have the same buckets); quantiles are made from the sums, never from quantiles.
 */

/** Labels that tell balancers apart: `balancer` is an address, and only where it was named. */
const EACH = "job, instance, balancer, method";

interface Rule {
  /** After the level: `requests:rate5m`. */
  readonly name: string;
  /** What is summed. */
  readonly expr: string;
  /** Labels that stay beside those of the level. */
  readonly keeps?: string;
}

/** Sums over the servers of a balancer: the first level. */
const OF_EACH: readonly Rule[] = [
  { name: "requests:rate5m", expr: "rate(lbqos_requests_total[5m])" },
  { name: "exchanges:rate5m", expr: "rate(lbqos_exchanges_total[5m])" },
  { name: "responses:rate5m", expr: "rate(lbqos_responses_total[5m])", keeps: "code" },
  { name: "requests_unanswered:rate5m", expr: "rate(lbqos_requests_unanswered_total[5m])" },
  { name: "requests_aborted:rate5m", expr: "rate(lbqos_requests_aborted_total[5m])" },
  { name: "requests_malformed:rate5m", expr: "rate(lbqos_requests_malformed_total[5m])" },
  { name: "requests_in_flight:sum", expr: "lbqos_requests_in_flight" },
  { name: "backend_state:sum", expr: "lbqos_backend_state", keeps: "state" },
  { name: "wire_bytes:rate5m", expr: "rate(lbqos_wire_bytes_total[5m])" },
  { name: "segments:rate5m", expr: "rate(lbqos_segments_total[5m])" },
  { name: "lost_segments:rate5m", expr: "rate(lbqos_lost_segments_total[5m])", keeps: "place" },
  { name: "unrecorded_segments:rate5m", expr: "rate(lbqos_unrecorded_segments_total[5m])" },
  ...["time_to_first_byte", "time_to_last_byte", "rtt"].map((time) => ({
    name: `${time}_seconds_bucket:rate5m`,
    expr: `rate(lbqos_${time}_seconds_bucket[5m])`,
    keeps: "le",
  })),
];

/** All recorded series begin so, and a federating Prometheus asks for them: `{__name__=~"(balancer|job):lbqos_.+"}`. */
export const RECORDED_SERIES = "(balancer|job):lbqos_.+";

/** A rule file for Prometheus: `rule_files` in prometheus.yml, beside the alerts. */
export function recordingRulesYaml(): string {
  const each = OF_EACH.map(({ name, expr, keeps }) =>
    ruleYaml(`balancer:lbqos_${name}`, `sum by (${[EACH, keeps].filter(Boolean).join(", ")}) (${expr})`),
  );
  const all = OF_EACH.map(({ name, keeps }) =>
    ruleYaml(
      `job:lbqos_${name}`,
      `sum by (${["job", keeps].filter(Boolean).join(", ")}) (balancer:lbqos_${name})`,
    ),
  );
  // In one group, so that the second level is made of the first one's newest values.
  return `${HEADER}\n  - name: lbqos-balancers\n    rules:\n${[...each, ...all].join("\n")}\n`;
}

const HEADER = `# Recording rules for many balancers, each with its own lbqos live: rule_files in prometheus.yml. What begins with balancer: is the sum
# over the servers of one balancer, what begins with job: over all balancers. Quantiles are made when they are asked for, from sums:
#   histogram_quantile(0.95, job:lbqos_time_to_first_byte_seconds_bucket:rate5m)
groups:`;

function ruleYaml(record: string, expr: string): string {
  return `      - record: ${record}\n        expr: ${expr}`;
}
