/** The report on the paths between taps. */

import type { TapsMetrics } from "../../path/path-metrics.ts";
import { pathTotals } from "../../path/path-totals.ts";
import type { Language } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import type { DocumentOptions } from "../build-document.ts";
import { documentFigures } from "../charts/document-figures.ts";
import type { Document, Section } from "../document.ts";
import { numberText } from "../number-text.ts";
import { warningGroups } from "../run/warning-groups.ts";
import { clocksSection, tapsSection } from "./clock-tables.ts";
import { hostTimeSections } from "./host-times.ts";
import { papersSections } from "./papers-table.ts";
import { labelDirections, tapName } from "./path-labels.ts";
import { delayTable, lossRunsTable, packetsTable, variationTable } from "./path-tables.ts";

export function buildPathDocument(
  taps: TapsMetrics,
  { language, charts }: Pick<DocumentOptions, "language" | "charts">,
): Document {
  const { path: words, report } = wordsOf(language);
  const rows = labelDirections(taps, words);
  const { matched, lost } = pathTotals(taps);
  const number = (value: number) => numberText(value, 0, report.numberStyle);
  return {
    language,
    title: words.title(tapNames(taps).join(" – ")),
    summary: words.summary(number(matched), number(lost)),
    sections: [
      { heading: words.headings.packets, blocks: [packetsTable(rows, words)] },
      {
        heading: words.headings.delay,
        blocks: [delayTable(rows, words), variationTable(rows, words), ...documentFigures(charts)],
      },
      { heading: words.headings.losses, blocks: [lossRunsTable(rows, words)] },
      ...hostTimeSections(taps, words),
      ...papersSections(taps.paths, language),
      clocksSection(taps, words),
      tapsSection(taps, words),
      ...warningSections(taps, language),
    ],
    numberStyle: report.numberStyle,
    notMeasuredMark: "–",
    notMeasuredWords: report.notMeasured,
  };
}

function tapNames({ paths }: TapsMetrics): readonly string[] {
  return [...new Set(paths.flatMap(({ taps }) => taps.map(tapName)))];
}

function warningSections({ paths }: TapsMetrics, language: Language): readonly Section[] {
  const { report } = wordsOf(language);
  const warnings = paths.flatMap((path) => path.warnings);
  if (warnings.length === 0) return [];
  return [
    {
      heading: report.headings.warnings,
      blocks: [{ kind: "warnings", groups: warningGroups(warnings, report, language) }],
    },
  ];
}
