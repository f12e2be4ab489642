/**
 * How many columns of a terminal a text takes (Unicode Standard Annex 11: wide characters take two). Character by character:
 * string-width, which knows sequences of emoji too, adds a tenth of a second to the start of every command.
 */
import { eastAsianWidth } from "get-east-asian-width";

const ZERO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the printable half of ASCII, to be quick
const ASCII = /^[\u0000-\u007f]*$/;

export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** The width of the widest; 0 for none. There may be hundreds of thousands, more than a call takes arguments. */
export function widestOf(texts: Iterable<string>): number {
  let widest = 0;
  for (const text of texts) widest = Math.max(widest, displayWidth(text));
  return widest;
}

/** @param character a code point */
export function characterWidth(character: string): 0 | 1 | 2 {
  if (ZERO_WIDTH.test(character)) return 0;
  return eastAsianWidth(character.codePointAt(0) ?? 0);
}
