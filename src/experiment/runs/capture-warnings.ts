/** Warnings about the captures of an experiment as a whole: the same one twice, overlapping ones, and their own. */
import { type Warning, warningOf } from "../../failure.ts";
import { message } from "../../words/message.ts";
import type { AnalyzedRun, Experiment } from "../experiment.ts";

/** Doubts that arise when captures are laid side by side, then those that the analyses of the captures had. */
export function captureWarnings({ runs }: Experiment): Warning[] {
  return [...sameContent(runs).map(copyWarning), ...overlaps(runs), ...ownWarnings(runs)];
}

function nameOf(run: AnalyzedRun): string {
  return `${run.method} run ${run.run} (${run.files.join(", ")})`;
}

/** Every run whose capture is a copy of an earlier run's, behind that earlier run, of the same method if there is one. */
export function sameContent(runs: readonly AnalyzedRun[]): (readonly [AnalyzedRun, AnalyzedRun])[] {
  const seen = new Map<string, AnalyzedRun[]>();
  return runs.flatMap((run) => {
    if (run.contentHash === null) return [];
    const earlier = seen.get(run.contentHash) ?? [];
    seen.set(run.contentHash, [...earlier, run]);
    const others = earlier.filter(
      (one) => one.method !== run.method || destinations(one) === destinations(run),
    );
    const first = others.find((one) => one.method === run.method) ?? others[0];
    return first === undefined ? [] : [[first, run] as const];
  });
}

/** The runs without copies within a method: a copy is no observation of its own, and the first one counts. */
export function countedOnce(runs: readonly AnalyzedRun[]): AnalyzedRun[] {
  const copies = new Set(
    sameContent(runs).flatMap(([first, second]) => (first.method === second.method ? [second] : [])),
  );
  return runs.filter((run) => !copies.has(run));
}

/** One direct capture may stand for several backends, with a run of each. */
function destinations({ metrics }: AnalyzedRun): string {
  return JSON.stringify(metrics.pairs.map((pair) => [pair.destination, pair.destinationPort]));
}

function copyWarning([first, second]: readonly [AnalyzedRun, AnalyzedRun]): Warning {
  const same =
    first.method === second.method
      ? message("sameCaptureCountsOnce", nameOf(first), nameOf(second), first.run)
      : message("sameCaptureTwice", nameOf(first), nameOf(second));
  return warningOf("same-capture-twice", same, message("sameCaptureAdvice"));
}

interface Span {
  readonly run: AnalyzedRun;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
}

/** Captures of one content overlap by necessity and are named already. */
function overlaps(runs: readonly AnalyzedRun[]): Warning[] {
  const spans = runs.flatMap((run): Span[] => {
    const { start, durationSeconds } = run.metrics.capture;
    if (start === null || durationSeconds === null) return [];
    const from = Date.parse(start);
    return [{ run, start: from, end: from + durationSeconds * 1000 }];
  });
  spans.sort((a, b) => a.start - b.start);
  let longest: Span | null = null;
  const warnings: Warning[] = [];
  for (const span of spans) {
    if (longest !== null && span.start < longest.end && !isCopy(span.run, longest.run)) {
      warnings.push(overlapWarning(longest, span));
    }
    if (longest === null || span.end > longest.end) longest = span;
  }
  return warnings;
}

function isCopy(a: AnalyzedRun, b: AnalyzedRun): boolean {
  return a.contentHash !== null && a.contentHash === b.contentHash;
}

function overlapWarning(first: Span, second: Span): Warning {
  const seconds = Math.max(0.001, (Math.min(first.end, second.end) - second.start) / 1000);
  return warningOf(
    "captures-overlap",
    message("capturesOverlap", nameOf(first.run), nameOf(second.run), seconds),
    message("capturesOverlapAdvice"),
  );
}

/** Warnings of one capture that are given for the whole method, or the comparison. */
const TOLD_OF_ALL: ReadonlySet<string> = new Set(["pair-without-traffic", "bandwidth-not-given"]);

/** The analyses' own warnings, one per kind, with how many runs have it. */
function ownWarnings(runs: readonly AnalyzedRun[]): Warning[] {
  const byCode = new Map<string, { run: AnalyzedRun; warning: Warning; count: number }>();
  for (const run of runs) {
    for (const code of new Set(run.metrics.warnings.map((warning) => warning.code))) {
      if (TOLD_OF_ALL.has(code)) continue;
      const warning = run.metrics.warnings.find((one) => one.code === code);
      const known = byCode.get(code);
      if (known !== undefined) known.count++;
      else if (warning !== undefined) byCode.set(code, { run, warning, count: 1 });
    }
  }
  return [...byCode].map(([code, { run, warning, count }]) => {
    const inRun = message("doubtOfRun", nameOf(run), warning.words.message, count - 1);
    return warningOf(code, inRun, warning.words.advice, warning.source);
  });
}
