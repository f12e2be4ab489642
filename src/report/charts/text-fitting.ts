/** Breaks labels into lines that fit. Widths are estimated, so that a layout does not depend on the machine's fonts. */

/** Mean width of a character of DejaVu Sans in parts of its size. */
const CHARACTER_WIDTH = { regular: 0.57, bold: 0.66, digits: 0.64 } as const;
type Kind = keyof typeof CHARACTER_WIDTH;

/** Words end before a space, which opens the next one, and after a joint. */
const BREAK = /(?=\s)|(?<=[-_/])/u;
/** A line holds at least so many characters, however narrow its place. */
const MIN_CHARACTERS = 4;

/** Width of a text, in the unit of `size`. */
export function textWidth(text: string, size: number, kind: Kind = "regular"): number {
  return text.length * size * CHARACTER_WIDTH[kind];
}

/**
 * Lines of about one length, no wider than `width`, in the unit of `size`; a word that is wider by itself is cut with
 * `…`.
 * @param size of the font
 */
export function fitText(text: string, width: number, size: number, kind: Kind = "regular"): string[] {
  let most = Math.max(MIN_CHARACTERS, Math.floor(width / (size * CHARACTER_WIDTH[kind])));
  let lines = breakLines(text, most);
  const count = lines.length;
  const longestWord = Math.max(...words(text).map((word) => word.trim().length));
  // As narrow as it gets in as many lines, so that no word is left alone on the last one.
  while (count > 1 && most > longestWord) {
    const narrower = breakLines(text, --most);
    if (narrower.length > count) break;
    lines = narrower;
  }
  return lines;
}

/** One line no wider than `width`; what is too long loses its middle, since names often differ at their ends. */
export function shortenText(text: string, width: number, size: number): string {
  const most = Math.max(MIN_CHARACTERS, Math.floor(width / (size * CHARACTER_WIDTH.regular)));
  if (text.length <= most) return text;
  const end = Math.floor((most - 1) / 2);
  return `${text.slice(0, most - 1 - end)}…${text.slice(text.length - end)}`;
}

/** Width of the longest word. */
export function widestWord(text: string, size: number): number {
  return Math.max(...words(text).map((word) => textWidth(word.trim(), size)));
}

function words(text: string): string[] {
  return text.trim().split(BREAK);
}

function breakLines(text: string, most: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const part of words(text)) {
    if ((line + part).length <= most) line += part;
    else {
      if (line !== "") lines.push(line);
      const word = part.trim();
      line = word.length <= most ? word : `${word.slice(0, most - 1)}…`;
    }
  }
  return [...lines, line];
}
