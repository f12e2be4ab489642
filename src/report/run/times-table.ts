/** Round-trip times from TCP beside response times from HTTP: what the network took, and what the server added. */
import type { Distribution } from "../../metrics/distribution.ts";
import type { TransportMetrics } from "../../metrics/run-metrics.ts";
import type { Words } from "../../words/words.ts";
import { measured, numberColumn, text, textColumn } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Cell, Column, Table } from "../document.ts";
import type { LabelledTraffic } from "./labelled-pair.ts";

type Quantile = "p50" | "p95" | "p99" | "max";

export function timesTable(pairs: readonly LabelledTraffic[], labels: Words["report"]): Table {
  const { groups, reasons } = labels;
  return {
    kind: "table",
    title: labels.tables.times,
    columns: [
      textColumn(labels.columns.pair),
      ...figureColumns(groups.handshakeRtt, ["p50", "p95"], labels),
      ...figureColumns(groups.rtt, ["p50", "p95"], labels),
      ...figureColumns(groups.timeToFirstByte, ["p50", "p95", "p99"], labels),
    ],
    rows: pairs.map(({ label, pair: { transport, http } }) => [
      text(label),
      ...figureCells(transport.handshakeRttMs, ["p50", "p95"], reasons.noHandshake, reasons),
      ...figureCells(transport.rttMs, ["p50", "p95"], rttReason(transport, reasons), reasons),
      ...figureCells(http.timeToFirstByteMs, ["p50", "p95", "p99"], reasons.noExchange, reasons),
    ]),
    total: null,
  };
}

/** What a client waits for before and after the first byte: connections, also those whose SYN was repeated, and whole responses. */
export function waitingTable(pairs: readonly LabelledTraffic[], labels: Words["report"]): Table {
  const { groups, reasons } = labels;
  return {
    kind: "table",
    title: labels.tables.waiting,
    columns: [
      textColumn(labels.columns.pair),
      ...figureColumns(groups.connectTime, ["p50", "p95", "max"], labels),
      ...figureColumns(groups.timeToLastByte, ["p50", "p95", "p99"], labels),
    ],
    rows: pairs.map(({ label, pair: { transport, http } }) => [
      text(label),
      ...figureCells(transport.connectTimeMs, ["p50", "p95", "max"], reasons.noHandshake, reasons),
      ...figureCells(http.timeToLastByteMs, ["p50", "p95", "p99"], reasons.noExchange, reasons),
    ]),
    total: null,
  };
}

/** Why there is no round trip of data. */
function rttReason({ answeredRttMs }: TransportMetrics, reasons: Words["report"]["reasons"]): string {
  return answeredRttMs.count > 0 ? reasons.onlyAnsweredRtt : reasons.noRtt;
}

function figureColumns(
  group: string,
  figures: readonly Quantile[],
  { columns }: Words["report"],
): readonly Column[] {
  return figures.map((figure) =>
    numberColumn(figure === "max" ? columns.longest : figure, "ms", DIGITS.milliseconds, group),
  );
}

function figureCells(
  distribution: Distribution,
  figures: readonly Quantile[],
  noneReason: string,
  { tooFewSamples }: Words["report"]["reasons"],
): readonly Cell[] {
  const reason = distribution.count === 0 ? noneReason : tooFewSamples;
  return figures.map((figure) => measured(distribution[figure], reason));
}
