/** How many columns of a terminal a text takes (Unicode Standard Annex 11: wide characters take two). */
import stringWidth from "string-width";

export function displayWidth(text: string): number {
  return stringWidth(text);
}

/** The width of the widest; 0 for none. There may be hundreds of thousands, more than a call takes arguments. */
export function widestOf(texts: Iterable<string>): number {
  let widest = 0;
  for (const text of texts) widest = Math.max(widest, displayWidth(text));
  return widest;
}

const GRAPHEMES = new Intl.Segmenter();

/** The text's characters as a reader sees them: what must not be cut apart. */
export function charactersOf(text: string): string[] {
  return Array.from(GRAPHEMES.segment(text), ({ segment }) => segment);
}
