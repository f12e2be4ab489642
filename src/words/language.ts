/** The languages of lbqos: English and Indonesian. */
export const languages = ["en", "id"] as const;
export type Language = (typeof languages)[number];

/** A sentence or a label in every language. */
export type Text = Readonly<Record<Language, string>>;

const SIGNIFICANT_DIGITS = 4;

/** A number inside a sentence: at most four significant digits, no exponent, the language's decimal sign. */
export function numberText(value: number, language: Language): string {
  const rounded = Number(value.toPrecision(SIGNIFICANT_DIGITS));
  const magnitude = rounded === 0 ? 0 : Math.floor(Math.log10(Math.abs(rounded)));
  const decimals = Math.min(20, Math.max(0, SIGNIFICANT_DIGITS - 1 - magnitude));
  return withDecimalSign(trimZeros(rounded.toFixed(decimals)), language);
}

/** A probability as papers print it: `p = 0.012`, `p < 0.001`. */
export function pText(p: number, language: Language): string {
  if (p < 0.001) return withDecimalSign("p < 0.001", language);
  return withDecimalSign(`p = ${trimZeros(p.toFixed(3))}`, language);
}

/** `a`, `a and b`, `a, b and c` in both languages. */
export function listText(items: readonly string[], language: Language): string {
  const last = items[items.length - 1] ?? "";
  if (items.length < 2) return last;
  return `${items.slice(0, -1).join(", ")} ${language === "en" ? "and" : "dan"} ${last}`;
}

/** A decimal number as Indonesian writes it. */
export function withComma(text: string): string {
  return text.replace(".", ",");
}

/** One text per language, made by one function. */
export function textOf(write: (language: Language) => string): Text {
  return { en: write("en"), id: write("id") };
}

function withDecimalSign(text: string, language: Language): string {
  return language === "id" ? withComma(text) : text;
}

function trimZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
