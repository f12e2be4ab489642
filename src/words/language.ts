/** What depends on the language and is no text: numbers, lists, texts in all languages at once. */
import { grammarOf, type Language, languages } from "./words.ts";

export { type Language, languages };

/** A sentence or a label in every language. */
export type Text = Readonly<Record<Language, string>>;

const SIGNIFICANT_DIGITS = 4;

/** A number inside a sentence: at most four significant digits, no exponent, the language's decimal sign. */
export function numberText(value: number, language: Language): string {
  const rounded = Number(value.toPrecision(SIGNIFICANT_DIGITS));
  const magnitude = rounded === 0 ? 0 : Math.floor(Math.log10(Math.abs(rounded)));
  const decimals = Math.min(20, Math.max(0, SIGNIFICANT_DIGITS - 1 - magnitude));
  return withDecimalMark(trimZeros(rounded.toFixed(decimals)), language);
}

/** Most decimals of a column: of numbers so small, a table shows less than a sentence. */
const MAX_DECIMALS = 6;

/** Decimals of a table's column that shows each of these numbers as `numberText` does, or more exactly: 0 to 6. */
export function decimalsSaid(values: readonly number[]): number {
  const decimals = values.map((value) => numberText(value, "en").split(".")[1]?.length ?? 0);
  return Math.min(MAX_DECIMALS, Math.max(0, ...decimals));
}

/** A probability as papers print it: `p = 0.012`, `p < 0.001`. */
export function pText(p: number, language: Language): string {
  if (p < 0.001) return withDecimalMark("p < 0.001", language);
  return withDecimalMark(`p = ${trimZeros(p.toFixed(pDigits(p)))}`, language);
}

const P_DIGITS = 3;
const MAX_P_DIGITS = 9;
/** At which side of it a p lies decides; it must show. */
const P_LINE = 0.05;

/** Decimals of a p: three, and more beside 0.05, where it would be rounded onto the line. */
export function pDigits(p: number): number {
  let digits = P_DIGITS;
  while (p !== P_LINE && Number(p.toFixed(digits)) === P_LINE && digits < MAX_P_DIGITS) digits++;
  return digits;
}

/** `a`, `a and b`, `a, b and c` in the language. */
export function listText(items: readonly string[], language: Language): string {
  return grammarOf(language).list(items);
}

/** One text per language, made by one function. */
export function textOf(write: (language: Language) => string): Text {
  const texts = languages.map((language) => [language, write(language)]);
  return Object.fromEntries(texts) as Record<Language, string>;
}

/** A number, written with a point, as the language writes it. */
export function withDecimalMark(text: string, language: Language): string {
  return text.replace(".", grammarOf(language).numberStyle.decimalMark);
}

function trimZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
