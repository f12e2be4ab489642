import type { ChartSpec } from "./chart-spec.ts";
import type { ChartFormat } from "./render-chart.ts";

/** Where a chart is drawn and its data written, relative to the report: in each format, and as CSV. */
export function chartFileNames(
  chart: ChartSpec,
  folder: string,
  formats: readonly ChartFormat[],
): readonly string[] {
  return [...formats, "csv"].map((format) => `${folder}/${chart.id}.${format}`);
}
