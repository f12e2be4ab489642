/** How a report looks in Word: the built-in styles, so that a thesis' own template takes over when it is pasted. */
import type { IStylesOptions } from "docx";
import type { Language } from "../../words/language.ts";

/** docx counts fonts in half points, and space in twentieths of a point. */
const halfPoints = (points: number): number => 2 * points;
const twentieths = (points: number): number => 20 * points;

const LOCALES: Readonly<Record<Language, string>> = { en: "en-GB", id: "id-ID" };

/** Theses are set in it; where it is not installed, a font of the same widths takes its place. */
const FONT = "Times New Roman";

/** Style of notes below a table, and of what was measured how. */
export const NOTE_STYLE = "Note";

export function wordStyles(language: Language): IStylesOptions {
  return {
    default: {
      document: {
        run: { font: FONT, size: halfPoints(11), language: { value: LOCALES[language] } },
        paragraph: { spacing: { after: twentieths(6) } },
      },
      title: {
        run: { font: FONT, size: halfPoints(18), bold: true },
        paragraph: { spacing: { after: twentieths(6) } },
      },
      heading1: {
        run: { font: FONT, size: halfPoints(14), bold: true },
        paragraph: { spacing: { before: twentieths(18), after: twentieths(6) }, keepNext: true },
      },
      heading2: {
        run: { font: FONT, size: halfPoints(12), bold: true },
        paragraph: { spacing: { before: twentieths(12), after: twentieths(6) }, keepNext: true },
      },
    },
    paragraphStyles: [
      {
        id: "Caption",
        name: "caption",
        basedOn: "Normal",
        run: { size: halfPoints(10) },
        paragraph: { spacing: { before: twentieths(6), after: twentieths(4) } },
      },
      {
        id: NOTE_STYLE,
        name: "Note",
        basedOn: "Normal",
        run: { size: halfPoints(9) },
        paragraph: { spacing: { before: twentieths(2), after: twentieths(6) } },
      },
    ],
  };
}
