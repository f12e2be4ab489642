/** The paper's four metrics with their categories, and what they are computed from. */
import { categoryProfiles } from "../../metrics/category-profiles.ts";
import type { TrafficMetrics } from "../../metrics/run-metrics.ts";
import { requestFailures } from "../../metrics/run-totals.ts";
import type { Language } from "../../words/language.ts";
import type { Words } from "../../words/words.ts";
import { overallCell, ratedCell } from "../category-cells.ts";
import { count, countColumn, measured, numberColumn, text, textColumn, trouble } from "../cells.ts";
import { DIGITS } from "../digits.ts";
import type { Block, Section, Table } from "../document.ts";
import type { LabelledTraffic } from "./labelled-pair.ts";

export function paperSection(
  pairs: readonly LabelledTraffic[],
  labels: Words["report"],
  language: Language,
): Section {
  const blocks: Block[] = [ratedTable(pairs, labels, language)];
  const sources = new Map(pairs.map(({ pair: { categories } }) => [categories.profile, categories.source]));
  for (const [profile, source] of sources) {
    const unrated = pairs.some(({ pair }) => lacksBandwidth(pair, profile));
    const sentence = labels.ratedBy(profile, sourceText(source, labels));
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

/** The source of a built-in profile in the report's language; one's own is in the language of its file. */
export function sourceText(source: string | null, labels: Words["report"]): string | null {
  const builtIn = categoryProfiles.find((profile) => profile.source === source);
  const sources: Readonly<Record<string, string>> = labels.profileSources;
  return builtIn === undefined ? source : (sources[builtIn.name] ?? source);
}

function lacksBandwidth({ paper, categories }: TrafficMetrics, profile: string): boolean {
  if (categories.profile !== profile || paper.throughputMbps === null || categories.throughput !== null)
    return false;
  const found = categoryProfiles.find(({ name }) => name === profile);
  return found?.throughput.unit === "percentOfBandwidth";
}

function ratedTable(pairs: readonly LabelledTraffic[], labels: Words["report"], language: Language): Table {
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
    rows: pairs.map(({ label, pair: { paper, categories, http } }) => [
      text(label),
      ratedCell(measured(paper.throughputMbps, reasons.twoFrames), categories.throughput, language),
      ratedCell(measured(paper.packetLossPercent, reasons.noPackets), categories.packetLoss, language),
      ratedCell(measured(paper.delayMs, reasons.twoFrames), categories.delay, language),
      ratedCell(measured(paper.jitterMs, reasons.threeFrames), categories.jitter, language),
      overallCell(categories, reasons.notRated, language, requestFailures(http)),
    ]),
    total: null,
  };
}

function basisTable(pairs: readonly LabelledTraffic[], labels: Words["report"]): Table {
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
