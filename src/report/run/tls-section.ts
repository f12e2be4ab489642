/** TLS as a report shows it: what was agreed on, and how long the handshakes took. */
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import type { TlsServerMetrics } from "../../metrics/tls-metrics.ts";
import type { Words } from "../../words/words.ts";
import { count, countColumn, measured, numberColumn, text, textColumn } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Section, Table } from "../document.ts";
import { numberText } from "../number-text.ts";

/** Servers that are listed; the rest is in JSON. */
const LISTED_SERVERS = 20;

/** No section where there is no TLS. */
export function tlsSections({ tls = [] }: RunMetrics, labels: Words["report"]): readonly Section[] {
  if (tls.length === 0) return [];
  const servers = tls.slice(0, LISTED_SERVERS);
  return [
    {
      heading: labels.tls.heading,
      blocks: [
        countsTable(servers, labels),
        namesTable(servers, labels),
        timesTable(servers, labels),
        { kind: "paragraph", text: labels.tls.explanation },
      ],
    },
  ];
}

function countsTable(servers: readonly TlsServerMetrics[], { tls: words, overview }: Words["report"]): Table {
  return {
    kind: "table",
    title: words.connections,
    columns: [
      textColumn(overview.server),
      countColumn(words.all),
      countColumn(words.decrypted),
      countColumn(words.handshakes),
      countColumn(words.resumed),
      countColumn(words.earlyData),
      countColumn(words.withoutStart),
      countColumn(words.lostRecords),
    ],
    rows: servers.map((server) => [
      text(server.server),
      count(server.connections),
      count(server.decrypted),
      count(server.handshakes),
      count(server.resumed),
      count(server.earlyDataOffered),
      count(server.withoutStart),
      count(server.lostRecords),
    ]),
    total: null,
  };
}

function namesTable(servers: readonly TlsServerMetrics[], labels: Words["report"]): Table {
  const { tls: words, overview } = labels;
  const rows = servers.flatMap((server) =>
    (["versions", "cipherSuites", "serverNames", "alpn", "alerts", "failedHandshakes"] as const)
      .filter((kind) => Object.keys(server[kind]).length > 0)
      .map((kind) => [
        text(server.server),
        text(words.kinds[kind]),
        text(
          Object.entries(server[kind])
            .map(([name, times]) => `${numberText(times, 0, labels.numberStyle)} ${name}`)
            .join(", "),
        ),
      ]),
  );
  return {
    kind: "table",
    title: words.agreed,
    columns: [textColumn(overview.server), textColumn(words.what), textColumn(words.names)],
    rows,
    total: null,
  };
}

function timesTable(servers: readonly TlsServerMetrics[], labels: Words["report"]): Table {
  const { tls: words, overview, reasons } = labels;
  const stages = [
    "connectTimeMs",
    "serverHelloMs",
    "finishedMs",
    "firstDataMs",
    "timeToFirstByteEstimateMs",
  ] as const;
  return {
    kind: "table",
    title: words.times,
    columns: [
      textColumn(overview.server),
      ...stages.flatMap((stage) => [
        numberColumn("p50", "ms", DIGITS.milliseconds, words.stages[stage]),
        numberColumn("p95", "ms", DIGITS.milliseconds, words.stages[stage]),
      ]),
    ],
    rows: servers.map((server) => [
      text(server.server),
      ...stages.flatMap((stage) => [
        measured(server[stage].p50, reasons.noHandshake),
        measured(server[stage].p95, reasons.noHandshake),
      ]),
    ]),
    total: null,
  };
}
