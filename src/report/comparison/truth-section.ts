/** What papers print as loss, delay and jitter, and what two taps measured in the same runs. */

import type { MethodTruth } from "../../experiment/runs/method-truths.ts";
import type { RatedTruth } from "../../path/path-metrics.ts";
import { wordsOf } from "../../words/words.ts";
import { ratedCell } from "../category-cells.ts";
import { count, countColumn, measured, numberColumn, text, textColumn } from "../cells.ts";
import type { Cell, Column, Section } from "../document.ts";
import { sourceText } from "../run/paper-section.ts";
import { levelCells, levelColumns, namedByLevels } from "./level-columns.ts";
import { digitsFor } from "./metric-cells.ts";
import type { ReportContext } from "./report-context.ts";

const FIGURES = ["lossPercent", "delayMs", "jitterMs"] as const;
const UNITS = { lossPercent: "%", delayMs: "ms", jitterMs: "ms" } as const;
const GROUPS = ["papers", "toBackend", "fromBackend"] as const;

/** `null` where no run has a second tap. */
export function truthSection({ comparison, labels, language, figures }: ReportContext): Section | null {
  const { truths, profile } = comparison;
  if (truths.length === 0) return null;
  const { path, report } = wordsOf(language);
  const { truth: words } = labels;
  const columnsOf = (group: (typeof GROUPS)[number]): Column[] =>
    FIGURES.map((figure) => ({
      ...numberColumn(
        group === "papers" ? words.papers[figure] : words.figures[figure],
        UNITS[figure],
        digitsFor(
          UNITS[figure],
          truths.map((one) => one[group][figure].value),
        ),
        words.groups[group],
      ),
      noteHeader: labels.columns.category,
    }));
  const cells = (rated: RatedTruth): Cell[] =>
    FIGURES.map((figure) => {
      const { value, category } = rated[figure];
      return ratedCell(measured(value, labels.reasons.noRun), category, language);
    });
  const row = (one: MethodTruth): Cell[] => [
    text(one.method),
    ...levelCells(comparison, one),
    text(one.backend),
    count(one.runs),
    ...GROUPS.flatMap((group) => cells(one[group])),
    measured(one.delayBoundMs, path.reasons.oneWay),
  ];
  return {
    heading: path.headings.papers,
    blocks: [
      {
        kind: "table",
        id: "truth",
        title: words.title,
        ...namedByLevels(comparison),
        columns: [
          textColumn(labels.columns.method),
          ...levelColumns(comparison),
          textColumn(labels.columns.backend),
          countColumn(labels.columns.runs),
          ...GROUPS.flatMap(columnsOf),
          numberColumn(
            path.columns.delayBound,
            "ms",
            digitsFor(
              "ms",
              truths.map(({ delayBoundMs }) => delayBoundMs),
            ),
          ),
        ],
        rows: truths.map(row),
        total: null,
      },
      ...figures("truth"),
      { kind: "paragraph", text: path.sentences.papers },
      { kind: "paragraph", text: report.ratedBy(profile.name, sourceText(profile.source, report)) },
    ],
  };
}
