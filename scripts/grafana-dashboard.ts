/**
 * Builds Grafana's dashboard with Grafana's own typed builders. What ships is a product of this: `npm run dashboard`
 * writes it to src/monitor/grafana/dashboard.ts, so that users need none of the builders.
 */
import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  type Panel,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { buildBalancers } from "./grafana-balancers.ts";
import {
  bars,
  chart,
  DATASOURCE,
  FAILED_STEPS,
  finished,
  greenUntil,
  heatmap,
  LOST_STEPS,
  labelTable,
  NEUTRAL,
  NONE_IS_GOOD,
  stateBands,
  stateMapping,
  table,
  tiles,
} from "./grafana-panels.ts";

const BACKEND = 'balancer=~"$balancer",backend=~"$backend",method=~"$method"';
const RUN = 'balancer=~"$balancer",method=~"$method"';

/** Per second, over a window that always holds enough scrapes. */
function rate(metric: string, labels: string = BACKEND): string {
  return `rate(${metric}{${labels}}[$__rate_interval])`;
}

function quantile(q: number, metric: string, by = ""): string {
  const groups = by === "" ? "le" : `le, ${by}`;
  return `histogram_quantile(${q}, sum by (${groups}) (${rate(`${metric}_bucket`)}))`;
}

/** Lost over sent; what was lost before the tap, or missed by the recorder, was sent, too. */
function lossRatio(by: string): string {
  const sum = by === "" ? "sum" : `sum by (${by})`;
  const before = rate("lbqos_lost_segments_total", `${BACKEND},place="before_tap"`);
  const sent = [rate("lbqos_segments_total"), before, rate("lbqos_unrecorded_segments_total")];
  return `${sum} (${rate("lbqos_lost_segments_total")}) / (${sent.map((of) => `${sum} (${of})`).join(" + ")})`;
}

const STATE = [
  `4 * lbqos_backend_state{${BACKEND},state="up"}`,
  `3 * lbqos_backend_state{${BACKEND},state="slow"}`,
  `2 * lbqos_backend_state{${BACKEND},state="failing"}`,
  `lbqos_backend_state{${BACKEND},state="down"}`,
].join(" or ");

const STATE_TILES = {
  queries: [{ expr: `max by (balancer, backend) (${STATE})`, legend: "{{backend}}" }],
  unit: "short",
  steps: [{ value: null, color: "gray" }],
  mappings: [
    stateMapping({
      "4": ["UP", "green"],
      "3": ["SLOW", "yellow"],
      "2": ["FAILING", "orange"],
      "1": ["DOWN", "red"],
      "0": ["not asked yet", "gray"],
    }),
  ],
};

const FAILED = [
  `sum(${rate("lbqos_responses_total", `${BACKEND},code="5xx"`)})`,
  `sum(${rate("lbqos_requests_unanswered_total")})`,
  `sum(${rate("lbqos_requests_aborted_total")})`,
].join(" + ");

const TILE = { width: 4, height: 4 };

/** What somebody who was woken wants to know first. */
const NOW: readonly Builder<Panel>[] = [
  tiles({
    title: "Servers",
    description: "The state that the traffic of each server shows now.",
    width: 12,
    height: 4,
    ...STATE_TILES,
  }),
  tiles({
    title: "Requests per second, all servers",
    description: "HTTP requests that the balancer sent to its servers, seen to their last byte.",
    ...TILE,
    unit: "reqps",
    queries: [{ expr: `sum(${rate("lbqos_requests_total")})`, legend: "requests" }],
    steps: NEUTRAL,
    sparkline: true,
  }),
  tiles({
    title: "Failed requests, all servers",
    description: "Answered with 5xx, aborted or not answered, of all requests that ended.",
    ...TILE,
    unit: "percentunit",
    queries: [{ expr: `(${FAILED}) / sum(${rate("lbqos_exchanges_total")})`, legend: "failed" }],
    steps: FAILED_STEPS,
    sparkline: true,
  }),
  tiles({
    title: "Waiting requests, all servers",
    description: "Requests in flight: sent to a server and not yet answered.",
    ...TILE,
    unit: "short",
    queries: [{ expr: `sum(lbqos_requests_in_flight{${BACKEND}})`, legend: "in flight" }],
    steps: NEUTRAL,
    sparkline: true,
  }),
  tiles({
    title: "Time to first byte, p95, all servers",
    description: "95 of 100 requests got the first byte of their answer within this time.",
    ...TILE,
    unit: "s",
    queries: [{ expr: quantile(0.95, "lbqos_time_to_first_byte_seconds"), legend: "p95" }],
    steps: greenUntil(0.5, 1),
    sparkline: true,
  }),
  tiles({
    title: "Segments lost, all servers",
    description: "By the network between balancer and servers, both directions, of all segments sent.",
    ...TILE,
    unit: "percentunit",
    queries: [{ expr: lossRatio(""), legend: "lost" }],
    steps: LOST_STEPS,
    sparkline: true,
  }),
  tiles({
    title: "HTTP traffic, all servers",
    description: "Bits on the wire per second between balancer and servers, both directions.",
    ...TILE,
    unit: "bps",
    queries: [{ expr: `8 * sum(${rate("lbqos_wire_bytes_total")})`, legend: "traffic" }],
    steps: NEUTRAL,
    sparkline: true,
  }),
  tiles({
    title: "Frames missed",
    description:
      "Dropped by the recorder, or recorded but not analyzed, in the time shown. Above 0, figures are too low.",
    ...TILE,
    unit: "short",
    queries: [
      {
        expr: [
          `(sum(increase(lbqos_recorder_dropped_frames_total{${RUN}}[$__range])) or vector(0))`,
          `sum(increase(lbqos_analysis_skipped_frames_total{${RUN}}[$__range]))`,
        ].join(" + "),
        legend: "missed",
      },
    ],
    steps: NONE_IS_GOOD,
  }),
  tiles({
    title: "Balancer adds, p95",
    description:
      "To the time to first byte, since the capture began. Needs a capture that sees clients and servers.",
    ...TILE,
    unit: "s",
    queries: [
      {
        expr: `max(lbqos_balancer_added_time_to_first_byte_seconds{${RUN},quantile="0.95"})`,
        legend: "p95",
      },
    ],
    steps: NEUTRAL,
    sparkline: true,
  }),
  tiles({
    title: "Frames per second",
    description: "Frames analyzed, of the whole capture.",
    ...TILE,
    unit: "pps",
    queries: [{ expr: `sum(${rate("lbqos_frames_total", RUN)})`, legend: "frames" }],
    steps: NEUTRAL,
    sparkline: true,
  }),
];

const HALF = { width: 12, height: 8 };
const THIRD = { width: 8, height: 8 };

const SERVERS: readonly Builder<Panel>[] = [
  stateBands({
    title: "State of each server",
    description: "UP: answers; SLOW: answers late; FAILING: some requests fail; DOWN: none succeeds.",
    width: 24,
    height: 5,
    ...STATE_TILES,
  }),
  chart({
    title: "Requests per second",
    description: "By server.",
    ...HALF,
    unit: "reqps",
    queries: [{ expr: `sum by (backend) (${rate("lbqos_requests_total")})`, legend: "{{backend}}" }],
  }),
  chart({
    title: "Share of the requests",
    description: "How the balancer spreads the requests: what its method promises, it should keep.",
    ...HALF,
    unit: "reqps",
    stacked: "percent",
    queries: [{ expr: `sum by (backend) (${rate("lbqos_requests_total")})`, legend: "{{backend}}" }],
  }),
  chart({
    title: "HTTP traffic",
    description: "Bits on the wire per second, by server and direction.",
    ...THIRD,
    unit: "bps",
    queries: [
      {
        expr: `8 * sum by (backend, direction) (${rate("lbqos_wire_bytes_total")})`,
        legend: "{{backend}} {{direction}}",
      },
    ],
  }),
  bars({
    title: "HTTP traffic in total",
    description: "Bytes on the wire by server, both directions, in the time shown.",
    ...THIRD,
    unit: "bytes",
    queries: [
      {
        expr: `sum by (backend) (increase(lbqos_wire_bytes_total{${BACKEND}}[$__range]))`,
        legend: "{{backend}}",
      },
    ],
  }),
  chart({
    title: "Waiting requests",
    description: "Requests in flight, by server.",
    ...THIRD,
    unit: "short",
    queries: [{ expr: `sum by (backend) (lbqos_requests_in_flight{${BACKEND}})`, legend: "{{backend}}" }],
  }),
  chart({
    title: "Responses by class of status",
    description: "Final responses of all servers.",
    ...HALF,
    unit: "reqps",
    stacked: "normal",
    queries: [{ expr: `sum by (code) (${rate("lbqos_responses_total")})`, legend: "{{code}}" }],
  }),
  chart({
    title: "Failed requests",
    description: "By server: answered with 5xx, not answered, or cut off by a reset.",
    ...HALF,
    unit: "reqps",
    queries: [
      {
        expr: `sum by (backend) (${rate("lbqos_responses_total", `${BACKEND},code="5xx"`)})`,
        legend: "{{backend}} 5xx",
      },
      {
        expr: `sum by (backend) (${rate("lbqos_requests_unanswered_total")})`,
        legend: "{{backend}} unanswered",
      },
      {
        expr: `sum by (backend) (${rate("lbqos_requests_aborted_total")})`,
        legend: "{{backend}} aborted",
      },
    ],
  }),
];

const TIMES: readonly Builder<Panel>[] = [
  chart({
    title: "Time to first byte",
    description: "Last byte of the request to first byte of the response, all servers.",
    ...HALF,
    unit: "s",
    queries: [0.5, 0.95, 0.99].map((q) => ({
      expr: quantile(q, "lbqos_time_to_first_byte_seconds"),
      legend: `p${100 * q}`,
    })),
  }),
  chart({
    title: "Time to first byte, p95",
    description: "By server.",
    ...HALF,
    unit: "s",
    queries: [{ expr: quantile(0.95, "lbqos_time_to_first_byte_seconds", "backend"), legend: "{{backend}}" }],
  }),
  heatmap({
    title: "Time to first byte, all requests",
    description: "How many requests took how long: a second band shows a second kind of request or server.",
    ...HALF,
    unit: "s",
    expr: `sum by (le) (increase(lbqos_time_to_first_byte_seconds_bucket{${BACKEND}}[$__rate_interval]))`,
  }),
  chart({
    title: "Time to last byte, p95",
    description: "Last byte of the request to last byte of the response, by server.",
    ...HALF,
    unit: "s",
    queries: [{ expr: quantile(0.95, "lbqos_time_to_last_byte_seconds", "backend"), legend: "{{backend}}" }],
  }),
  chart({
    title: "Round trip to the server",
    description:
      "Data to its ACK: the network's part of the time, with the server's TCP stack but not its program.",
    ...THIRD,
    unit: "s",
    queries: [0.5, 0.95].map((q) => ({
      expr: quantile(q, "lbqos_rtt_seconds", "backend"),
      legend: `{{backend}} p${100 * q}`,
    })),
  }),
  chart({
    title: "Round trip of the handshake, p95",
    description: "SYN to SYN/ACK, by server; nothing while connections are kept open.",
    ...THIRD,
    unit: "s",
    queries: [{ expr: quantile(0.95, "lbqos_handshake_rtt_seconds", "backend"), legend: "{{backend}}" }],
  }),
  chart({
    title: "What the balancer adds to the time to first byte",
    description:
      "Its waiting, its work and its connecting, since the capture began. Needs a capture that sees clients and servers.",
    ...THIRD,
    unit: "s",
    queries: [
      {
        expr: `max by (quantile) (lbqos_balancer_added_time_to_first_byte_seconds{${RUN}})`,
        legend: "quantile {{quantile}}",
      },
    ],
  }),
];

const TRANSPORT: readonly Builder<Panel>[] = [
  chart({
    title: "Segments lost",
    description: "Of those sent, by server and direction.",
    ...HALF,
    unit: "percentunit",
    queries: [{ expr: lossRatio("backend, direction"), legend: "{{backend}} {{direction}}" }],
  }),
  chart({
    title: "Segments lost, by place",
    description:
      "beyond_tap: lbqos saw the segment and it never arrived; before_tap: it was lost on its way to where lbqos captures.",
    ...HALF,
    unit: "pps",
    stacked: "normal",
    queries: [
      {
        expr: `sum by (direction, place) (${rate("lbqos_lost_segments_total")})`,
        legend: "{{direction}} {{place}}",
      },
    ],
  }),
  chart({
    title: "Segments sent again",
    description: "Of those sent, by server and direction. Not the same as lost ones: a lost ACK is enough.",
    ...THIRD,
    unit: "percentunit",
    queries: [
      {
        expr: [
          `sum by (backend, direction) (${rate("lbqos_retransmitted_segments_total")})`,
          `sum by (backend, direction) (${rate("lbqos_segments_total")})`,
        ].join(" / "),
        legend: "{{backend}} {{direction}}",
      },
    ],
  }),
  chart({
    title: "New connections",
    description: "TCP connections with each server, per second.",
    ...THIRD,
    unit: "cps",
    queries: [{ expr: `sum by (backend) (${rate("lbqos_connections_total")})`, legend: "{{backend}}" }],
  }),
  chart({
    title: "Connections in trouble",
    description: "Per second, by server.",
    ...THIRD,
    unit: "cps",
    queries: [
      {
        expr: `sum by (backend) (${rate("lbqos_failed_handshakes_total")})`,
        legend: "{{backend}} failed handshakes",
      },
      { expr: `sum by (backend) (${rate("lbqos_resets_total")})`, legend: "{{backend}} resets" },
      { expr: `sum by (backend) (${rate("lbqos_zero_windows_total")})`, legend: "{{backend}} zero windows" },
    ],
  }),
];

function paperColumn(title: string, metric: string, unit: string, factor = "") {
  return { title, expr: `${factor}sum by (backend) (${metric})`, unit };
}

const PAPER: readonly Builder<Panel>[] = [
  table({
    title: "The figures of the papers",
    description:
      "Of the request frames, since the capture began. Throughput and delay say how often the load generator asked and how requests were shared, not how fast network or servers are. Index: 4 best to 0.",
    width: 24,
    height: 6,
    key: "backend",
    keyTitle: "Server",
    columns: [
      paperColumn("Throughput", `lbqos_paper_throughput_bytes_per_second{${BACKEND}}`, "bps", "8 * "),
      paperColumn("Delay", `lbqos_paper_delay_seconds{${BACKEND}}`, "s"),
      paperColumn("Jitter", `lbqos_paper_jitter_seconds{${BACKEND}}`, "s"),
      paperColumn("Packet loss", `lbqos_paper_packet_loss_ratio{${BACKEND}}`, "percentunit"),
      paperColumn("Index", `lbqos_quality_index{${BACKEND},figure="total"}`, "short"),
      paperColumn("Requests", `lbqos_requests_total{${BACKEND}}`, "short"),
    ],
  }),
];

/** CPU and memory have no labels of lbqos: the build's metric says which processes are meant. */
const OF_LBQOS = "* on (job, instance) group_left () lbqos_build_info";

const MEASUREMENT: readonly Builder<Panel>[] = [
  chart({
    title: "Frames missed per second",
    description:
      "Dropped by the recorder (neither recorded nor analyzed), or skipped by the analysis (recorded).",
    ...THIRD,
    unit: "pps",
    queries: [
      {
        expr: `sum(${rate("lbqos_recorder_dropped_frames_total", RUN)})`,
        legend: "dropped by the recorder",
      },
      {
        expr: `sum(${rate("lbqos_analysis_skipped_frames_total", RUN)})`,
        legend: "skipped by the analysis",
      },
    ],
  }),
  chart({
    title: "Recording",
    description: "Bytes written so far.",
    ...THIRD,
    unit: "bytes",
    queries: [{ expr: `sum by (instance) (lbqos_recording_bytes_total{${RUN}})`, legend: "{{instance}}" }],
  }),
  chart({
    title: "Memory of lbqos",
    description: "Resident memory; flat, however long the run.",
    width: 4,
    height: 8,
    unit: "bytes",
    queries: [{ expr: `process_resident_memory_bytes ${OF_LBQOS}`, legend: "{{instance}}" }],
  }),
  chart({
    title: "CPU of lbqos",
    description: "Processors in use.",
    width: 4,
    height: 8,
    unit: "percentunit",
    queries: [
      {
        expr: `rate(process_cpu_seconds_total[$__rate_interval]) ${OF_LBQOS}`,
        legend: "{{instance}}",
      },
    ],
  }),
  labelTable({
    title: "How it is measured",
    description: "Engine, who stamps the frames, interfaces.",
    width: 16,
    height: 5,
    expr: `lbqos_capture_info{${RUN}}`,
    hidden: ["Value", "job"],
  }),
  labelTable({
    title: "Doubts about the data",
    description: "Codes of warnings, which the report explains. Empty: none.",
    width: 8,
    height: 5,
    expr: `sum by (instance, code) (lbqos_warnings{${RUN}})`,
    hidden: [],
  }),
];

function choice(name: string, label: string, query: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(DATASOURCE)
    .query(query)
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalCaseInsensitiveAsc)
    .multi(true)
    .includeAll(true)
    .allValue(".*")
    .current({ selected: true, text: ["All"], value: ["$__all"] });
}

/** The dashboard as a value. */
export function buildDashboard(): Dashboard {
  const builder = new DashboardBuilder("lbqos: quality of service behind the balancer")
    .uid("lbqos")
    .description("Servers behind a balancer, measured from their traffic by lbqos live.")
    .tags(["lbqos", "load balancing", "http"])
    .timezone("browser")
    .time({ from: "now-15m", to: "now" })
    .refresh("5s")
    .tooltip(DashboardCursorSync.Crosshair)
    .withVariable(new DatasourceVariableBuilder("datasource").label("Prometheus").type("prometheus"))
    .withVariable(choice("balancer", "Balancer", "label_values(lbqos_capture_info, balancer)"))
    .withVariable(choice("method", "Method", "label_values(lbqos_capture_info, method)"))
    .withVariable(
      choice("backend", "Server", 'label_values(lbqos_backend_info{balancer=~"$balancer"}, backend)'),
    )
    .annotation(
      new AnnotationQueryBuilder()
        .name("Server down")
        .datasource(DATASOURCE)
        .enable(true)
        .iconColor("red")
        .expr(`lbqos_backend_up{${BACKEND}} == 0`)
        .step("5s")
        .titleFormat("{{backend}} is down"),
    )
    .annotation(
      new AnnotationQueryBuilder()
        .name("Alerts")
        .datasource(DATASOURCE)
        .enable(true)
        .iconColor("orange")
        .expr('ALERTS{alertname=~"Lbqos.*",alertstate="firing"}')
        .step("15s")
        .titleFormat("{{alertname}}")
        .tagKeys("backend,severity"),
    );
  const rows = { Now: NOW, Servers: SERVERS, Times: TIMES, "Network and TCP": TRANSPORT };
  for (const [title, panels] of Object.entries(rows)) addRow(builder, title, panels);
  addRow(builder, "The figures of the papers", PAPER);
  addRow(builder, "Is the measurement sound?", MEASUREMENT);
  return finished(builder);
}

function addRow(builder: DashboardBuilder, title: string, panels: readonly Builder<Panel>[]): void {
  builder.withRow(new RowBuilder(title));
  for (const panel of panels) builder.withPanel(panel);
}

/** The source files that ship, by their names in src/monitor/grafana. */
export function dashboardSources(): ReadonlyMap<string, string> {
  return new Map([
    ["dashboard.ts", dashboardSource("DASHBOARD", "grafana-dashboard.ts", buildDashboard())],
    ["balancers-dashboard.ts", dashboardSource("BALANCERS", "grafana-balancers.ts", buildBalancers())],
  ]);
}

/** The dashboard with a line for each panel, so that a change can be read. */
function dashboardSource(constant: string, script: string, { panels, ...rest }: Dashboard): string {
  const others = Object.entries(rest).map(
    ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
  );
  const lines = (panels ?? []).map((panel) => JSON.stringify(panel));
  const json = `{\n${others.join(",\n")},\n"panels":[\n${lines.join(",\n")}\n]\n}`;
  if (/`|\$\{/.test(json))
    throw new Error("a backtick or ${ in the dashboard can't be in a template literal");
  return `/** Grafana's dashboard. A product of \`npm run dashboard\`: change scripts/${script} instead. */
export const ${constant} = String.raw\`${json}\`;
`;
}
