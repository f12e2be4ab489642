/** The answer before the proof: what a report on one run opens with. */
import type { DiagnosedRun } from "../../diagnosis/diagnosed-run.ts";
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import { serversAndRequests } from "../../metrics/served-requests.ts";
import type { Language } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import { type FindingText, findingText } from "../diagnosis/finding-text.ts";
import { glanceDigits } from "../digits.ts";
import type { Block } from "../document.ts";
import { numberText } from "../number-text.ts";
import { sentence } from "../sentence.ts";
import { labelPairs } from "./labelled-pair.ts";
import { serverTable } from "./server-table.ts";

/** How much of the answer there is room for. */
export interface OverviewLimits {
  readonly findings: number;
  /** Whether findings say what they are not. */
  readonly explained: boolean;
  /** Servers with a row of their own; the rest share one. */
  readonly servers: number;
}

/** One sentence that judges, the findings that hurt users most, and a row for each server; nothing without any. */
export function overviewBlocks(
  run: RunMetrics,
  findings: readonly ToldFinding[],
  limits: OverviewLimits,
  language: Language,
): readonly Block[] {
  if (run.pairs.length === 0) return [];
  const labels = wordsOf(language).report;
  const { verdict, items } = overviewTexts(run, findings, limits, language);
  return [
    { kind: "paragraph", text: verdict },
    ...(items.length === 0 ? [] : [{ kind: "list" as const, items }]),
    serverTable(serversAndRequests(run), limits.servers, labels),
  ];
}

/** What a run under way says first, too. */
export interface OverviewTexts {
  /** One sentence that judges. */
  readonly verdict: string;
  /** Findings, the worst first, and how many more there are. */
  readonly items: readonly string[];
}

export function overviewTexts(
  run: RunMetrics,
  findings: readonly ToldFinding[],
  limits: Omit<OverviewLimits, "servers">,
  language: Language,
): OverviewTexts {
  const { overview, numberStyle } = wordsOf(language).report;
  const shown = findings.slice(0, limits.findings).map(({ text }) => shortFinding(text, limits));
  const hidden = findings.length - shown.length;
  return {
    verdict: verdictText(run, findings.length, language),
    items: hidden === 0 ? shown : [...shown, overview.moreFindings(numberText(hidden, 0, numberStyle))],
  };
}

/** @param findings how many there are */
function verdictText(run: RunMetrics, findings: number, language: Language): string {
  const labels = wordsOf(language).report;
  const number = (value: number, digits = 0): string => numberText(value, digits, labels.numberStyle);
  const { requests, failed, timeToFirstByteMs } = serversAndRequests(run).served;
  const p95 = timeToFirstByteMs?.p95 ?? null;
  return labels.overview.verdict({
    findings,
    requests: number(requests),
    failed: failed === 0 ? null : number(failed),
    p95Ms: p95 === null ? null : number(p95, glanceDigits(p95)),
  });
}

/** A finding with its sentences, and Wireshark's filter for its frames. */
export interface ToldFinding {
  readonly text: FindingText;
  readonly displayFilter: string;
}

/** All findings of a run, the worst first, with the names that the report gives the pairs. */
export function runFindings({ pairs, diagnosis }: DiagnosedRun, language: Language): readonly ToldFinding[] {
  const labels = labelPairs(pairs);
  return diagnosis.findings.map((finding) => ({
    text: findingText(
      finding,
      language,
      finding.pairIndex === null ? null : (labels[finding.pairIndex]?.label ?? null),
    ),
    displayFilter: finding.displayFilter,
  }));
}

function shortFinding(
  { headline, not }: FindingText,
  { explained }: Pick<OverviewLimits, "explained">,
): string {
  return not === null || !explained ? sentence(headline) : `${sentence(headline)} ${sentence(not)}`;
}
