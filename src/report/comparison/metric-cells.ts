/** Metrics as columns and cells: how many decimals they need, and their means with intervals. */
import type { MetricFacts } from "../../experiment/experiment-metrics.ts";
import { halfWidth, type SampleSummary } from "../../experiment/statistics/sample-summary.ts";
import type { ShiftEstimate } from "../../experiment/statistics/shift.ts";
import { studyNumber } from "../../experiment/tables/printed-number.ts";
import type { Language } from "../../words/language.ts";
import { numberColumn } from "../cells.ts";
import type { Cell, Column } from "../document.ts";

/** Fewest decimals by unit; small values get more. */
const FEWEST: Readonly<Record<string, number>> = { ms: 3, s: 2, Mbps: 3, "%": 2, "1/s": 1 };
const MAX_DIGITS = 6;
/** Of counts that were averaged. */
const MEAN_COUNT_DIGITS = 2;
/** Digits from the first that is not 0: of the smallest value, and of the widest interval. */
const VALUE_DIGITS = 3;
const INTERVAL_DIGITS = 2;

/** Decimals that show the smallest value with three digits and the widest interval with two, from 0 to 6. */
export function digitsFor(
  unit: string,
  values: readonly (number | null)[],
  halfWidths: readonly (number | null)[] = [],
): number {
  const sizes = (numbers: readonly (number | null)[]) =>
    numbers
      .filter((one) => one !== null)
      .map(Math.abs)
      .filter((one) => one > 0);
  const fewest = FEWEST[unit] ?? 3;
  if (unit === "") return sizes([...values, ...halfWidths]).every(Number.isInteger) ? 0 : MEAN_COUNT_DIGITS;
  const smallest = Math.min(...sizes(values));
  const widest = Math.max(...sizes(halfWidths));
  const wanted = [
    Number.isFinite(smallest) ? VALUE_DIGITS - 1 - Math.floor(Math.log10(smallest)) : 0,
    Number.isFinite(widest) ? INTERVAL_DIGITS - 1 - Math.floor(Math.log10(widest)) : 0,
  ];
  return Math.min(MAX_DIGITS, Math.max(fewest, ...wanted));
}

/**
 * Decimals that print every value as precisely as published tables of runs do: six decimals, of which seven significant
 * digits count, less the zeros at the end that all have in common.
 */
export function studyDigits(unit: string, values: readonly (number | null)[]): number {
  if (unit === "") return digitsFor(unit, values);
  const decimals = values.map((one) => (one === null ? 0 : (studyNumber(one).split(".")[1]?.length ?? 0)));
  return decimals.reduce((most, one) => Math.max(most, one), FEWEST[unit] ?? 0);
}

/** The column of a metric over several rows of means. */
export function meanColumn(
  { label, unit }: MetricFacts,
  summaries: readonly (SampleSummary | undefined)[],
  language: Language,
): Column {
  const digits = digitsFor(
    unit,
    summaries.map((one) => one?.mean ?? null),
    summaries.map(halfWidth),
  );
  return numberColumn(label[language], unit, digits);
}

/** A mean with its interval. */
export function meanCell(summary: SampleSummary | undefined, reason: string): Cell {
  if (summary === undefined) return { kind: "notMeasured", reason };
  return { kind: "number", value: summary.mean, ...boundsOf(summary.confidenceLow, summary.confidenceHigh) };
}

/** A shift with its interval. */
export function shiftCell({ estimate, low, high }: ShiftEstimate, digits: number): Cell {
  return { kind: "number", value: estimate, digits, ...boundsOf(low, high) };
}

/** How wide a shift's interval is on its wider side; `null` where it has none. */
export function shiftWidth({ estimate, low, high }: ShiftEstimate): number | null {
  return low === null || high === null ? null : Math.max(high - estimate, estimate - low);
}

function boundsOf(
  low: number | null,
  high: number | null,
): { readonly interval?: { low: number; high: number } } {
  // Where all runs have one value there is no spread to show.
  return low === null || high === null || low === high ? {} : { interval: { low, high } };
}

/** A metric's name with its unit, for the first column of tables whose rows are metrics. */
export function metricName({ label, unit }: MetricFacts, language: Language): string {
  return unit === "" ? label[language] : `${label[language]} (${unit})`;
}
