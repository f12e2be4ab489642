/** Where the time of an exchange went: a table, and the same as parts of bars. */
import type { MeasuredPath, TapsMetrics } from "../../path/path-metrics.ts";
import type { Language } from "../../words/language.ts";
import { type Words, wordsOf } from "../../words/words.ts";
import { count, countColumn, measured, text, textColumn } from "../cells.ts";
import type { BarChart } from "../charts/chart-spec.ts";
import type { Section, Table } from "../document.ts";
import { pathLabel } from "./path-labels.ts";
import { milliseconds } from "./path-tables.ts";

const PARTS = ["thereMs", "hostMs", "backMs"] as const;
const FIGURES = ["mean", "p50", "p95", "max"] as const;

/** No section where no path has parted times. */
export function hostTimeSections({ paths }: TapsMetrics, words: Words["path"]): readonly Section[] {
  const parted = paths.filter(({ hostTimes }) => hostTimes !== null);
  if (parted.length === 0) return [];
  return [
    {
      heading: words.headings.hostTimes,
      blocks: [hostTimesTable(parted, words), { kind: "paragraph", text: words.sentences.hostTimes }],
    },
  ];
}

function partNames({ columns }: Words["path"]): readonly string[] {
  return [columns.there, columns.host, columns.back];
}

function hostTimesTable(paths: readonly MeasuredPath[], words: Words["path"]): Table {
  const { columns, reasons } = words;
  const names = [columns.mean, "p50", "p95", columns.max];
  return {
    kind: "table",
    id: "path-host-times",
    title: words.tables.hostTimes,
    columns: [
      textColumn(columns.path),
      countColumn(columns.exchanges),
      ...partNames(words).flatMap((part) => names.map((name) => milliseconds(name, part))),
    ],
    rows: paths.map((path) => [
      text(pathLabel(path, words)),
      count(path.hostTimes?.exchanges ?? 0),
      ...PARTS.flatMap((part) =>
        FIGURES.map((figure) => measured(path.hostTimes?.[part][figure] ?? null, reasons.noRequests)),
      ),
    ]),
    total: null,
  };
}

/** `null` where no path has parted times. */
export function hostTimeBars({ paths }: TapsMetrics, language: Language): BarChart | null {
  const words = wordsOf(language).path;
  const parted = paths.filter(({ hostTimes }) => hostTimes !== null);
  if (parted.length === 0) return null;
  const labels = parted.map((path) => pathLabel(path, words));
  const names = partNames(words);
  return {
    kind: "bars",
    id: "host-times",
    language,
    title: words.chart.hostTimesTitle,
    note: words.chart.hostTimesNote,
    stacked: true,
    categories: {
      key: "path",
      title: words.columns.path,
      names: labels,
      styles: labels.map((_, index) => index),
    },
    series: { key: "part", title: words.columns.part, names, styles: names.map((_, index) => index) },
    panels: [
      {
        quantity: { key: "share_percent", title: words.chart.share },
        bars: (["there", "host", "back"] as const).map((part) =>
          parted.map(({ hostTimes }) =>
            hostTimes === null
              ? null
              : { value: hostTimes.sharePercent[part], low: null, high: null, runs: null },
          ),
        ),
      },
    ],
  };
}
