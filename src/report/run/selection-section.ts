/** The paper's four metrics over selected frames, with their categories and the recipe to see the same in Wireshark. */
import type { RtpStreamMetrics } from "../../metrics/rtp-metrics.ts";
import type { SelectionMetrics } from "../../metrics/selection-metrics.ts";
import type { Language } from "../../words/language.ts";
import { type Words, wordsOf } from "../../words/words.ts";
import { overallCell, ratedCell } from "../category-cells.ts";
import { count, countColumn, measured, numberColumn, text, textColumn, trouble } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Block, Cell, Section, Table } from "../document.ts";
import { numberText } from "../number-text.ts";
import { sourceText } from "./paper-section.ts";
import { rtpBlocks } from "./rtp-table.ts";

/** Every table of the selections. */
export function selectionSection(
  selections: readonly SelectionMetrics[],
  rtpStreams: readonly RtpStreamMetrics[],
  language: Language,
): Section {
  const { selections: words } = wordsOf(language);
  return {
    heading: words.heading,
    blocks: [
      ...selectionOverview(selections, language),
      { kind: "paragraph", text: words.formulas },
      basisTable(selections, language),
      ...(selections.length > 1 ? [{ kind: "paragraph", text: words.overlap } as const] : []),
      ...rtpBlocks(rtpStreams, language),
    ],
  };
}

/** The table with its categories, and what each row is computed over. */
export function selectionOverview(
  selections: readonly SelectionMetrics[],
  language: Language,
): readonly Block[] {
  const { report } = wordsOf(language);
  const [first] = selections;
  const { profile, source } = first?.categories ?? { profile: "", source: "" };
  return [
    ratedTable(selections, language),
    { kind: "list", items: selections.map((selection) => recipe(selection, language)) },
    { kind: "paragraph", text: report.ratedBy(profile, sourceText(source, report)) },
  ];
}

function ratedTable(selections: readonly SelectionMetrics[], language: Language): Table {
  const { selections: words, report } = wordsOf(language);
  const { columns } = report;
  const { reasons } = words;
  return {
    kind: "table",
    id: "selections",
    title: words.table,
    columns: [
      textColumn(words.selection),
      numberColumn(columns.throughput, "Mbps", DIGITS.megabitsPerSecond),
      numberColumn(columns.packetLoss, "%", DIGITS.percent),
      numberColumn(columns.delay, "ms", DIGITS.milliseconds),
      numberColumn(columns.jitter, "ms", DIGITS.milliseconds),
      numberColumn(columns.index, "", DIGITS.index),
    ],
    rows: selections.map((selection) => {
      const { throughputMbps, packetLossPercent, delayMs, jitterMs, categories } = selection;
      const gapReason = delayMs === null && throughputMbps !== null ? reasons.clock : null;
      return [
        text(selectionLabel(selection, words)),
        ratedCell(measured(throughputMbps, reasons.twoFrames), categories.throughput, language),
        ratedCell(measured(packetLossPercent, lossReason(selection, words)), categories.packetLoss, language),
        ratedCell(measured(delayMs, gapReason ?? reasons.twoFrames), categories.delay, language),
        ratedCell(measured(jitterMs, gapReason ?? reasons.threeFrames), categories.jitter, language),
        overallCell(categories, report.reasons.notRated, language, null),
      ];
    }),
    total: null,
  };
}

function basisTable(selections: readonly SelectionMetrics[], language: Language): Table {
  const { selections: words, report } = wordsOf(language);
  const { columns } = report;
  return {
    kind: "table",
    id: "selections-basis",
    title: words.basis,
    columns: [
      textColumn(words.selection),
      countColumn(words.frames),
      countColumn(words.tcpFrames),
      countColumn(words.udpFrames),
      countColumn(columns.bytes),
      numberColumn(columns.duration, "ms", DIGITS.milliseconds),
      countColumn(columns.lostPackets),
      textColumn(words.lossFrom),
    ],
    rows: selections.map((selection) => [
      text(selectionLabel(selection, words)),
      count(selection.frames),
      count(selection.tcpFrames),
      count(selection.udpFrames),
      count(selection.bytes),
      measured(selection.durationMs, words.reasons.twoFrames),
      lostCell(selection, words),
      lossEvidence(selection, words),
    ]),
    total: null,
  };
}

/** As the user called it, else its filter. */
export function selectionLabel(
  { name, filter }: SelectionMetrics,
  { everyFrame }: Words["selections"],
): string {
  return name ?? (filter === "" ? everyFrame : filter);
}

function lossReason({ frames }: SelectionMetrics, { reasons }: Words["selections"]): string {
  return frames === 0 ? reasons.noFrames : reasons.lossUnseen;
}

function lostCell(selection: SelectionMetrics, words: Words["selections"]): Cell {
  const { lostPackets } = selection;
  return lostPackets === null ? measured(null, lossReason(selection, words)) : trouble(lostPackets, "bad");
}

function lossEvidence(selection: SelectionMetrics, words: Words["selections"]): Cell {
  const { lossFrom } = selection;
  return lossFrom === null ? measured(null, lossReason(selection, words)) : text(words.lossNames[lossFrom]);
}

function recipe(selection: SelectionMetrics, language: Language): string {
  const { selections: words, report } = wordsOf(language);
  const { name, filter, frames, bytes, durationMs } = selection;
  const number = (value: number, digits = 0) => numberText(value, digits, report.numberStyle);
  const told = words.recipe({
    frames: number(frames),
    bytes: number(bytes),
    seconds: durationMs === null ? null : number(durationMs / 1000, DIGITS.seconds),
    filter,
  });
  return name === null ? told : `${name}: ${told}`;
}
