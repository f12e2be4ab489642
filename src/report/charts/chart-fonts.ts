/** Fonts and strokes, in dots of the layout grid. */
import { points } from "./print-size.ts";

/** Smallest text of a chart, in points at print size. */
export const SMALLEST_FONT_POINTS = 7;

const FAMILY = "DejaVu Sans, sans-serif";
export const TEXT_SIZE = points(SMALLEST_FONT_POINTS);
export const TITLE_SIZE = points(8.5);
export const TEXT_FONT = { family: FAMILY, size: TEXT_SIZE, weight: "normal", lineHeight: 1.15 } as const;
export const TITLE_FONT = { ...TEXT_FONT, size: TITLE_SIZE, weight: "bold" } as const;

export const THIN_LINE = points(0.5);
