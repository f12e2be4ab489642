/** The report room's verb: from what was measured to what is shown. */
import type { RunMetrics } from "../metrics/run-metrics.ts";
import type { Language } from "../words/language.ts";
import { type Words, wordsOf } from "../words/words.ts";
import type { Document, Section } from "./document.ts";
import { numberText } from "./number-text.ts";
import { balancerSections } from "./run/balancer-section.ts";
import { captureSection } from "./run/capture-section.ts";
import { type LabelledPair, type LabelledTraffic, labelPairs, labelTotals } from "./run/labelled-pair.ts";
import { networkSection } from "./run/network-section.ts";
import { paperSection } from "./run/paper-section.ts";
import { warningGroups } from "./run/warning-groups.ts";

export interface DocumentOptions {
  /** Language of labels, sentences, categories and number marks. */
  readonly language: Language;
  /** At most so many pairs, the first ones; absent: all. Shares and sums count every pair. */
  readonly pairLimit?: number;
}

/** The report on one run. */
export function buildDocument(run: RunMetrics, options: DocumentOptions): Document {
  const labels = wordsOf(options.language).report;
  const all = labelPairs(run.pairs);
  const pairs = all.slice(0, options.pairLimit ?? all.length);
  const totals = labelTotals(run.allClients ?? [], labels.allClients).slice(0, options.pairLimit);
  return {
    language: options.language,
    title: labels.title(filesText(run.capture.files, labels)),
    summary: summary(run, labels),
    sections: [
      ...pairSections(pairs, totals, all, labels, options.language),
      ...balancerSections(run, pairs, labels, options.language),
      captureSection(run, labels),
      warningsSection(run, labels, options.language),
    ],
    numberStyle: labels.numberStyle,
    notMeasuredMark: "–",
    notMeasuredWords: labels.notMeasured,
  };
}

function pairSections(
  pairs: readonly LabelledPair[],
  totals: readonly LabelledTraffic[],
  all: readonly LabelledPair[],
  labels: Words["report"],
  language: Language,
): readonly Section[] {
  if (all.length === 0) {
    return [
      { heading: labels.headings.paper, blocks: [{ kind: "paragraph", text: labels.sentences.noPairs }] },
    ];
  }
  const rows = [...totals, ...pairs];
  const paper = paperSection(rows, labels, language);
  const network = networkSection(pairs, rows, all, labels);
  if (pairs.length === all.length) return [paper, network];
  const text = labels.pairsShown(
    numberText(pairs.length, 0, labels.numberStyle),
    numberText(all.length, 0, labels.numberStyle),
  );
  return [{ ...paper, blocks: [{ kind: "paragraph", text }, ...paper.blocks] }, network];
}

function warningsSection(run: RunMetrics, labels: Words["report"], language: Language): Section {
  return {
    heading: labels.headings.warnings,
    blocks:
      run.warnings.length === 0
        ? [{ kind: "paragraph", text: labels.sentences.noWarnings }]
        : [{ kind: "warnings", groups: warningGroups(run.warnings, labels, language) }],
  };
}

function summary({ capture, http, warnings }: RunMetrics, labels: Words["report"]): string {
  const number = (value: number, digits = 0): string => numberText(value, digits, labels.numberStyle);
  return labels.summary({
    packets: number(capture.packets),
    seconds: capture.durationSeconds === null ? null : number(capture.durationSeconds, 3),
    requests: number(http.requests),
    unanswered: number(http.unanswered),
    warnings: warnings.length,
  });
}

/** The first file without its folder, and how many more there are. */
/** The file that a run was read from, and how many more. */
export function filesText(files: readonly string[], labels: Words["report"]): string {
  const [first = "", ...more] = files;
  const name = first.slice(Math.max(first.lastIndexOf("/"), first.lastIndexOf("\\")) + 1) || first;
  if (more.length === 0) return name;
  return `${name} ${labels.moreFiles(numberText(more.length, 0, labels.numberStyle))}`;
}
