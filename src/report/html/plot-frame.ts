/** What all panels have in common: size, grid, axes and their titles. */
import type { NumberStyle } from "../../words/number-style.ts";
import { numberText } from "../number-text.ts";
import { escapeHtml } from "./escape-html.ts";
import type { PlotScale } from "./plot-scale.ts";

/** Of a panel, in CSS pixels at its natural size. */
export const PLOT = { width: 460, height: 300, left: 62, right: 448, top: 14, bottom: 236 } as const;

const LABEL_CHARACTERS = 12;
const LINE_HEIGHT = 13;

/** Coordinates need no more than a tenth of a pixel. */
export function place(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** One panel as an SVG of its own. */
export function panelSvg(label: string, yTitle: string, content: string): string {
  const middle = (PLOT.top + PLOT.bottom) / 2;
  return [
    `<svg viewBox="0 0 ${PLOT.width} ${PLOT.height}" role="img" aria-label="${escapeHtml(label)}">`,
    `<text class="axis" transform="translate(14 ${middle}) rotate(-90)" text-anchor="middle">${escapeHtml(yTitle)}</text>`,
    content,
    "</svg>",
  ].join("\n");
}

/** Ticks, their numbers, and lines across the panel. */
export function yAxis({ at, ticks, digits }: PlotScale, style: NumberStyle): string {
  return ticks
    .map((tick) => {
      const y = place(at(tick));
      return `<path class="grid" d="M${PLOT.left} ${y}H${PLOT.right}"/><text x="${PLOT.left - 6}" y="${y}" dy="4" text-anchor="end">${tickText(tick, digits, style)}</text>`;
    })
    .join("");
}

/** A numeric axis below the panel. */
export function xAxis({ at, ticks, digits }: PlotScale, title: string, style: NumberStyle): string {
  const marks = ticks.map((tick) => {
    const x = place(at(tick));
    return `<path class="tick" d="M${x} ${PLOT.bottom}v4"/><text x="${x}" y="${PLOT.bottom + 17}" text-anchor="middle">${tickText(tick, tick >= 1 ? Math.min(digits, Number.isInteger(tick) ? 0 : digits) : digits, style)}</text>`;
  });
  const middle = (PLOT.left + PLOT.right) / 2;
  return `${baseLine(PLOT.bottom)}${marks.join("")}<text class="axis" x="${middle}" y="${PLOT.bottom + 38}" text-anchor="middle">${escapeHtml(title)}</text>`;
}

/** Names below their parts of the panel. */
export function categoryAxis(names: readonly string[], title: string): string {
  const width = (PLOT.right - PLOT.left) / Math.max(1, names.length);
  const labels = names.map((name, index) => {
    const x = place(PLOT.left + (index + 0.5) * width);
    const lines = labelLines(name).map(
      (line, level) => `<tspan x="${x}" dy="${level === 0 ? 0 : LINE_HEIGHT}">${escapeHtml(line)}</tspan>`,
    );
    return `<text x="${x}" y="${PLOT.bottom + 17}" text-anchor="middle">${lines.join("")}</text>`;
  });
  const middle = (PLOT.left + PLOT.right) / 2;
  return `${labels.join("")}<text class="axis" x="${middle}" y="${PLOT.bottom + 56}" text-anchor="middle">${escapeHtml(title)}</text>`;
}

export function baseLine(y: number): string {
  return `<path class="base" d="M${PLOT.left} ${place(y)}H${PLOT.right}"/>`;
}

/** What the mouse is told, as a mark's title. */
export function tip(text: string): string {
  return `<title>${escapeHtml(text)}</title>`;
}

function tickText(value: number, digits: number, style: NumberStyle): string {
  return escapeHtml(numberText(value, digits, style));
}

/** A long name in two lines, broken after a dash or space; what is still too long is cut. */
function labelLines(name: string): readonly string[] {
  if (name.length <= LABEL_CHARACTERS) return [name];
  const breaks = Array.from(name.matchAll(/[-\s/_]/g), ({ index }) => index + 1);
  const middle = breaks.toSorted((a, b) => Math.abs(a - name.length / 2) - Math.abs(b - name.length / 2))[0];
  const lines = middle === undefined ? [name] : [name.slice(0, middle), name.slice(middle)];
  return lines.map((line) =>
    line.length > LABEL_CHARACTERS + 4 ? `${line.slice(0, LABEL_CHARACTERS + 3)}…` : line,
  );
}
