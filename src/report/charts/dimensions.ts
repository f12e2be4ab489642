/** What charts have in common: methods and backends as dimensions, metrics as axes. */
import type { Comparison } from "../../experiment/comparison/comparison.ts";
import type { MetricFacts } from "../../experiment/experiment-metrics.ts";
import type { Language } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import type { Dimension, Quantity } from "./chart-spec.ts";

/** Some methods of all those compared, as a dimension. */
export function methodDimension(
  names: readonly string[],
  all: readonly string[],
  language: Language,
): Dimension {
  return {
    key: "method",
    title: wordsOf(language).charts.method,
    names,
    styles: names.map((name) => all.indexOf(name)),
  };
}

/** Some backends of all those compared, as a dimension. */
export function backendDimension(
  names: readonly string[],
  all: readonly string[],
  language: Language,
): Dimension {
  return {
    key: "backend",
    title: wordsOf(language).charts.backend,
    names,
    styles: names.map((name) => all.indexOf(name)),
  };
}

/** What methods are compared on, as a dimension: all backends, or selections. */
export function comparedDimension({ backends, pooling }: Comparison, language: Language): Dimension {
  const dimension = backendDimension(backends, backends, language);
  if (pooling !== "selections") return dimension;
  return { ...dimension, key: "selection", title: wordsOf(language).selections.selection };
}

/** A metric as an axis: `throughput_mbps`, `Throughput (Mbps)`. */
export function metricQuantity({ key, label, unit }: MetricFacts, language: Language): Quantity {
  return {
    key: key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    title: unit === "" ? label[language] : `${label[language]} (${unit})`,
  };
}
