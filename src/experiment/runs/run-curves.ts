/** Each backend over the time of a run, for charts: more than the metrics show. */
import type { ChartData } from "../../metrics/run-metrics.ts";
import type { Experiment } from "../experiment.ts";
import { type MethodFacts, observedPairs } from "./observations.ts";

/** One backend in one run, as a chart draws it. */
export interface RunCurves extends ChartData {
  readonly method: string;
  readonly backend: string;
  readonly run: number;
  /** Exchanges behind `timeToFirstByteQuantilesMs`. */
  readonly exchanges: number;
}

/**
 * The curves of the runs that were analyzed with `chartData: true`; none of tables. Where there are several for one
 * method, backend and run, the first, as everywhere in the comparison.
 */
export function runCurves(experiment: Experiment, methods: readonly MethodFacts[]): RunCurves[] {
  const seen = new Set<string>();
  return experiment.runs.flatMap((one) =>
    observedPairs(one, experiment.manifest, methods).flatMap(({ pair, backend }) => {
      const { method, run } = one;
      const key = JSON.stringify([method, backend, run]);
      if (pair.chartData === undefined || seen.has(key)) return [];
      seen.add(key);
      const exchanges = pair.http.timeToFirstByteMs.count;
      return [{ method, backend, run, exchanges, ...pair.chartData }];
    }),
  );
}
