/** The packages that draw: optional, loaded when the first chart is drawn. */
import { createRequire } from "node:module";
import { Failure } from "../../failure.ts";
import { message } from "../../words/message.ts";

/** What is used of chartjs-node-canvas. */
export interface ChartCanvas {
  renderToBufferSync(configuration: object, mimeType: string): Buffer;
}

/** What is used of a copy of Chart.js. */
interface ChartCopy {
  register(...components: readonly unknown[]): void;
}

interface CanvasOptions {
  readonly width: number;
  readonly height: number;
  readonly type?: CanvasType;
  readonly plugins: { readonly modern: readonly string[] };
  readonly chartCallback: (chart: ChartCopy) => void;
}

interface CanvasPackage {
  readonly ChartJSNodeCanvas: new (options: CanvasOptions) => ChartCanvas;
}

interface BoxPlotPackage {
  readonly BoxPlotController: unknown;
  readonly BoxAndWiskers: unknown;
}

/** `null`: dots. */
export type CanvasType = "svg" | "pdf" | null;

/** What is used of Node's `require`. */
export interface Loader {
  (name: string): unknown;
  resolve(name: string): string;
  readonly cache: Record<string, unknown>;
}

const installed: Loader = createRequire(import.meta.url);

/**
 * By name, because chartjs-node-canvas loads a copy of Chart.js for each canvas and registers these with it; imported
 * here they would register with another copy.
 */
const PLUGINS = [
  "chartjs-chart-error-bars",
  "chartjs-plugin-datalabels",
  "chartjs-plugin-annotation",
] as const;
const BOX_PLOT = "@sgratzl/chartjs-chart-boxplot";

/** Canvases by size and type: loading Chart.js takes longer than drawing with it. */
const canvases = new Map<string, ChartCanvas>();
const MAX_CANVASES = 24;

/** A canvas of a size in dots; one that was made before serves again. */
export function chartCanvas(width: number, height: number, type: CanvasType): ChartCanvas {
  const key = `${width} ${height} ${type}`;
  const known = canvases.get(key);
  if (known !== undefined) return known;
  if (canvases.size >= MAX_CANVASES) canvases.clear();
  const canvas = newCanvas(width, height, type);
  canvases.set(key, canvas);
  return canvas;
}

/**
 * A new canvas.
 * @throws Failure in one line where the optional packages are not installed, or not for this system
 */
export function newCanvas(
  width: number,
  height: number,
  type: CanvasType,
  load: Loader = installed,
): ChartCanvas {
  try {
    const { ChartJSNodeCanvas } = load("chartjs-node-canvas") as CanvasPackage;
    return new ChartJSNodeCanvas({
      width,
      height,
      ...(type === null ? {} : { type }),
      plugins: { modern: PLUGINS },
      chartCallback: (chart) => registerBoxPlot(chart, load),
    });
  } catch (error) {
    if (!isNotInstalled(error)) throw error;
    throw new Failure(message("chartsNotDrawn", firstLine(error)));
  }
}

/**
 * The box plot's package exports a base class beside its components, which Chart.js refuses to register with the rest.
 * It is loaded anew for each copy of Chart.js, as chartjs-node-canvas does with the others.
 */
function registerBoxPlot(chart: ChartCopy, load: Loader): void {
  delete load.cache[load.resolve(BOX_PLOT)];
  const { BoxPlotController, BoxAndWiskers } = load(BOX_PLOT) as BoxPlotPackage;
  chart.register(BoxPlotController, BoxAndWiskers);
}

/** A package that is missing, or whose compiled part is missing or does not fit. */
function isNotInstalled(error: unknown): error is Error {
  return (
    error instanceof Error &&
    "code" in error &&
    (error.code === "MODULE_NOT_FOUND" || error.code === "ERR_DLOPEN_FAILED")
  );
}

function firstLine({ message }: Error): string {
  return message.split("\n")[0] ?? message;
}
