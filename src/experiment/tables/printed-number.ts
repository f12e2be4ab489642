/** Numbers as tables print them: which digits are there, and what they leave open. */

import { type Language, withDecimalMark } from "../../words/language.ts";

const NOT_MEASURED = /^(?:|-|–|—|n\/?a|nan|null|none|\?)$/i;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** Whether a cell says that nothing was measured. */
export function isNotMeasured(text: string): boolean {
  return NOT_MEASURED.test(text);
}

/** No measurement is as large, in any unit of a table; sums and squares of what is smaller are finite. */
const LARGEST = 1e15;

/**
 * The number in a cell, `null` if it is not one, or larger than any measurement. A percent sign after it is ignored.
 * @param decimalComma whether a comma may be the decimal sign
 */
export function parsePrinted(text: string, decimalComma: boolean): number | null {
  const plain = plainNumber(text, decimalComma);
  return NUMBER.test(plain) && Math.abs(Number(plain)) <= LARGEST ? Number(plain) : null;
}

/** The spelling with a point, without percent sign. */
export function plainNumber(text: string, decimalComma: boolean): string {
  const bare = text.replace(/\s*%$/, "");
  return decimalComma && !bare.includes(".") ? bare.replace(",", ".") : bare;
}

/** Value of one unit in the last printed digit: 0.001 for `1.064`, 1e-6 for `6.3e-05`, 1 for `42`. */
export function lastDigit(plain: string): number {
  const [mantissa = "", exponent = "0"] = plain.toLowerCase().split("e");
  const decimals = (mantissa.split(".")[1] ?? "").length;
  return 10 ** (Number(exponent) - decimals);
}

/** The printed digits without exponent, with the language's decimal sign: `6.3e-05` → `0.000063`. */
export function printedText(plain: string, language: Language): string {
  const decimals = Math.min(100, Math.max(0, Math.round(-Math.log10(lastDigit(plain)))));
  const text = Number(plain).toFixed(decimals);
  return withDecimalMark(text, language);
}

/** Digits from the first that is not 0: 6 for `0.927637`, 7 for `11.36755`. */
function significantDigits(plain: string): number {
  return (plain.toLowerCase().split("e")[0] ?? "").replace(/[^\d]/g, "").replace(/^0+/, "").length;
}

/**
 * How coarsely each number of a column was rounded. Spreadsheets drop zeros at the end, so `1.064` among numbers of six
 * decimals is 1.064000: the column's usual decimals and most significant digits say what was kept. Whole numbers
 * throughout are counts, and exact.
 */
export function columnResolutions(column: readonly string[]): number[] {
  if (column.every((text) => Number.isInteger(Number(text)))) return column.map(() => 0);
  const usual = commonest(column.map(lastDigit));
  const most = Math.max(...column.map(significantDigits));
  return column.map((text) => {
    const size = Math.abs(Number(text));
    const bySignificance = size === 0 ? 0 : 10 ** (Math.floor(Math.log10(size)) + 1 - most);
    return Math.max(Math.min(usual, lastDigit(text)), bySignificance);
  });
}

/** The commonest of numbers, the smallest of several such. */
function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || a - b)[0]?.[0] ?? 1;
}

const STUDY_DECIMALS = 6;
const STUDY_SIGNIFICANT_DIGITS = 7;

/** A number as the study's tables print it: six decimals, seven significant digits, no zeros at the end. */
export function studyNumber(value: number): string {
  const rounded = Number(Number(value.toPrecision(STUDY_SIGNIFICANT_DIGITS)).toFixed(STUDY_DECIMALS));
  return rounded.toFixed(STUDY_DECIMALS).replace(/\.?0+$/, "");
}
