/** Charts as figures of a document, each with the files that it is drawn in. */
import type { Figure } from "../document.ts";
import { chartFileNames } from "./chart-file-names.ts";
import type { ChartSpec } from "./chart-spec.ts";
import type { ChartFormat } from "./render-chart.ts";

/** Charts of a document, and the formats in which they are drawn in `folder`, their data beside them; absent: there are no files. */
export interface DrawnCharts {
  readonly specs: readonly ChartSpec[];
  readonly folder: string;
  readonly formats?: readonly ChartFormat[];
}

/** No figures where there are no charts. */
export function documentFigures(charts: DrawnCharts | undefined): readonly Figure[] {
  if (charts === undefined) return [];
  const { specs, folder, formats } = charts;
  const filesOf = (chart: ChartSpec): readonly string[] =>
    formats === undefined ? [] : chartFileNames(chart, folder, formats);
  return specs.map((chart) => ({ kind: "figure", chart, files: filesOf(chart) }));
}
