/** The report room's verb: from what was measured to what is shown. */
import { withDiagnosis } from "../diagnosis/diagnosed-run.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";
import { serversAndRequests } from "../metrics/served-requests.ts";
import type { Language } from "../words/language.ts";
import { type Words, wordsOf } from "../words/words.ts";
import { type DrawnCharts, documentFigures } from "./charts/document-figures.ts";
import type { Block, Document, Section } from "./document.ts";
import { fileName } from "./file-name.ts";
import { numberText } from "./number-text.ts";
import { balancerSections } from "./run/balancer-section.ts";
import { captureSection } from "./run/capture-section.ts";
import { type LabelledPair, type LabelledTraffic, labelPairs, labelTotals } from "./run/labelled-pair.ts";
import { networkSection } from "./run/network-section.ts";
import { type OverviewLimits, overviewBlocks, runFindings, type ToldFinding } from "./run/overview.ts";
import { paperSection } from "./run/paper-section.ts";
import { protocolsParagraph } from "./run/protocols-table.ts";
import { rtpBlocks } from "./run/rtp-table.ts";
import { selectionOverview, selectionSection } from "./run/selection-section.ts";
import { tlsSections } from "./run/tls-section.ts";
import { warningGroups } from "./run/warning-groups.ts";
import { sentence } from "./sentence.ts";

/** What a whole report opens with: more than anybody reads at once, and no page full. */
const WHOLE_REPORT: OverviewLimits = { findings: 20, explained: false, servers: 20 };

export interface DocumentOptions {
  /** Language of labels, sentences, categories and number marks. */
  readonly language: Language;
  /** Charts to show after the answer, and the formats in which they are drawn in `folder`; absent: none. */
  readonly charts?: DrawnCharts;
  /** At most so many pairs, the first ones; absent: all. Shares and sums count every pair. */
  readonly pairLimit?: number;
}

/** The report on one run: the answer first, then every table. */
export function buildDocument(metrics: RunMetrics, options: DocumentOptions): Document {
  const run = withDiagnosis(metrics);
  const labels = wordsOf(options.language).report;
  const findings = runFindings(run, options.language);
  const all = labelPairs(run.pairs);
  const pairs = all.slice(0, options.pairLimit ?? all.length);
  const totals = labelTotals(run.allClients ?? [], labels.allClients).slice(0, options.pairLimit);
  return {
    ...emptyDocument(run, options.language),
    opening: [
      ...(isOfSelections(run) ? [] : overviewBlocks(run, findings, WHOLE_REPORT, options.language)),
      ...documentFigures(options.charts),
    ],
    sections: [
      ...(run.selections === undefined
        ? []
        : [selectionSection(run.selections, run.rtpStreams ?? [], options.language)]),
      ...evidenceSections(findings, options.language),
      ...(isOfSelections(run) ? [] : pairSections(pairs, totals, all, labels, options.language)),
      ...balancerSections(run, pairs, labels, options.language),
      ...tlsSections(run, labels),
      captureSection(run, labels),
      warningsSection(run, labels, options.language),
    ],
  };
}

/** Whether there are selections and nothing else to show. */
function isOfSelections({ selections, pairs }: RunMetrics): boolean {
  return selections !== undefined && pairs.length === 0;
}

/** The answer alone, for one screen, and where to read on. @param findings of the run, from `runFindings` */
export function buildOverview(
  run: RunMetrics,
  findings: readonly ToldFinding[],
  limits: OverviewLimits,
  language: Language,
): Document {
  const labels = wordsOf(language).report;
  const { readOn, warning } = labels.overview;
  const [first] = warningGroups(run.warnings, labels, language);
  const more = run.warnings.length - 1;
  const doubts: readonly Block[] =
    first === undefined
      ? []
      : [
          {
            kind: "paragraph",
            text: warning(
              sentence(first.messages[0] ?? first.code),
              more === 0 ? null : numberText(more, 0, labels.numberStyle),
            ),
          },
        ];
  const noPairs: Block = { kind: "paragraph", text: labels.sentences.noPairs };
  const { selections } = run;
  if (selections !== undefined) {
    return {
      ...emptyDocument(run, language),
      summary: summary(run, labels, 0),
      opening: [
        ...selectionOverview(selections, language),
        ...rtpBlocks(run.rtpStreams ?? [], language),
        ...doubts,
        { kind: "list", items: wordsOf(language).selections.readOn },
      ],
    };
  }
  return {
    ...emptyDocument(run, language),
    summary: summary(run, labels, 0),
    opening: [
      ...(run.pairs.length === 0 ? [noPairs] : overviewBlocks(run, findings, limits, language)),
      ...protocolsParagraph(run, labels),
      ...doubts,
      { kind: "list", items: readOn },
    ],
  };
}

function emptyDocument(run: RunMetrics, language: Language): Document {
  const labels = wordsOf(language).report;
  return {
    language,
    title: labels.title(filesText(run.capture.files, labels)),
    summary: summary(run, labels, run.warnings.length),
    sections: [],
    numberStyle: labels.numberStyle,
    notMeasuredMark: "–",
    notMeasuredWords: labels.notMeasured,
  };
}

/** The evidence for each finding; no section where there is none. */
function evidenceSections(findings: readonly ToldFinding[], language: Language): readonly Section[] {
  if (findings.length === 0) return [];
  const { headings, overview } = wordsOf(language).report;
  const items = findings.map(({ text: { headline, evidence, not }, displayFilter }) =>
    [
      sentence(headline),
      sentence(evidence),
      ...(not === null ? [] : [sentence(not)]),
      overview.shownBy(displayFilter),
    ].join(" "),
  );
  return [{ heading: headings.findings, blocks: [{ kind: "list", items }] }];
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

/** @param warnings how many stand at the end */
function summary(run: RunMetrics, labels: Words["report"], warnings: number): string {
  const { capture, http } = run;
  const number = (value: number, digits = 0): string => numberText(value, digits, labels.numberStyle);
  const { served } = serversAndRequests(run);
  const areOfClients = served.of === "clients";
  return labels.summary({
    packets: number(capture.packets),
    seconds: capture.durationSeconds === null ? null : number(capture.durationSeconds, 3),
    requests: number(areOfClients ? served.requests : http.requests),
    areOfClients,
    failures: number(areOfClients ? served.failed : http.unanswered),
    warnings,
  });
}

/** The file that a run was read from, and how many more. */
export function filesText(files: readonly string[], labels: Words["report"]): string {
  const [first = "", ...more] = files;
  const name = fileName(first);
  if (more.length === 0) return name;
  return `${name} ${labels.moreFiles(numberText(more.length, 0, labels.numberStyle))}`;
}
