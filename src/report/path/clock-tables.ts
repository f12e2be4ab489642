/** How the clocks of the taps stand to each other, and what each tap recorded. */
import type { MeasuredPath, TapsMetrics } from "../../path/path-metrics.ts";
import type { Words } from "../../words/words.ts";
import { count, countColumn, measured, numberColumn, text, textColumn } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Block, Section, Table } from "../document.ts";
import { pathLabel, tapName } from "./path-labels.ts";

const CLOCK_DIGITS = 4;

export function clocksSection({ paths }: TapsMetrics, words: Words["path"]): Section {
  const blocks: Block[] = [clocksTable(paths, words)];
  if (paths.some(({ clocks }) => clocks.steps.length > 0)) blocks.push(stepsTable(paths, words));
  const isSynchronous = paths.every(({ clocks }) => clocks.kind === "synchronous");
  blocks.push({
    kind: "paragraph",
    text: isSynchronous ? words.sentences.synchronous : words.sentences.clocks,
  });
  return { heading: words.headings.clocks, blocks };
}

function clocksTable(paths: readonly MeasuredPath[], words: Words["path"]): Table {
  const { columns, reasons } = words;
  return {
    kind: "table",
    id: "path-clocks",
    title: words.tables.clocks,
    columns: [
      textColumn(columns.path),
      textColumn(columns.known),
      ...[columns.offset, columns.offsetBound].map((name) => numberColumn(name, "ms", CLOCK_DIGITS)),
      ...[columns.drift, columns.driftBound].map((name) => numberColumn(name, "ppm", DIGITS.index)),
      ...[columns.delayBound, columns.roundTrip].map((name) => numberColumn(name, "ms", CLOCK_DIGITS)),
    ],
    rows: paths.map((path) => {
      const { clocks } = path;
      return [
        text(pathLabel(path, words)),
        text(words.clockKinds[clocks.kind]),
        measured(clocks.offsetMs, reasons.oneWay),
        measured(clocks.offsetBoundMs, reasons.oneWay),
        measured(clocks.driftPpm, reasons.oneWay),
        measured(clocks.driftBoundPpm, reasons.oneWay),
        measured(clocks.delayBoundMs, reasons.oneWay),
        measured(clocks.smallestRoundTripMs, reasons.oneWay),
      ];
    }),
    total: null,
  };
}

function stepsTable(paths: readonly MeasuredPath[], words: Words["path"]): Table {
  const { columns } = words;
  return {
    kind: "table",
    title: words.tables.steps,
    columns: [
      textColumn(columns.path),
      numberColumn(columns.time, "s", DIGITS.seconds),
      numberColumn(columns.step, "ms", CLOCK_DIGITS),
      textColumn(columns.what),
    ],
    rows: paths.flatMap((path) =>
      path.clocks.steps.map(({ secondsSinceStart, stepMs, kind }) => [
        text(pathLabel(path, words)),
        count(secondsSinceStart),
        count(stepMs),
        text(words.stepKinds[kind]),
      ]),
    ),
    total: null,
  };
}

export function tapsSection({ paths, arrangement }: TapsMetrics, words: Words["path"]): Section {
  const { columns, sentences } = words;
  const notes = [
    ...(arrangement === "row" && paths.length > 1 ? [sentences.row] : []),
    ...(paths.some(({ matching }) => matching.splitFrames) ? [sentences.split] : []),
    ...(paths.some(({ matching }) => !matching.sameAddresses) ? [sentences.translated] : []),
  ];
  const table: Table = {
    kind: "table",
    id: "path-taps",
    title: words.tables.taps,
    columns: [
      textColumn(columns.path),
      textColumn(columns.tap),
      ...[
        columns.frames,
        columns.otherFrames,
        columns.elsewhere,
        columns.notShared,
        columns.indistinct,
        columns.outside,
      ].map((name) => countColumn(name)),
    ],
    rows: paths.flatMap((path) =>
      path.taps.map((tap) => [
        text(pathLabel(path, words)),
        text(tapName(tap)),
        count(tap.frames),
        count(tap.otherFrames),
        count(tap.packetsElsewhere),
        count(tap.packetsNotShared),
        count(tap.packetsIndistinct),
        count(tap.packetsOutside),
      ]),
    ),
    total: null,
  };
  return {
    heading: words.headings.taps,
    blocks: [table, ...notes.map((note): Block => ({ kind: "paragraph", text: note }))],
  };
}
