import type { Comparison } from "../../experiment/comparison/comparison.ts";
import { printedWarning } from "../../failure.ts";
import { type Text, textOf } from "../../words/language.ts";
import { type Message, say } from "../../words/message.ts";
import { escapeJson } from "../escape-json.ts";

/**
 * A comparison as JSON, as it is, but for the curves: those are long, and beside each chart as CSV. Indented by two
 * spaces, with a newline at its end; what was not measured is `null` or absent.
 */
export function renderComparisonJson({ curves: _long, ...comparison }: Comparison): string {
  const warnings = comparison.warnings.map((warning) => ({
    ...printedWarning(warning),
    texts: { message: inEveryLanguage(warning.words.message), advice: inEveryLanguage(warning.words.advice) },
  }));
  return `${escapeJson(JSON.stringify({ ...comparison, warnings }, null, 2))}\n`;
}

function inEveryLanguage(message: Message): Text {
  return textOf((language) => say(message, language));
}
