/** Values with the categories that a profile gives them. */
import { categoryLabel, totalIndexLabel } from "../metrics/category-profiles.ts";
import type { Language } from "../words/language.ts";
import type { Cell, Tone } from "./document.ts";

/** The value with its category, `bagus 3`, which stays on one line. */
export function ratedCell(cell: Cell, index: number | null, language: Language): Cell {
  if (cell.kind !== "number" || index === null) return cell;
  return { ...cell, note: `${categoryLabel(index)[language]}\u00a0${index}`, tone: indexTone(index) };
}

/** The mean of the categories with its name. */
export function overallCell(index: number | null, reason: string, language: Language): Cell {
  if (index === null) return { kind: "notMeasured", reason };
  return { kind: "number", value: index, note: totalIndexLabel(index)[language], tone: indexTone(index) };
}

function indexTone(index: number): Tone {
  if (index >= 3) return "good";
  return index >= 2 ? "fair" : "bad";
}
