/** The methods against each other: means over the runs, what they belong to, and by backend. */

import type { MetricGroup } from "../../experiment/experiment-metrics.ts";
import { count, countColumn, text, textColumn } from "../cells.ts";
import type { Block, Section, Table } from "../document.ts";
import { levelCells, levelColumns, namedByLevels } from "./level-columns.ts";
import { meanCell, meanColumn } from "./metric-cells.ts";
import { overBackends, paperMetrics, type ReportContext } from "./report-context.ts";

/** What a method is best judged by comes first. */
const GROUPS: readonly MetricGroup[] = ["pace", "network", "server", "generator"];

export function summarySection(context: ReportContext): Section {
  const { labels, comparison } = context;
  const blocks: Block[] = [{ kind: "paragraph", text: labels.sentences.intervals }];
  for (const group of GROUPS) {
    const table = groupTable(group, context);
    if (table === null) continue;
    const told = sentenceOf(group, context);
    blocks.push(table, { kind: "paragraph", text: told });
  }
  if (comparison.backends.length > 1) {
    blocks.push({ kind: "paragraph", text: overBackends(context) });
  }
  blocks.push(...context.figures("metrics"), byBackendTable(context));
  return { heading: labels.headings.summary, blocks };
}

/** Selections have no metrics of servers. */
function sentenceOf(group: MetricGroup, { labels, comparison }: ReportContext): string {
  const { pooling } = comparison;
  const { server, ...others } = labels.sentences;
  return group === "server" ? server[pooling === "selections" ? "means" : pooling] : others[group];
}

/** A row per method; `null` where nothing of the group was measured. */
function groupTable(group: MetricGroup, { comparison, labels, language }: ReportContext): Table | null {
  const metrics = comparison.metrics.filter((metric) => metric.group === group);
  if (metrics.length === 0) return null;
  const { summaries } = comparison;
  return {
    kind: "table",
    id: `summary-${group}`,
    title: labels.tables.group[group],
    ...namedByLevels(comparison),
    columns: [
      textColumn(labels.columns.method),
      ...levelColumns(comparison),
      countColumn(labels.columns.runs),
      ...metrics.map((metric) =>
        meanColumn(
          metric,
          summaries.map((one) => one.summaries[metric.key]),
          language,
        ),
      ),
    ],
    rows: summaries.map((one) => [
      text(one.method),
      ...levelCells(comparison, one),
      count(one.runs.length),
      ...metrics.map((metric) => meanCell(one.summaries[metric.key], labels.reasons.noRun)),
    ]),
    total: null,
  };
}

function byBackendTable({ comparison, labels, language }: ReportContext): Table {
  const metrics = paperMetrics(comparison);
  const tables = comparison.runTables;
  return {
    kind: "table",
    id: "summary-by-backend",
    title: labels.tables.byBackend,
    ...namedByLevels(comparison),
    columns: [
      textColumn(labels.columns.method),
      ...levelColumns(comparison),
      textColumn(labels.columns.backend),
      ...metrics.map((metric) =>
        meanColumn(
          metric,
          tables.filter(({ hasTraffic }) => hasTraffic).map((table) => table.summaries[metric.key]),
          language,
        ),
      ),
    ],
    rows: tables.map((table) => [
      text(table.method),
      ...levelCells(comparison, table),
      text(table.backend),
      ...metrics.map((metric) =>
        table.hasTraffic
          ? meanCell(table.summaries[metric.key], labels.reasons.noRun)
          : meanCell(undefined, labels.reasons.noTraffic),
      ),
    ]),
    total: null,
  };
}
