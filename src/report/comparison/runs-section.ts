/** Per method and backend: every run with its figures, and the row of their means, as studies print them. */

import type { MetricKey } from "../../experiment/experiment-metrics.ts";
import type { RunTable } from "../../experiment/runs/run-tables.ts";
import { measured, numberColumn, text, textColumn } from "../cells.ts";
import type { Block, Section, Table } from "../document.ts";
import { namedMethod } from "./level-columns.ts";
import { studyDigits } from "./metric-cells.ts";
import type { ReportContext } from "./report-context.ts";
import { tableName } from "./table-name.ts";

/** Beside the paper's metrics: what stands behind them, and what they can't tell. */
const FURTHER: readonly MetricKey[] = ["requests", "rttP50Ms", "timeToFirstByteP50Ms"];

export function runsSection(context: ReportContext): Section {
  const { comparison, labels } = context;
  const names = comparison.runTables.map((table) => `${namedMethod(table.method, table)} ${table.backend}`);
  const idle = comparison.runTables.filter(({ hasTraffic }) => !hasTraffic);
  return {
    heading: labels.headings.runs,
    blocks: [
      ...context.figures("runs-"),
      ...context.figures("time-to-first-byte-tail"),
      ...comparison.runTables.flatMap((table, index) =>
        table.hasTraffic ? [runTable(table, tableName("runs", names, index), context)] : [],
      ),
      ...idle.map(
        (table): Block => ({
          kind: "paragraph",
          text: labels.idle(namedMethod(table.method, table), table.backend),
        }),
      ),
    ],
  };
}

function runTable(table: RunTable, id: string, { comparison, labels, language }: ReportContext): Table {
  const metrics = comparison.metrics.filter(
    ({ key, isPaperMetric }) =>
      (isPaperMetric || FURTHER.includes(key)) && table.rows.some((row) => row.values[key] !== undefined),
  );
  return {
    kind: "table",
    id,
    title: labels.tables.runsOf(namedMethod(table.method, table), table.backend),
    columns: [
      textColumn(labels.columns.run),
      ...metrics.map(({ key, label, unit }) =>
        numberColumn(
          label[language],
          unit,
          studyDigits(
            unit,
            // As many decimals in all tables, so that they can be compared and added up.
            comparison.runTables
              .filter(({ hasTraffic }) => hasTraffic)
              .flatMap(({ rows, summaries }) => [
                ...rows.map((row) => row.values[key] ?? null),
                summaries[key]?.mean ?? null,
              ]),
          ),
        ),
      ),
    ],
    rows: table.rows.map(({ run, values }) => [
      text(String(run)),
      ...metrics.map(({ key }) => measured(values[key] ?? null, labels.reasons.notInRun)),
    ]),
    total: [
      text(labels.mean),
      ...metrics.map(({ key }) => measured(table.summaries[key]?.mean ?? null, labels.reasons.noRun)),
    ],
  };
}
