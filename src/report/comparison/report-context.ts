/** What every section of a comparison's report is made from. */
import type { Comparison } from "../../experiment/comparison/comparison.ts";
import type { MetricFacts } from "../../experiment/experiment-metrics.ts";
import type { Language } from "../../words/language.ts";
import type { Words } from "../../words/words.ts";
import type { Figure } from "../document.ts";

export interface ReportContext {
  readonly comparison: Comparison;
  readonly labels: Words["comparison"];
  readonly language: Language;
  /** The figure of that name, or those that begin with it where it ends in `-`; empty where there is none. */
  readonly figures: (id: string) => readonly Figure[];
}

/** The metrics that the paper prints, of those that were measured. */
export function paperMetrics({ metrics }: Comparison): readonly MetricFacts[] {
  return metrics.filter((metric) => metric.isPaperMetric);
}
