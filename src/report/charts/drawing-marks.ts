/** The strokes that Chart.js has no words for: hatched areas and the swatches of a legend. */
import { points } from "./print-size.ts";
import type { Hatch, Marker, SeriesStyle } from "./series-style.ts";

/** What is used of a canvas's 2d context. */
export interface Pen {
  fillStyle: string;
  strokeStyle: string;
  lineWidth: number;
  save(): void;
  restore(): void;
  beginPath(): void;
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  rect(x: number, y: number, width: number, height: number): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  clip(): void;
  fill(): void;
  stroke(): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  setLineDash(lengths: readonly number[]): void;
}

/** A rectangle in dots. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export const INK = "#000000";
const HATCH_WIDTH = points(0.5);
const HATCH_STEP = points(3);
const FULL_TURN = 2 * Math.PI;

/** Fills a rectangle with a series' colour and hatching; the lines of all rectangles lie on one grid. */
export function fillHatched(pen: Pen, area: Area, style: SeriesStyle): void {
  const { left, top, width, height } = area;
  if (width <= 0 || height <= 0) return;
  pen.save();
  pen.beginPath();
  pen.rect(left, top, width, height);
  pen.clip();
  pen.fillStyle = style.fill;
  pen.fillRect(left, top, width, height);
  pen.strokeStyle = INK;
  pen.lineWidth = HATCH_WIDTH;
  pen.setLineDash([]);
  pen.beginPath();
  for (const direction of DIRECTIONS[style.hatch]) strokeLines(pen, area, direction);
  pen.stroke();
  pen.restore();
}

/** Lines x·dx + y·dy = a multiple of the step. */
type HatchDirection = "rising" | "falling" | "horizontal" | "vertical";

const DIRECTIONS: Readonly<Record<Hatch, readonly HatchDirection[]>> = {
  none: [],
  rising: ["rising"],
  falling: ["falling"],
  crossed: ["rising", "falling"],
  horizontal: ["horizontal"],
  vertical: ["vertical"],
  grid: ["horizontal", "vertical"],
};

function strokeLines(pen: Pen, { left, top, width, height }: Area, direction: HatchDirection): void {
  const right = left + width;
  const bottom = top + height;
  if (direction === "horizontal") {
    for (let y = firstLine(top); y < bottom; y += HATCH_STEP) strokeLine(pen, left, y, right, y);
  } else if (direction === "vertical") {
    for (let x = firstLine(left); x < right; x += HATCH_STEP) strokeLine(pen, x, top, x, bottom);
  } else if (direction === "rising") {
    const step = HATCH_STEP * Math.SQRT2;
    const last = right + bottom;
    for (let sum = firstLine(left + top, step); sum < last; sum += step) {
      strokeLine(pen, left, sum - left, right, sum - right);
    }
  } else {
    const step = HATCH_STEP * Math.SQRT2;
    const last = bottom - left;
    for (let difference = firstLine(top - right, step); difference < last; difference += step) {
      strokeLine(pen, left, difference + left, right, difference + right);
    }
  }
}

function firstLine(from: number, step: number = HATCH_STEP): number {
  return Math.ceil(from / step) * step;
}

function strokeLine(pen: Pen, x1: number, y1: number, x2: number, y2: number): void {
  pen.moveTo(x1, y1);
  pen.lineTo(x2, y2);
}

/** A rectangle of a legend, filled as the series' bars are. */
export function drawAreaSwatch(pen: Pen, area: Area, style: SeriesStyle): void {
  fillHatched(pen, area, style);
  pen.save();
  pen.strokeStyle = INK;
  pen.lineWidth = points(0.5);
  pen.setLineDash([]);
  pen.beginPath();
  pen.rect(area.left, area.top, area.width, area.height);
  pen.stroke();
  pen.restore();
}

/** Lets the points of a series be seen on its box. */
export const HALF_TRANSPARENT = "80";

/** A box of a legend with a point in it, as box plots have them. */
export function drawBoxSwatch(pen: Pen, area: Area, style: SeriesStyle): void {
  drawAreaSwatch(pen, area, { ...style, fill: style.fill + HALF_TRANSPARENT, hatch: "none" });
  drawMarker(pen, area.left + area.width / 2, area.top + area.height / 2, style);
}

/** A piece of a series' line with its marker in the middle. */
export function drawLineSwatch(pen: Pen, area: Area, style: SeriesStyle): void {
  const y = area.top + area.height / 2;
  pen.save();
  pen.strokeStyle = style.line;
  pen.lineWidth = LINE_WIDTH;
  pen.setLineDash(style.dash.map(points));
  pen.beginPath();
  strokeLine(pen, area.left, y, area.left + area.width, y);
  pen.stroke();
  pen.restore();
  drawMarker(pen, area.left + area.width / 2, y, style);
}

export const LINE_WIDTH = points(1.1);
/** Markers without an area. */
const STROKED: readonly Marker[] = ["cross", "crossRot", "star"];

export const MARKER_RADIUS = points(1.9);

/** A series' marker, centred. */
export function drawMarker(pen: Pen, x: number, y: number, style: SeriesStyle): void {
  pen.save();
  pen.fillStyle = style.line;
  pen.strokeStyle = style.line;
  pen.lineWidth = LINE_WIDTH;
  pen.setLineDash([]);
  pen.beginPath();
  tracePath(pen, x, y, style.marker);
  if (STROKED.includes(style.marker)) pen.stroke();
  else pen.fill();
  pen.restore();
}

function tracePath(pen: Pen, x: number, y: number, marker: Marker): void {
  const r = MARKER_RADIUS;
  const polygon = (...corners: readonly (readonly [number, number])[]) => {
    for (const [index, [dx, dy]] of corners.entries()) {
      if (index === 0) pen.moveTo(x + dx * r, y + dy * r);
      else pen.lineTo(x + dx * r, y + dy * r);
    }
    pen.closePath();
  };
  switch (marker) {
    case "circle":
      pen.arc(x, y, r, 0, FULL_TURN);
      break;
    case "triangle":
      polygon([-1.1, 0.9], [1.1, 0.9], [0, -1.2]);
      break;
    case "rect":
      polygon([-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]);
      break;
    case "rectRot":
      polygon([-1.3, 0], [0, -1.3], [1.3, 0], [0, 1.3]);
      break;
    case "cross":
      strokePlus(pen, x, y, 1.3 * r);
      break;
    case "crossRot":
      strokeTimes(pen, x, y, r);
      break;
    case "star":
      strokePlus(pen, x, y, 1.3 * r);
      strokeTimes(pen, x, y, 0.9 * r);
      break;
  }
}

function strokePlus(pen: Pen, x: number, y: number, r: number): void {
  strokeLine(pen, x - r, y, x + r, y);
  strokeLine(pen, x, y - r, x, y + r);
}

function strokeTimes(pen: Pen, x: number, y: number, r: number): void {
  strokeLine(pen, x - r, y - r, x + r, y + r);
  strokeLine(pen, x - r, y + r, x + r, y - r);
}
