/** The charts of one run, in the order of its report; those that it has no data for are left out. */
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import type { Language } from "../../words/language.ts";
import { answersOverTime } from "./answers-over-time.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { serverTails } from "./first-byte-tail.ts";
import { selectionBars } from "./selection-bars.ts";

export function runCharts(run: RunMetrics, language: Language): readonly ChartSpec[] {
  return [answersOverTime(run, language), serverTails(run, language), selectionBars(run, language)].filter(
    (chart) => chart !== null,
  );
}
