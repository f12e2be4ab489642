/** The paper's four metrics with their categories, and what they are computed from. */
import { categoryLabel, categoryProfiles, totalIndexLabel } from "../../metrics/category-profiles.ts";
import type { PairMetrics } from "../../metrics/run-metrics.ts";
import { count, countColumn, measured, numberColumn, text, textColumn, trouble } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Block, Cell, Language, Section, Table, Tone } from "../document.ts";
import type { Labels } from "../labels.ts";
import type { LabelledPair } from "./labelled-pair.ts";

export function paperSection(pairs: readonly LabelledPair[], labels: Labels, language: Language): Section {
  const blocks: Block[] = [ratedTable(pairs, labels, language)];
  for (const profile of new Set(pairs.map(({ pair }) => pair.categories.profile))) {
    const source = categoryProfiles.find(({ name }) => name === profile)?.source ?? null;
    const unrated = pairs.some(({ pair }) => lacksBandwidth(pair, profile));
    const sentence = labels.ratedBy(profile, source);
    blocks.push({
      kind: "paragraph",
      text: unrated ? `${sentence} ${labels.throughputNotRated}` : sentence,
    });
  }
  blocks.push({ kind: "paragraph", text: labels.sentences.delay });
  blocks.push(basisTable(pairs, labels));
  blocks.push({ kind: "paragraph", text: labels.sentences.signedJitter });
  return { heading: labels.headings.paper, blocks };
}

function lacksBandwidth({ paper, categories }: PairMetrics, profile: string): boolean {
  if (categories.profile !== profile || paper.throughputMbps === null || categories.throughput !== null)
    return false;
  const found = categoryProfiles.find(({ name }) => name === profile);
  return found?.throughput.unit === "percentOfBandwidth";
}

function ratedTable(pairs: readonly LabelledPair[], labels: Labels, language: Language): Table {
  const { columns, reasons } = labels;
  return {
    kind: "table",
    title: labels.tables.paper,
    columns: [
      textColumn(columns.pair),
      numberColumn(columns.throughput, "Mbps", DIGITS.megabitsPerSecond),
      numberColumn(columns.packetLoss, "%", DIGITS.percent),
      numberColumn(columns.delay, "ms", DIGITS.milliseconds),
      numberColumn(columns.jitter, "ms", DIGITS.milliseconds),
      numberColumn(columns.index, "", DIGITS.index),
    ],
    rows: pairs.map(({ label, pair: { paper, categories } }) => [
      text(label),
      rated(measured(paper.throughputMbps, reasons.twoFrames), categories.throughput, language),
      rated(measured(paper.packetLossPercent, reasons.noPackets), categories.packetLoss, language),
      rated(measured(paper.delayMs, reasons.twoFrames), categories.delay, language),
      rated(measured(paper.jitterMs, reasons.threeFrames), categories.jitter, language),
      overall(categories.index, reasons.notRated, language),
    ]),
    total: null,
  };
}

/** The value with its category, `bagus 3`, which stays on one line. */
function rated(cell: Cell, index: number | null, language: Language): Cell {
  if (cell.kind !== "number" || index === null) return cell;
  return { ...cell, note: `${categoryLabel(index)[language]}\u00a0${index}`, tone: indexTone(index) };
}

function overall(index: number | null, reason: string, language: Language): Cell {
  if (index === null) return { kind: "notMeasured", reason };
  return { kind: "number", value: index, note: totalIndexLabel(index)[language], tone: indexTone(index) };
}

function indexTone(index: number): Tone {
  if (index >= 3) return "good";
  return index >= 2 ? "fair" : "bad";
}

function basisTable(pairs: readonly LabelledPair[], labels: Labels): Table {
  const { columns, reasons } = labels;
  return {
    kind: "table",
    title: labels.tables.basis,
    columns: [
      textColumn(columns.pair),
      countColumn(columns.frames),
      countColumn(columns.bytes),
      numberColumn(columns.duration, "ms", DIGITS.milliseconds),
      countColumn(columns.lostPackets),
      countColumn(columns.requests),
      numberColumn(columns.signedJitter, "ms", DIGITS.signedMilliseconds),
    ],
    rows: pairs.map(({ label, pair: { paper } }) => [
      text(label),
      count(paper.frames),
      count(paper.bytes),
      measured(paper.durationMs, reasons.twoFrames),
      trouble(paper.lostPackets, "bad"),
      count(paper.requests),
      measured(paper.jitterSignedMs, reasons.threeFrames),
    ]),
    total: null,
  };
}
