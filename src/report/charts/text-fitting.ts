/** Breaks labels into lines that fit. Widths are estimated, so that a layout does not depend on the machine's fonts. */

/** Mean width of a character of DejaVu Sans in parts of its size; bold letters are wider. */
const CHARACTER_WIDTH = { regular: 0.57, bold: 0.66 } as const;

/** Words end before a space, which opens the next one, and after a joint. */
const BREAK = /(?=\s)|(?<=[-_/])/u;

/** Width of a text, in the unit of `size`. */
export function textWidth(
  text: string,
  size: number,
  weight: keyof typeof CHARACTER_WIDTH = "regular",
): number {
  return text.length * size * CHARACTER_WIDTH[weight];
}

/**
 * Lines no wider than `width`, in the unit of `size`; a word that is wider by itself is cut with `…`.
 * @param size of the font
 */
export function fitText(
  text: string,
  width: number,
  size: number,
  weight: keyof typeof CHARACTER_WIDTH = "regular",
): string[] {
  const most = Math.max(4, Math.floor(width / (size * CHARACTER_WIDTH[weight])));
  const lines: string[] = [];
  let line = "";
  for (const part of text.trim().split(BREAK)) {
    if ((line + part).length <= most) line += part;
    else {
      if (line !== "") lines.push(line);
      const word = part.trim();
      line = word.length <= most ? word : `${word.slice(0, most - 1)}…`;
    }
  }
  return [...lines, line];
}
