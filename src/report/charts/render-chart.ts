import { frameBars } from "./bars-body.ts";
import { frameBoxes } from "./boxes-body.ts";
import { chartCanvas } from "./chart-canvas.ts";
import type { FramedChart } from "./chart-settings.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { frameLines } from "./lines-body.ts";
import { dotsOf, printWidthsCm } from "./print-size.ts";

/** The formats that charts are drawn in. */
export const chartFormats = ["png", "svg", "pdf"] as const;
export type ChartFormat = (typeof chartFormats)[number];

export interface ChartOptions {
  readonly format: ChartFormat;
  /** Width on paper; a column of an IEEE paper (8.89 cm) unless said otherwise. */
  readonly widthCm?: number;
  /** Dots per inch of a PNG, 300 unless said otherwise; SVG and PDF have no dots. */
  readonly dpi?: number;
  /** Whether title and note are drawn; a paper prints them as its own caption. True unless said otherwise. */
  readonly withTitle?: boolean;
}

const DEFAULTS = { widthCm: printWidthsCm["ieee-column"] ?? 8.89, dpi: 300, withTitle: true } as const;
/** The unit of cairo's SVG and PDF surfaces. */
const POINTS_PER_INCH = 72;
const MIME_TYPES: Readonly<Record<ChartFormat, string>> = {
  png: "image/png",
  svg: "image/svg+xml",
  pdf: "application/pdf",
};

/**
 * Draws a chart. The same chart and options give the same bytes on one machine; fonts are the machine's.
 * @throws Failure where the optional packages that draw are not installed
 */
export function renderChart(chart: ChartSpec, options: ChartOptions): Uint8Array {
  const { format, widthCm, dpi, withTitle } = { ...DEFAULTS, ...options };
  const framed = frameChart(chart, widthCm, withTitle);
  const resolution = format === "png" ? dpi : POINTS_PER_INCH;
  const scale = (dotsOf(widthCm, resolution) + ROUNDING) / framed.width;
  const canvas = chartCanvas(framed.width, framed.height, format === "png" ? null : format);
  const bytes = canvas.renderToBufferSync(
    {
      type: framed.type,
      data: framed.data,
      options: { ...framed.options, devicePixelRatio: scale },
      plugins: [...framed.plugins, ...(format === "png" ? [] : [words]), output],
    },
    MIME_TYPES[format],
  );
  return format === "svg" ? renumber(bytes) : bytes;
}

/** cairo counts its surfaces over the whole process and names parts of an SVG by the count; here each starts from 1. */
function renumber(svg: Buffer): Buffer {
  const names = new Map<string, string>();
  const text = svg.toString("utf8").replace(/\bsurface\d+/g, (name) => {
    const known = names.get(name) ?? `surface${names.size + 1}`;
    names.set(name, known);
    return known;
  });
  return Buffer.from(text, "utf8");
}

/** Chart.js rounds the size of its canvas to tenths and then down. */
const ROUNDING = 0.2;

/** What these hooks see of a chart. */
interface OutputChart {
  currentDevicePixelRatio: number;
  readonly ctx: { textDrawingMode: "path" | "glyph" };
  readonly canvas: { toBuffer(mimeType: string, settings?: Readonly<Record<string, unknown>>): Buffer };
}

/** Words stay words in SVG and PDF, in embedded fonts, rather than outlines. */
const words = {
  id: "words",
  beforeDraw({ ctx }: OutputChart) {
    ctx.textDrawingMode = "glyph";
  },
};

const output = {
  id: "output",
  /** Lines are laid on whole dots of the layout, not of the coarse units of SVG and PDF. */
  beforeUpdate(chart: OutputChart) {
    chart.currentDevicePixelRatio = 1;
  },
  /** A PDF says when it was made; here always the same time, so that a figure only changes when its data do. */
  afterDraw({ canvas }: OutputChart) {
    const toBuffer = canvas.toBuffer.bind(canvas);
    canvas.toBuffer = (mimeType) => toBuffer(mimeType, { creationDate: new Date(0) });
  },
};

/** A chart laid out for a width on paper, as Chart.js reads it. */
export function frameChart(chart: ChartSpec, widthCm: number, withTitle: boolean): FramedChart {
  switch (chart.kind) {
    case "bars":
      return frameBars(chart, widthCm, withTitle);
    case "boxes":
      return frameBoxes(chart, widthCm, withTitle);
    case "lines":
      return frameLines(chart, widthCm, withTitle);
  }
}
