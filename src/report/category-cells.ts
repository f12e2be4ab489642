/** Values with the categories that a profile gives them. */

import type { Categories } from "../metrics/categories.ts";
import { RATED_METRICS, satisfactionOf } from "../metrics/category-profiles.ts";
import type { RequestFailures } from "../metrics/run-totals.ts";
import type { Language } from "../words/language.ts";
import { wordsOf } from "../words/words.ts";
import type { Cell, Tone } from "./document.ts";

/** The value with its category, `bagus 3`, which stays on one line. */
export function ratedCell(cell: Cell, index: number | null, language: Language): Cell {
  if (cell.kind !== "number" || index === null) return cell;
  return { ...cell, note: `${categoryName(index, language)}\u00a0${index}`, tone: indexTone(index) };
}

/**
 * The mean of the categories with its name, and of how many metrics it is where not all were rated. Where requests failed,
 * these are named instead: no network figure makes up for them.
 */
export function overallCell(
  { index, ratedMetrics }: Pick<Categories, "index" | "ratedMetrics">,
  reason: string,
  language: Language,
  failures: RequestFailures | null,
): Cell {
  if (index === null) return { kind: "notMeasured", reason };
  const words = wordsOf(language).report;
  const failed = failures?.failed ?? 0;
  const name =
    failures !== null && failed > 0
      ? words.requestsFailed(failed, failures.requests)
      : words.satisfaction[satisfactionOf(index)];
  const note =
    ratedMetrics < RATED_METRICS ? `${name}; ${words.metricsRated(ratedMetrics, RATED_METRICS)}` : name;
  return { kind: "number", value: index, note, tone: failed > 0 ? "bad" : indexTone(index) };
}

/** The name of an index: 4 `excellent` / `sangat bagus` … 0 `bad` / `buruk`. */
export function categoryName(index: number, language: Language): string {
  const name = wordsOf(language).report.categories[index];
  if (name === undefined) throw new RangeError(`no category has the index ${index}`);
  return name;
}

function indexTone(index: number): Tone {
  if (index >= 3) return "good";
  return index >= 2 ? "fair" : "bad";
}
