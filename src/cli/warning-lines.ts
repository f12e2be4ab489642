/** A run's warnings for standard error, where its output has no place for them. */
import type { RunMetrics } from "../metrics/run-metrics.ts";
import { printableText } from "../report/printable-text.ts";
import { sentence } from "../report/sentence.ts";

export function warningLines({ warnings }: Pick<RunMetrics, "warnings">): string {
  return warnings
    .map(
      ({ message, advice }) =>
        `lbqos: warning: ${printableText(`${sentence(message)} ${sentence(advice)}`)}\n`,
    )
    .join("");
}
