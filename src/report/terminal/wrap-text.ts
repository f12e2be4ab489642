/** Breaking text into lines of a terminal. */
import { characterWidth, displayWidth, widestOf } from "../display-width.ts";

/** Lines of at most `width` columns, broken at spaces; a longer word is cut. At least one line. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((one) => cutWord(one, width))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && displayWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

/** Width of the longest word: the narrowest that the texts can be without cutting. */
export function narrowestWidth(texts: readonly string[]): number {
  return widestOf(texts.flatMap((text) => text.split(" ")));
}

function cutWord(word: string, width: number): readonly string[] {
  if (displayWidth(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = "";
  let pieceWidth = 0;
  for (const character of word) {
    const wide = characterWidth(character);
    if (pieceWidth + wide > width && piece !== "") {
      pieces.push(piece);
      piece = "";
      pieceWidth = 0;
    }
    piece += character;
    pieceWidth += wide;
  }
  return [...pieces, piece];
}
