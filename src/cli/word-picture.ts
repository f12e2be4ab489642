/** Charts for a Word file: PNG without title and note, which stand in its captions. */
import type { ChartSpec } from "../report/charts/chart-spec.ts";
import { printWidthsCm } from "../report/charts/print-size.ts";
import type { Picture } from "../report/word/render-word.ts";
import type { ChartRequest } from "./chart-option.ts";
import { drawnChart } from "./drawn-chart.ts";

/** Of the page. */
const TEXT_WIDTH_CM = printWidthsCm["a4"] ?? Number.POSITIVE_INFINITY;

/** Where a PNG says its width and height in dots: 32 bits each, behind its signature and the head of its first chunk (PNG 1.2, section 11.2.2). */
const WIDTH_AT = 16;
const HEIGHT_AT = 20;

/** @throws Failure where it can't be drawn */
export async function wordPicture(
  chart: ChartSpec,
  { widthCm, dpi }: ChartRequest,
  cacheFolder: string | undefined,
): Promise<Picture> {
  const fitting = Math.min(widthCm, TEXT_WIDTH_CM);
  const png = await drawnChart(
    chart,
    { format: "png", widthCm: fitting, dpi, withTitle: false },
    cacheFolder,
  );
  const head = new DataView(png.buffer, png.byteOffset);
  return {
    png,
    widthCm: fitting,
    heightCm: (fitting * head.getUint32(HEIGHT_AT)) / head.getUint32(WIDTH_AT),
  };
}
