/** Charts as files: drawn, or as they were drawn the last time. */

import type { ChartSpec } from "../report/charts/chart-spec.ts";
import { type ChartOptions, renderChart } from "../report/charts/render-chart.ts";
import { entryName, readEntry, writeEntry } from "../study/cache/cache-folder.ts";
import { programFingerprint } from "../study/cache/program-fingerprint.ts";

/**
 * The bytes of a drawn chart.
 * @param cacheFolder where drawn charts are kept; absent: nowhere
 * @throws Failure where it can't be drawn
 */
export async function drawnChart(
  chart: ChartSpec,
  options: ChartOptions,
  cacheFolder: string | undefined,
): Promise<Uint8Array> {
  if (cacheFolder === undefined) return renderChart(chart, options);
  const name = entryName([programFingerprint(), process.version, chart, options], options.format);
  const known = await readEntry(cacheFolder, name);
  if (known !== null) return known;
  const drawn = renderChart(chart, options);
  await writeEntry(cacheFolder, name, drawn);
  return drawn;
}
