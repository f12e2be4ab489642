/** The means, rated by the experiment's category profile. */
import { isSameLevel } from "../../experiment/levels.ts";
import type { RunTable } from "../../experiment/runs/run-tables.ts";
import { type Words, wordsOf } from "../../words/words.ts";
import { overallCell, ratedCell } from "../category-cells.ts";
import { measured, numberColumn, text, textColumn } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Row, Section } from "../document.ts";
import { sourceText } from "../run/paper-section.ts";
import { levelCells, levelColumns, namedByLevels } from "./level-columns.ts";
import { digitsFor } from "./metric-cells.ts";
import type { ReportContext } from "./report-context.ts";

const RATED = ["throughputMbps", "packetLossPercent", "delayMs", "jitterMs"] as const;
const CATEGORY_OF = {
  throughputMbps: "throughput",
  packetLossPercent: "packetLoss",
  delayMs: "delay",
  jitterMs: "jitter",
} as const;

/** A method over all backends, or on one. */
type Rated = Pick<RunTable, "levels" | "summaries" | "categories" | "failures">;

/** A row per method over all backends, and below it one per backend where there are several. */
export function categorySection(context: ReportContext): Section {
  const { comparison, labels, language } = context;
  const words = wordsOf(language).report;
  const metrics = comparison.metrics.filter(({ key }) => RATED.some((rated) => rated === key));
  const rows = comparison.summaries.flatMap((method) => {
    const own = comparison.runTables.filter(
      (table) => table.method === method.method && isSameLevel(table, method) && table.hasTraffic,
    );
    const overall = row(method.method, labels.allBackends, method);
    const perBackend = own.map((table) => row(table.method, table.backend, table));
    return own.length === 1 ? perBackend : [overall, ...perBackend];
  });
  function row(method: string, backend: string, rated: Rated): Row {
    const { summaries, categories, failures } = rated;
    return [
      text(method),
      ...levelCells(comparison, rated),
      text(backend),
      ...RATED.filter((key) => metrics.some((metric) => metric.key === key)).map((key) =>
        ratedCell(
          measured(summaries[key]?.mean ?? null, labels.reasons.noRun),
          categories[CATEGORY_OF[key]],
          language,
        ),
      ),
      overallCell(categories, words.reasons.notRated, language, failures),
    ];
  }
  const all = [...comparison.summaries, ...comparison.runTables];
  return {
    heading: labels.headings.categories,
    blocks: [
      {
        kind: "table",
        id: "categories",
        title: labels.tables.categories,
        ...namedByLevels(comparison),
        columns: [
          textColumn(labels.columns.method),
          ...levelColumns(comparison),
          textColumn(labels.columns.backend),
          ...metrics.map(({ key, label, unit }) => ({
            ...numberColumn(
              label[language],
              unit,
              digitsFor(
                unit,
                all.map((one) => one.summaries[key]?.mean ?? null),
              ),
            ),
            noteHeader: labels.columns.category,
          })),
          { ...numberColumn(labels.columns.index, "", DIGITS.index), noteHeader: labels.columns.category },
        ],
        rows,
        total: null,
      },
      { kind: "paragraph", text: ratedBy(context, words) },
    ],
  };
}

function ratedBy(
  { comparison: { profile, bandwidthBitsPerSecond } }: ReportContext,
  words: Words["report"],
): string {
  const sentence = words.ratedBy(profile.name, sourceText(profile.source, words));
  const needsBandwidth = profile.throughput.unit === "percentOfBandwidth" && bandwidthBitsPerSecond === null;
  return needsBandwidth ? `${sentence} ${words.throughputNotRated}` : sentence;
}
