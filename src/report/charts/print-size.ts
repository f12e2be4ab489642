/** Sizes on paper. Charts are laid out on a grid of 300 dots per inch, whatever they are rendered as. */
import { Failure } from "../../failure.ts";
import { message } from "../../words/message.ts";

const CM_PER_INCH = 2.54;
const POINTS_PER_INCH = 72;

/** The layout grid, and the usual resolution of printed figures. */
export const LAYOUT_DPI = 300;

/**
 * Widths by name, in cm.
 * - `ieee-column`, `ieee-page`: one column is 3.5 in (88.9 mm), two are 7.16 in (181.9 mm); IEEE Author Center, "Size
 *   requirements for graphics"
 * - `a4`: the text of an A4 page (21 cm) between margins of 2.54 cm, a word processor's default
 * - `thesis`: the text of an A4 page between margins of 4 cm (left) and 3 cm, as Indonesian universities want theses
 */
export const printWidthsCm: Readonly<Record<string, number>> = {
  "ieee-column": 3.5 * CM_PER_INCH,
  "ieee-page": 7.16 * CM_PER_INCH,
  a4: 21 - 2 * CM_PER_INCH,
  thesis: 21 - 4 - 3,
};

/** Narrower, no label fits; wider, no page holds it. */
const NARROWEST_CM = 6;
const WIDEST_CM = 60;

/**
 * Reads a width: a name of `printWidthsCm`, or a number of centimetres (`8.5`, `8,5`, `8.5cm`).
 * @throws Failure (status 2) for anything else
 */
export function parsePrintWidth(text: string): number {
  const named = Object.entries(printWidthsCm).find(([name]) => name === text.trim().toLowerCase());
  if (named !== undefined) return named[1];
  const digits = /^(\d+(?:[.,]\d+)?)\s*(?:cm)?$/i.exec(text.trim())?.[1];
  const centimetres = Number(digits?.replace(",", "."));
  if (centimetres >= NARROWEST_CM && centimetres <= WIDEST_CM) return centimetres;
  throw new Failure(
    message("notChartWidth", text, NARROWEST_CM, WIDEST_CM, Object.keys(printWidthsCm).join(", ")),
    2,
  );
}

/** Centimetres to whole dots of a resolution. */
export function dotsOf(centimetres: number, dpi: number): number {
  return Math.round((centimetres / CM_PER_INCH) * dpi);
}

/** Points (1/72 inch), the unit of fonts and lines, to dots of the layout grid. */
export function points(value: number): number {
  return (value * LAYOUT_DPI) / POINTS_PER_INCH;
}
