/**
 * How series are told apart: by colour for those who see colours, and by lightness, hatching, dashes and shapes for
 * those who don't and for printers without colour. Colours: Okabe & Ito, "Color Universal Design" (2008), which stay
 * apart under all common kinds of colour blindness.
 */

export type Hatch = "none" | "rising" | "horizontal" | "falling" | "crossed" | "vertical" | "grid";
export type Marker = "circle" | "triangle" | "rect" | "rectRot" | "star" | "cross" | "crossRot";

export interface SeriesStyle {
  /** Of areas; neighbours differ in lightness. */
  readonly fill: string;
  /** Of lines and points: dark enough to be seen on white (contrast 2.9:1 and more). */
  readonly line: string;
  readonly hatch: Hatch;
  readonly marker: Marker;
  /** Lengths of strokes and gaps in points; empty: a solid line. */
  readonly dash: readonly number[];
}

/** Orange, yellow and sky blue are too light for lines, so their lines are vermillion, black and blue. */
const STYLES: readonly [SeriesStyle, ...SeriesStyle[]] = [
  { fill: "#0072B2", line: "#0072B2", hatch: "none", marker: "circle", dash: [] },
  { fill: "#E69F00", line: "#D55E00", hatch: "rising", marker: "triangle", dash: [5, 2] },
  { fill: "#F0E442", line: "#000000", hatch: "horizontal", marker: "rect", dash: [1.5, 1.5] },
  { fill: "#009E73", line: "#009E73", hatch: "falling", marker: "rectRot", dash: [6, 2, 1.5, 2] },
  { fill: "#CC79A7", line: "#CC79A7", hatch: "crossed", marker: "star", dash: [3, 1.5] },
  { fill: "#56B4E9", line: "#0072B2", hatch: "vertical", marker: "cross", dash: [8, 2] },
  { fill: "#D55E00", line: "#D55E00", hatch: "grid", marker: "crossRot", dash: [1, 2.5] },
];

/** The style of a series by its place; after the seventh, colours come again with another hatching, shape and dash. */
export function seriesStyle(index: number): SeriesStyle {
  const colours = STYLES[index % STYLES.length] ?? STYLES[0];
  const round = Math.floor(index / STYLES.length);
  const shapes = STYLES[(index + round) % STYLES.length] ?? STYLES[0];
  return { ...shapes, fill: colours.fill, line: colours.line };
}

/** How one of several series is drawn: the same in every chart of a report, printed or on a page. */
export function styleOf({ styles }: { readonly styles: readonly number[] }, index: number): SeriesStyle {
  return seriesStyle(styles[index] ?? index);
}
