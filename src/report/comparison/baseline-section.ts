/** Each method against the one without the balancer. */

import type { BaselineComparison } from "../../experiment/comparison/comparison.ts";
import type { MetricKey } from "../../experiment/experiment-metrics.ts";
import { isSameLevel } from "../../experiment/levels.ts";
import { halfWidth } from "../../experiment/statistics/sample-summary.ts";
import { measured, numberColumn, text, textColumn } from "../cells.ts";
import type { Block, Cell, Row, Section, Table } from "../document.ts";
import { levelCells, levelColumns } from "./level-columns.ts";
import { digitsFor, meanCell, metricName, shiftCell } from "./metric-cells.ts";
import type { ReportContext } from "./report-context.ts";

/** What is also told backend by backend: the paper's metrics, and what the client feels. */
const BY_BACKEND: readonly MetricKey[] = [
  "throughputMbps",
  "packetLossPercent",
  "delayMs",
  "jitterMs",
  "timeToFirstByteP50Ms",
];
const RATIO_DIGITS = 3;

/** `null` where there is no method without the balancer. */
export function baselineSection(context: ReportContext): Section | null {
  const { comparison, labels } = context;
  const judged = new Set(comparison.metrics.flatMap(({ key, better }) => (better === null ? [] : [key])));
  const withAndWithout = comparison.withAndWithout.filter(({ metric }) => judged.has(metric));
  if (withAndWithout.length === 0) return null;
  const overall = withAndWithout.filter((one) => one.backend === null);
  const perBackend = withAndWithout.filter((one) => one.backend !== null && BY_BACKEND.includes(one.metric));
  const blocks: Block[] = [
    ...context.figures("without-and-with-balancer"),
    baselineTable("with-and-without", labels.tables.baseline, overall, context),
    { kind: "paragraph", text: labels.sentences.baseline },
  ];
  if (perBackend.length > 0 && comparison.backends.length > 1) {
    blocks.push(
      baselineTable("with-and-without-by-backend", labels.tables.baselineByBackend, perBackend, context),
    );
  }
  return { heading: labels.headings.baseline, blocks };
}

function baselineTable(
  id: string,
  title: string,
  comparisons: readonly BaselineComparison[],
  context: ReportContext,
): Table {
  const { columns } = context.labels;
  const hasBackends = comparisons.some((one) => one.backend !== null);
  return {
    kind: "table",
    id,
    title,
    columns: [
      textColumn(columns.metric),
      ...(hasBackends ? [textColumn(columns.backend)] : []),
      textColumn(columns.method),
      ...levelColumns(context.comparison),
      numberColumn(columns.without, "", 0),
      numberColumn(columns.with, "", 0),
      numberColumn(columns.difference, "", 0),
      numberColumn(columns.ratio, "", RATIO_DIGITS),
    ],
    rows: comparisons.map((one) =>
      baselineRow(
        one,
        comparisons.filter((other) => other.metric === one.metric && isSameLevel(other, one)),
        hasBackends,
        context,
      ),
    ),
    total: null,
  };
}

/** @param alike rows of the same metric, which have as many decimals */
function baselineRow(
  one: BaselineComparison,
  alike: readonly BaselineComparison[],
  hasBackends: boolean,
  { comparison, labels, language }: ReportContext,
): Row {
  const { metric, backend, method, withoutBalancer, withBalancer, shift, ratio } = one;
  const facts = comparison.metrics.find((one) => one.key === metric);
  const digits = digitsFor(
    facts?.unit ?? "",
    alike.flatMap((like) => [like.withoutBalancer.mean, like.withBalancer.mean]),
    alike.flatMap((like) => [halfWidth(like.withoutBalancer), halfWidth(like.withBalancer)]),
  );
  const inDigits = (cell: Cell): Cell => (cell.kind === "number" ? { ...cell, digits } : cell);
  const { reasons } = labels;
  return [
    text(facts === undefined ? metric : metricName(facts, language)),
    ...(hasBackends ? [text(backend ?? labels.allBackends)] : []),
    text(method),
    ...levelCells(comparison, one),
    inDigits(meanCell(withoutBalancer, reasons.noRun)),
    inDigits(meanCell(withBalancer, reasons.noRun)),
    shiftCell(shift, digits),
    measured(ratio, reasons.zeroBase),
  ];
}
