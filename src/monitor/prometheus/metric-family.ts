/** What a Prometheus metric is here: a name, a meaning, and how its values are read off what live knows. */

import type { Distribution } from "../../metrics/distribution.ts";
import type { GrowingHistogram } from "../../metrics/live-metrics.ts";

/** Label values by label name; a label without a value is left out. */
export type LabelValues = Readonly<Record<string, string>>;

/** One value of a metric with the labels that tell it from the others of its view; `null`: not measured, so not shown. */
export type Reading = readonly [labels: LabelValues, value: number | null];

interface Described {
  /** In the field's conventions: `lbqos_`, base units, `_total` for counters. */
  readonly name: string;
  /** Its meaning, one sentence: the HELP line, and the row of the documentation. */
  readonly help: string;
}

/** Counters never go down: where an estimate is taken back, its counter waits until the estimate is there again. */
export interface ScalarFamily<View> extends Described {
  readonly type: "counter" | "gauge";
  /** Labels beyond those of the view. */
  readonly labels: readonly string[];
  readonly read: (view: View) => readonly Reading[];
}

export interface HistogramFamily<View> extends Described {
  readonly type: "histogram";
  readonly read: (view: View) => GrowingHistogram | null;
}

/** Quantiles over everything since the capture began, with the count and the sum of the samples. */
export interface SummaryFamily<View> extends Described {
  readonly type: "summary";
  /** Times in ms, as in all documents of lbqos. */
  readonly read: (view: View) => Distribution | null;
}

export type MetricFamily<View> = ScalarFamily<View> | HistogramFamily<View> | SummaryFamily<View>;

/** A counter or gauge with one value per view. */
export function single<View>(
  type: "counter" | "gauge",
  name: string,
  help: string,
  read: (view: View) => number | null,
): ScalarFamily<View> {
  return { type, name, help, labels: [], read: (view) => [[{}, read(view)]] };
}

/** A counter or gauge with several values per view, told apart by one label. */
export function byLabel<View>(
  type: "counter" | "gauge",
  name: string,
  help: string,
  label: string,
  read: (view: View) => Readonly<Record<string, number | null>>,
): ScalarFamily<View> {
  const readings = (view: View): Reading[] =>
    Object.entries(read(view)).map(([value, number]) => [{ [label]: value }, number]);
  return { type, name, help, labels: [label], read: readings };
}

/** One of `names` is so now: 1 for it and 0 for the others (a state set, in the words of OpenMetrics). */
export function stateSet(names: readonly string[], now: string | null): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, name === now ? 1 : 0]));
}

/** Milliseconds as seconds, the field's base unit. */
export function seconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : milliseconds / 1000;
}

/** Percent as a ratio of 1, as the field has it. */
export function ratio(percent: number | null): number | null {
  return percent === null ? null : percent / 100;
}
