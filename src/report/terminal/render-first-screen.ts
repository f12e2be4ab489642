/** The answer to what a run shows, on one screen of a terminal. */
import { withDiagnosis } from "../../diagnosis/diagnosed-run.ts";
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import type { Language } from "../../words/language.ts";
import { buildOverview } from "../build-document.ts";
import type { Section } from "../document.ts";
import { type OverviewLimits, runFindings } from "../run/overview.ts";
import { renderTerminal, type TerminalOptions } from "./render-terminal.ts";

/** Lines of the smallest terminal in use. */
const SCREEN_LINES = 24;

/** What a screen has room for, from much to little. */
const SCREENS: readonly OverviewLimits[] = [
  { findings: 3, explained: true, servers: 6 },
  { findings: 3, explained: false, servers: 6 },
  { findings: 3, explained: false, servers: 4 },
  { findings: 2, explained: false, servers: 3 },
];
const SMALLEST: OverviewLimits = { findings: 1, explained: false, servers: 2 };

/**
 * As much of the answer as fits on a screen of 80 × 24, the worst and the busiest first; a narrower terminal takes more lines.
 * @param added what follows below the screen; absent: nothing
 */
export function renderFirstScreen(
  metrics: RunMetrics,
  language: Language,
  terminal: TerminalOptions,
  added: readonly Section[] = [],
): string {
  const run = withDiagnosis(metrics);
  const findings = runFindings(run, language);
  const screenOf = (limits: OverviewLimits) => buildOverview(run, findings, limits, language);
  const fits = SCREENS.find((limits) => linesOf(renderTerminal(screenOf(limits), terminal)) <= SCREEN_LINES);
  const screen = screenOf(fits ?? SMALLEST);
  return renderTerminal({ ...screen, sections: added }, terminal);
}

function linesOf(text: string): number {
  return text.split("\n").length - 1;
}
