/**
 * Builds Grafana's dashboard of many balancers. It asks for recorded series only (src/monitor/grafana/recording-rules.ts), so it stays quick
 * with fifty balancers, and works on a Prometheus that gets nothing else, by federation or remote write.
 */
import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  type Panel,
} from "@grafana/grafana-foundation-sdk/dashboard";
import {
  chart,
  FAILED_STEPS,
  finished,
  heatmap,
  LOST_STEPS,
  NEUTRAL,
  NONE_IS_GOOD,
  table,
  tiles,
} from "./grafana-panels.ts";

/** Lines of a chart that can still be told apart. */
const SHOWN = 10;

/** Requests that failed, of `level` (`job`, `balancer`), by these labels. */
function failed(level: string, by: string): string {
  const kinds = [
    `responses:rate5m{code="5xx"}`,
    "requests_unanswered:rate5m",
    "requests_aborted:rate5m",
    "requests_malformed:rate5m",
  ];
  return kinds.map((kind) => `sum${by} (${level}:lbqos_${kind})`).join(" + ");
}

function failedShare(level: string, by = ""): string {
  return `(${failed(level, by)}) / sum${by} (${level}:lbqos_exchanges:rate5m)`;
}

/** Lost over sent; what was lost before the tap, or missed by the recorder, was sent, too. */
function lossRatio(level: string, by = ""): string {
  const sum = (name: string) => `sum${by} (${level}:lbqos_${name})`;
  const sent = [
    sum("segments:rate5m"),
    sum('lost_segments:rate5m{place="before_tap"}'),
    sum("unrecorded_segments:rate5m"),
  ];
  return `${sum("lost_segments:rate5m")} / (${sent.join(" + ")})`;
}

function p95(level: string, time: string, by = "le"): string {
  return `histogram_quantile(0.95, sum by (${by}) (${level}:lbqos_${time}_seconds_bucket:rate5m))`;
}

const EACH = " by (instance)";
const TILE = { width: 4, height: 4 };
const HALF = { width: 12, height: 9 };

const ALL: readonly Builder<Panel>[] = [
  tiles({
    title: "Balancers",
    description: "Processes of lbqos live that were scraped in the last minutes.",
    ...TILE,
    unit: "short",
    queries: [
      { expr: "count(sum by (job, instance) (balancer:lbqos_requests:rate5m))", legend: "balancers" },
    ],
    steps: NEUTRAL,
  }),
  tiles({
    title: "Servers down",
    description: "Behind all balancers; a server behind two of them counts twice.",
    ...TILE,
    unit: "short",
    queries: [{ expr: 'sum(job:lbqos_backend_state:sum{state="down"})', legend: "down" }],
    steps: NONE_IS_GOOD,
  }),
  tiles({
    title: "Requests per second",
    description: "Of all balancers, over 5 minutes.",
    ...TILE,
    unit: "reqps",
    queries: [{ expr: "sum(job:lbqos_requests:rate5m)", legend: "requests" }],
    steps: NEUTRAL,
    sparkline: true,
  }),
  tiles({
    title: "Failed requests",
    description: "Answered with 5xx, unreadably or not at all, of all requests that ended.",
    ...TILE,
    unit: "percentunit",
    queries: [{ expr: failedShare("job"), legend: "failed" }],
    steps: FAILED_STEPS,
    sparkline: true,
  }),
  tiles({
    title: "Time to first byte, p95",
    description:
      "Of the requests of all balancers together: their histograms are added up, not their quantiles.",
    ...TILE,
    unit: "s",
    queries: [{ expr: p95("job", "time_to_first_byte"), legend: "p95" }],
    steps: NEUTRAL,
    sparkline: true,
  }),
  tiles({
    title: "Segments lost",
    description: "Of all sent between balancers and servers, both directions.",
    ...TILE,
    unit: "percentunit",
    queries: [{ expr: lossRatio("job"), legend: "lost" }],
    steps: LOST_STEPS,
    sparkline: true,
  }),
];

const EACH_BALANCER: readonly Builder<Panel>[] = [
  table({
    title: "Each balancer",
    description: "The last 5 minutes. The other dashboard of this folder shows one of them in full.",
    width: 24,
    height: 12,
    key: "instance",
    keyTitle: "lbqos at",
    columns: [
      { title: "Requests per second", expr: `sum${EACH} (balancer:lbqos_requests:rate5m)`, unit: "reqps" },
      { title: "Failed", expr: failedShare("balancer", EACH), unit: "percentunit" },
      { title: "TTFB p95", expr: p95("balancer", "time_to_first_byte", "instance, le"), unit: "s" },
      { title: "Round trip p95", expr: p95("balancer", "rtt", "instance, le"), unit: "s" },
      { title: "Segments lost", expr: lossRatio("balancer", EACH), unit: "percentunit" },
      { title: "In flight", expr: `sum${EACH} (balancer:lbqos_requests_in_flight:sum)`, unit: "short" },
      { title: "Servers", expr: `sum${EACH} (balancer:lbqos_backend_state:sum)`, unit: "short" },
      {
        title: "Down",
        expr: `sum${EACH} (balancer:lbqos_backend_state:sum{state="down"})`,
        unit: "short",
      },
    ],
  }),
  chart({
    title: "Slowest balancers",
    description: `Time to first byte, p95: the ${SHOWN} highest at each moment.`,
    ...HALF,
    unit: "s",
    queries: [
      {
        expr: `topk(${SHOWN}, ${p95("balancer", "time_to_first_byte", "instance, le")})`,
        legend: "{{instance}}",
      },
    ],
  }),
  chart({
    title: "Balancers that fail most",
    description: `Share of failed requests: the ${SHOWN} highest at each moment.`,
    ...HALF,
    unit: "percentunit",
    queries: [{ expr: `topk(${SHOWN}, ${failedShare("balancer", EACH)})`, legend: "{{instance}}" }],
  }),
  chart({
    title: "Busiest balancers",
    description: `Requests per second: the ${SHOWN} highest at each moment.`,
    ...HALF,
    unit: "reqps",
    queries: [
      { expr: `topk(${SHOWN}, sum${EACH} (balancer:lbqos_requests:rate5m))`, legend: "{{instance}}" },
    ],
  }),
  heatmap({
    title: "Time to first byte, all balancers",
    description: "Requests per second by how long they took.",
    ...HALF,
    unit: "s",
    expr: "sum by (le) (job:lbqos_time_to_first_byte_seconds_bucket:rate5m)",
  }),
];

/** The dashboard as a value. */
export function buildBalancers(): Dashboard {
  const builder = new DashboardBuilder("lbqos: all balancers")
    .uid("lbqos-balancers")
    .description("Many balancers, each with its own lbqos live. Needs lbqos' recording rules.")
    .tags(["lbqos", "load balancing", "http"])
    .timezone("browser")
    .time({ from: "now-1h", to: "now" })
    .refresh("30s")
    .tooltip(DashboardCursorSync.Crosshair)
    .withVariable(new DatasourceVariableBuilder("datasource").label("Prometheus").type("prometheus"))
    .link(
      new DashboardLinkBuilder("One balancer").type(DashboardLinkType.Link).url("/d/lbqos").keepTime(true),
    );
  for (const panel of [...ALL, ...EACH_BALANCER]) builder.withPanel(panel);
  return finished(builder);
}
