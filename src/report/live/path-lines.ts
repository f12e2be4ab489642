/** The path to a peer's tap in a few lines: what the live view, the page and the final report say of it. */
import type { LivePath } from "../../live/live-path.ts";
import type { LiveDirectionMetrics } from "../../path/live-path-metrics.ts";
import type { Language } from "../../words/language.ts";
import { say } from "../../words/say.ts";
import { wordsOf } from "../../words/words.ts";
import { DIGITS } from "../digits.ts";
import { numberText } from "../number-text.ts";

const PERCENT_DIGITS = 2;

/** One line per direction, then the clocks, or why there are none. */
export function pathLines({ phase, problem, figures }: LivePath, language: Language): readonly string[] {
  const { path: words } = wordsOf(language).live;
  const trouble = problem === null ? [] : [say(problem, language)];
  if (figures === null) return trouble.length > 0 || phase === "ended" ? trouble : [words.looking];
  const { clocks, forward, backward } = figures;
  const bound =
    clocks.delayBoundMs === null
      ? null
      : numberText(clocks.delayBoundMs, DIGITS.milliseconds, style(language));
  const drift = clocks.driftPpm === null ? null : numberText(clocks.driftPpm, 1, style(language));
  return [
    directionLine(words.there, forward, language),
    directionLine(words.back, backward, language),
    clocks.isKnown ? words.synchronous : words.clocks(bound, drift),
    ...trouble,
  ];
}

function directionLine(
  way: string,
  { sent, lost, lossPercent, delayMs, meanIpdvMs }: LiveDirectionMetrics,
  language: Language,
): string {
  const { path: words } = wordsOf(language).live;
  const number = (value: number, digits: number) => numberText(value, digits, style(language));
  const loss = lossPercent === null ? null : number(lossPercent, PERCENT_DIGITS);
  const counts = words.counts(way, number(sent, 0), number(lost, 0), loss);
  if (delayMs === null) return counts;
  const [mean, p95, max] = [delayMs.mean, delayMs.p95, delayMs.max].map((ms) =>
    number(ms, DIGITS.milliseconds),
  );
  const jitter = meanIpdvMs === null ? null : number(meanIpdvMs, DIGITS.milliseconds);
  return `${counts}; ${words.delays(mean ?? "", p95 ?? "", max ?? "", jitter)}`;
}

function style(language: Language) {
  return wordsOf(language).report.numberStyle;
}
