import type { NumberStyle } from "../../words/number-style.ts";
import { numberText } from "../number-text.ts";

const SIGNIFICANT_DIGITS = 5;
const MAX_DECIMALS = 9;

/** A number for the mouse: five significant digits, no exponent. */
export function tipNumber(value: number, style: NumberStyle): string {
  if (value === 0) return numberText(0, 0, style);
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  const digits = Math.min(MAX_DECIMALS, Math.max(0, SIGNIFICANT_DIGITS - 1 - magnitude));
  const fixed = Number(value.toFixed(digits));
  const needed = (String(fixed).split(".")[1] ?? "").length;
  return numberText(fixed, Math.min(digits, needed), style);
}
