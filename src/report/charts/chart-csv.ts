/** The data of a chart as CSV (RFC 4180), every number in full precision. */
import { type CsvField, csvRecord } from "../csv-record.ts";
import type { BarChart, BoxChart, ChartSpec, LineChart } from "./chart-spec.ts";

/** A header and one record per bar, run or point; what was not measured is an empty field. */
export function chartCsv(chart: ChartSpec): string {
  const records =
    chart.kind === "bars"
      ? barRecords(chart)
      : chart.kind === "boxes"
        ? boxRecords(chart)
        : lineRecords(chart);
  return records.map(csvRecord).join("");
}

function barRecords({ categories, series, panels }: BarChart): CsvField[][] {
  const header = [
    "quantity",
    categories.key,
    series.key,
    "value",
    "confidence_low",
    "confidence_high",
    "runs",
  ];
  const records = panels.flatMap(({ quantity, bars }) =>
    categories.names.flatMap((category, column) =>
      series.names.map((name, row): CsvField[] => {
        const bar = bars[row]?.[column] ?? null;
        const numbers = bar === null ? [null, null, null, null] : [bar.value, bar.low, bar.high, bar.runs];
        return [quantity.key, category, name, ...numbers];
      }),
    ),
  );
  return [header, ...records];
}

function boxRecords({ categories, series, quantity, samples }: BoxChart): CsvField[][] {
  const records = categories.names.flatMap((category, column) =>
    series.names.flatMap((name, row) =>
      (samples[row]?.[column] ?? []).map(({ run, value }): CsvField[] => [category, name, run, value]),
    ),
  );
  return [[categories.key, series.key, "run", quantity.key], ...records];
}

function lineRecords(chart: LineChart): CsvField[][] {
  const { x, series, panels } = chart;
  if (chart.xTicks !== undefined) return levelRecords(chart);
  const records = panels.flatMap(({ quantity, lines }) =>
    series.names.flatMap((name, row) =>
      (lines[row] ?? []).map((point): CsvField[] => [quantity.key, name, point.x, point.y]),
    ),
  );
  return [["quantity", series.key, x.key, "value"], ...records];
}

/** Points that are means over runs, with their intervals. */
function levelRecords({ x, series, panels }: LineChart): CsvField[][] {
  const records = panels.flatMap(({ quantity, lines }) =>
    series.names.flatMap((name, row) =>
      (lines[row] ?? []).map(({ x: at, y, interval }): CsvField[] => {
        const { low = null, high = null, runs = null } = interval ?? {};
        return [quantity.key, name, at, y, low, high, runs];
      }),
    ),
  );
  const header = ["quantity", series.key, x.key, "value", "confidence_low", "confidence_high", "runs"];
  return [header, ...records];
}
