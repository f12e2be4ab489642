/** What every section of a comparison's report is made from. */
import type { Comparison } from "../../experiment/comparison/comparison.ts";
import type { MetricFacts } from "../../experiment/experiment-metrics.ts";
import type { Language } from "../../words/language.ts";
import { type Words, wordsOf } from "../../words/words.ts";
import type { Figure } from "../document.ts";

export interface ReportContext {
  readonly comparison: Comparison;
  readonly labels: Words["comparison"];
  readonly language: Language;
  /** The figure of that name, or those that begin with it where it ends in `-` or `*`; empty where there is none. */
  readonly figures: (id: string) => readonly Figure[];
}

/** The metrics that the paper prints, of those that were measured. */
export function paperMetrics({ metrics }: Comparison): readonly MetricFacts[] {
  return metrics.filter((metric) => metric.isPaperMetric);
}

/** The texts of a comparison: where selections are compared, they are called so in place of backends. */
export function comparisonLabels({ pooling }: Comparison, language: Language): Words["comparison"] {
  const { comparison: labels, selections } = wordsOf(language);
  if (pooling !== "selections") return labels;
  const { compared } = selections;
  return {
    ...labels,
    summary: compared.summary,
    tables: {
      ...labels.tables,
      group: { ...labels.tables.group, ...compared.groups },
      byBackend: compared.bySelection,
      exploratory: compared.exploratory,
    },
    columns: { ...labels.columns, backend: selections.selection },
    allBackends: compared.all,
    sentences: {
      ...labels.sentences,
      pace: compared.pace,
      network: compared.network,
      tests: compared.tests,
    },
    idle: compared.idle,
    definitions: { ...labels.definitions, ...compared.definitions },
  };
}

/** What one figure is the mean of, or the sum, where there are several backends or selections. */
export function overBackends({ comparison, labels, language }: ReportContext): string {
  const { pooling } = comparison;
  if (pooling === "selections") return wordsOf(language).selections.compared.overSelections;
  return labels.sentences.overBackends[pooling];
}
