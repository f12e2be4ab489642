/** Values with the categories that a profile gives them. */
import { satisfactionOf } from "../metrics/category-profiles.ts";
import type { Language } from "../words/language.ts";
import { wordsOf } from "../words/words.ts";
import type { Cell, Tone } from "./document.ts";

/** The value with its category, `bagus 3`, which stays on one line. */
export function ratedCell(cell: Cell, index: number | null, language: Language): Cell {
  if (cell.kind !== "number" || index === null) return cell;
  return { ...cell, note: `${categoryName(index, language)}\u00a0${index}`, tone: indexTone(index) };
}

/** The mean of the categories with its name. */
export function overallCell(index: number | null, reason: string, language: Language): Cell {
  if (index === null) return { kind: "notMeasured", reason };
  const note = wordsOf(language).report.satisfaction[satisfactionOf(index)];
  return { kind: "number", value: index, note, tone: indexTone(index) };
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
