/** Methods against the levels of a factor: a table and a chart for each metric. */
import type { MetricFacts } from "../../experiment/experiment-metrics.ts";
import { factorTitle } from "../../experiment/factors/factor.ts";
import { type LevelGrid, levelGrid, rowAt } from "../../experiment/factors/level-grid.ts";
import { halfWidth } from "../../experiment/statistics/sample-summary.ts";
import { numberColumn, text, textColumn } from "../cells.ts";
import { levelChartId } from "../charts/level-charts.ts";
import { levelMetrics } from "../charts/level-metrics.ts";
import type { Block, Section, Table } from "../document.ts";
import { levelCells, levelColumns, namedByLevels } from "./level-columns.ts";
import { digitsFor, meanCell, metricName } from "./metric-cells.ts";
import type { ReportContext } from "./report-context.ts";

/** `null` where the method alone varies. */
export function levelsSection(context: ReportContext): Section | null {
  const { comparison, labels } = context;
  const grid = levelGrid(comparison.factors ?? [], comparison.summaries);
  if (grid === null) return null;
  const blocks = levelMetrics(comparison).flatMap((metric): Block[] => [
    gridTable(metric, grid, context),
    // The figure of what decides stands beside the verdict.
    ...(metric.key === comparison.primary.metric ? [] : context.figures(`${levelChartId(metric.key)}*`)),
  ]);
  return {
    heading: labels.headings.levels(grid.axis.name),
    blocks: [{ kind: "paragraph", text: labels.sentences.intervals }, ...blocks],
  };
}

/** A row per method and combination of the other factors, a column per level. */
function gridTable(
  metric: MetricFacts,
  grid: LevelGrid,
  { comparison, labels, language }: ReportContext,
): Table {
  const { axis, others, strata } = grid;
  const { summaries, methods } = comparison;
  const rows = methods.flatMap(({ name }) =>
    strata.flatMap((levels) => {
      const found = axis.levels.map((level) => rowAt(summaries, name, grid, levels, level));
      const means = found.map((one) => one?.summaries[metric.key]);
      return found.every((one) => one === undefined) ? [] : [{ name, levels, means }];
    }),
  );
  const all = rows.flatMap(({ means }) => means);
  const digits = digitsFor(
    metric.unit,
    all.map((one) => one?.mean ?? null),
    all.map(halfWidth),
  );
  return {
    kind: "table",
    id: levelChartId(metric.key),
    title: labels.tables.overLevels(metricName(metric, language), axis.name),
    ...namedByLevels({ factors: others }),
    columns: [
      textColumn(labels.columns.method),
      ...levelColumns({ factors: others }),
      ...axis.levels.map((level) => numberColumn(level, "", digits, factorTitle(axis))),
    ],
    rows: rows.map(({ name, levels, means }) => [
      text(name),
      ...levelCells({ factors: others }, { levels }),
      ...means.map((summary) => meanCell(summary, labels.reasons.noRun)),
    ]),
    total: null,
  };
}
