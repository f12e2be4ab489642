import type { Comparison, ComparisonFigures } from "../../experiment/comparison/comparison.ts";
import type { MetricTraits } from "../../experiment/experiment-metrics.ts";
import { type PrintedWarning, printedWarning } from "../../failure.ts";
import { type Text, textOf } from "../../words/language.ts";
import type { Message } from "../../words/message.ts";
import { say } from "../../words/say.ts";
import { escapeJson } from "../escape-json.ts";

/** A warning of a comparison, with its sentences in every language. */
export interface PrintedExperimentWarning extends PrintedWarning {
  readonly texts: { readonly message: Text; readonly advice: Text };
}

/** The document that `lbqos compare` prints with `--format json` and writes to `comparison.json`. */
export interface PrintedComparison extends ComparisonFigures {
  readonly metrics: readonly MetricTraits[];
  readonly warnings: readonly PrintedExperimentWarning[];
}

/**
 * A comparison as JSON, as it is, but for the curves: those are long, and beside each chart as CSV. Indented by two
 * spaces, with a newline at its end; what was not measured is `null` or absent.
 */
export function renderComparisonJson({ curves: _long, ...comparison }: Comparison): string {
  const warnings = comparison.warnings.map((warning) => ({
    ...printedWarning(warning),
    texts: { message: inEveryLanguage(warning.words.message), advice: inEveryLanguage(warning.words.advice) },
  }));
  const printed: PrintedComparison = { ...comparison, warnings };
  return `${escapeJson(JSON.stringify(printed, null, 2))}\n`;
}

function inEveryLanguage(message: Message): Text {
  return textOf((language) => say(message, language));
}
