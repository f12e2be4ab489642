/** What each metric means, and where each run comes from. */

import { text, textColumn } from "../cells.ts";
import type { Section } from "../document.ts";
import { levelCells, levelColumns } from "./level-columns.ts";
import type { ReportContext } from "./report-context.ts";

export function definitionsSection({ comparison, labels, language }: ReportContext): Section {
  const { columns } = labels;
  return {
    heading: labels.headings.definitions,
    blocks: [
      {
        kind: "table",
        id: "definitions",
        title: labels.tables.definitions,
        columns: [textColumn(columns.metric), textColumn(columns.unit), textColumn(columns.definition)],
        rows: comparison.metrics.map(({ key, label, unit }) => [
          text(label[language]),
          text(unit),
          text(labels.definitions[key]),
        ]),
        total: null,
      },
      {
        kind: "table",
        id: "sources",
        title: labels.tables.sources,
        columns: [
          textColumn(columns.method),
          ...levelColumns(comparison),
          textColumn(columns.backend),
          textColumn(columns.run),
          textColumn(columns.captures),
        ],
        rows: comparison.runTables.flatMap((table) =>
          table.rows.map(({ run, origin }) => [
            text(table.method),
            ...levelCells(comparison, table),
            text(table.backend),
            text(String(run)),
            text(origin),
          ]),
        ),
        total: null,
      },
    ],
  };
}
