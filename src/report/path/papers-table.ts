/** What papers print, and what it was in truth. */
import type { BesidePapers, MeasuredPath, RatedFigure } from "../../path/path-metrics.ts";
import type { Language } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import { ratedCell } from "../category-cells.ts";
import { measured, numberColumn, text, textColumn } from "../cells.ts";
import type { Cell, Section, Table } from "../document.ts";
import { pathLabel, tapName } from "./path-labels.ts";

const FIGURES = ["lossPercent", "delayMs", "jitterMs"] as const;
const FIGURE_DIGITS = 4;

/** No section where no path has the papers' figures. */
export function papersSections(paths: readonly MeasuredPath[], language: Language): readonly Section[] {
  const words = wordsOf(language).path;
  const tables = paths.flatMap((path) =>
    path.papers === null ? [] : [papersTable(path, path.papers, language)],
  );
  if (tables.length === 0) return [];
  return [
    {
      heading: words.headings.papers,
      blocks: [...tables, { kind: "paragraph", text: words.sentences.papers }],
    },
  ];
}

function papersTable(path: MeasuredPath, papers: BesidePapers, language: Language): Table {
  const words = wordsOf(language).path;
  const [first, second] = path.taps.map(tapName) as [string, string];
  const columns = [
    words.columns.papers,
    words.columns.inTruth(words.direction(first, second)),
    words.columns.inTruth(words.direction(second, first)),
  ];
  const cell = ({ value, category }: RatedFigure): Cell =>
    ratedCell(measured(value, words.reasons.noPacket), category, language);
  return {
    kind: "table",
    title: `${words.tables.papers} (${pathLabel(path, words)})`,
    columns: [
      textColumn(words.columns.figure),
      ...columns.map((name) => numberColumn(name, "", FIGURE_DIGITS)),
    ],
    rows: FIGURES.map((name) => [
      text(words.figures[name]),
      cell(papers.papers[name]),
      cell(papers.forward[name]),
      cell(papers.backward[name]),
    ]),
    total: null,
  };
}
