/** What the verdict rests on, in few columns: a column of a paper holds it without smaller type. */

import { experimentMetrics } from "../../experiment/experiment-metrics.ts";
import { decimalsSaid } from "../../words/language.ts";
import { count, countColumn, measured, numberColumn, text, textColumn } from "../cells.ts";
import type { Table } from "../document.ts";
import { levelCells, levelColumns } from "./level-columns.ts";
import type { ReportContext } from "./report-context.ts";

/** A row per method: runs, the metric that decides (min, median and max of the runs), and the share of requests that failed. */
export function verdictTable({ comparison, labels, language }: ReportContext): Table {
  const { metric: key } = comparison.primary;
  const metric = experimentMetrics.find((one) => one.key === key);
  const { columns, reasons } = labels;
  // The sentence above the table gives the medians.
  const digits = decimalsSaid(
    comparison.summaries.flatMap(({ summaries: { [key]: summary } }) => summary?.median ?? []),
  );
  const figure = (header: string) =>
    numberColumn(header, metric?.unit ?? "", digits, labels.verdictTable.group);
  return {
    kind: "table",
    id: "verdict",
    title: labels.verdictTable.title(metric?.label[language] ?? key),
    columns: [
      textColumn(columns.method),
      ...levelColumns(comparison),
      countColumn(columns.runs),
      figure(labels.verdictTable.min),
      figure(labels.verdictTable.median),
      figure(labels.verdictTable.max),
      countColumn(labels.verdictTable.failed),
    ],
    rows: comparison.summaries.map((one) => {
      const summary = one.summaries[key];
      return [
        text(one.method),
        ...levelCells(comparison, one),
        count(one.runs.length),
        ...[summary?.min, summary?.median, summary?.max].map((value) =>
          measured(value ?? null, reasons.noRun),
        ),
        measured(one.failures?.failed ?? null, reasons.noRun),
      ];
    }),
    total: null,
  };
}
