/** The answer before the proof: what a report on one run opens with. */
import { diagnose } from "../../diagnosis/diagnose.ts";
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
  const words = labels.overview;
  const number = (value: number, digits = 0): string => numberText(value, digits, labels.numberStyle);
  const all = serversAndRequests(run);
  const { requests, failed, timeToFirstByteMs } = all.served;
  const p95 = timeToFirstByteMs?.p95 ?? null;
  const verdict = words.verdict({
    findings: findings.length,
    requests: number(requests),
    failed: failed === 0 ? null : number(failed),
    p95Ms: p95 === null ? null : number(p95, glanceDigits(p95)),
  });
  const shown = findings.slice(0, limits.findings).map(({ text }) => shortFinding(text, limits));
  const hidden = findings.length - shown.length;
  const items = hidden === 0 ? shown : [...shown, words.moreFindings(number(hidden))];
  return [
    { kind: "paragraph", text: verdict },
    ...(items.length === 0 ? [] : [{ kind: "list" as const, items }]),
    serverTable(all, limits.servers, labels),
  ];
}

/** A finding with its sentences, and Wireshark's filter for its frames. */
export interface ToldFinding {
  readonly text: FindingText;
  readonly displayFilter: string;
}

/** All findings of a run, the worst first, with the names that the report gives the pairs. */
export function runFindings(run: RunMetrics, language: Language): readonly ToldFinding[] {
  const labels = labelPairs(run.pairs);
  return diagnose(run).findings.map((finding) => ({
    text: findingText(
      finding,
      language,
      finding.pairIndex === null ? null : (labels[finding.pairIndex]?.label ?? null),
    ),
    displayFilter: finding.displayFilter,
  }));
}

function shortFinding({ headline, not }: FindingText, { explained }: OverviewLimits): string {
  return not === null || !explained ? sentence(headline) : `${sentence(headline)} ${sentence(not)}`;
}
