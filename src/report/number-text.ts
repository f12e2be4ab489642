/** Numbers as people read them: fixed decimals, the language's marks. */
import type { NumberStyle } from "../words/number-style.ts";

/** Integer parts of this many digits and more are grouped. */
const GROUP_FROM_DIGITS = 5;

/**
 * A finite number with `digits` decimals. A value that would look like zero and isn't becomes `<0.001`
 * (`>-0.001` below zero), because zero has a category of its own.
 */
export function numberText(value: number, digits: number, style: NumberStyle): string {
  const smallest = 10 ** -digits;
  const fixed = value.toFixed(digits);
  if (value !== 0 && Number(fixed) === 0) {
    const bound = smallest.toFixed(digits).replace(".", style.decimalMark);
    return value > 0 ? `<${bound}` : `>-${bound}`;
  }
  const [whole = "", fraction] = fixed.split(".");
  const grouped = groupDigits(whole, style.groupMark);
  return fraction === undefined ? grouped : `${grouped}${style.decimalMark}${fraction}`;
}

function groupDigits(whole: string, mark: string): string {
  const sign = whole.startsWith("-") ? "-" : "";
  const digits = whole.slice(sign.length);
  if (digits.length < GROUP_FROM_DIGITS) return whole;
  return sign + digits.replace(/\B(?=(\d{3})+$)/g, mark);
}
