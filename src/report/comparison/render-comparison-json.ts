import type { Comparison } from "../../experiment/comparison/comparison.ts";
import { escapeJson } from "../escape-json.ts";

/**
 * A comparison as JSON, as it is, but for the curves: those are long, and beside each chart as CSV. Indented by two
 * spaces, with a newline at its end; what was not measured is `null` or absent.
 */
export function renderComparisonJson({ curves: _long, ...comparison }: Comparison): string {
  return `${escapeJson(JSON.stringify(comparison, null, 2))}\n`;
}
