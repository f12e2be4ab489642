import type { Comparison } from "../../experiment/comparison/comparison.ts";
import type { Language } from "../../words/language.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { firstByteCurves } from "./first-byte-curves.ts";
import { methodTails } from "./first-byte-tail.ts";
import { levelCharts } from "./level-charts.ts";
import { baselineBars, metricBars } from "./metric-bars.ts";
import { requestShareBars } from "./request-share-bars.ts";
import { runBoxes } from "./run-boxes.ts";
import { runOverTime } from "./run-over-time.ts";
import { truthBars } from "./truth-bars.ts";

/**
 * The charts of an experiment, in the order of the reports: without and with the balancer, the paper's metrics by
 * method and backend (together, then one by one), what papers print beside the truth of second taps, the runs as box plots, time to first byte and its tail, request share, and each
 * method's first run over time. Charts whose data the experiment does not have are left out. Where
 * factors vary, each metric over their levels in place of all these.
 * @param language of all words and numbers; the experiment's unless said otherwise
 */
export function comparisonCharts(
  comparison: Comparison,
  language: Language = comparison.language,
): ChartSpec[] {
  if (comparison.factors !== undefined) return levelCharts(comparison, language);
  return [
    ...baselineBars(comparison, language),
    ...metricBars(comparison, language),
    ...truthBars(comparison, language),
    ...runBoxes(comparison, language),
    ...firstByteCurves(comparison, language),
    ...methodTails(comparison, language),
    ...requestShareBars(comparison, language),
    ...runOverTime(comparison, language),
  ];
}
