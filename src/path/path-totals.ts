/** What all paths together have, for one sentence. */
import { sumOf } from "../metrics/run-totals.ts";
import type { TapsMetrics } from "./path-metrics.ts";

export interface PathTotals {
  readonly matched: number;
  readonly lost: number;
}

export function pathTotals({ paths }: TapsMetrics): PathTotals {
  const directions = paths.flatMap(({ forward, backward }) => [forward, backward]);
  return {
    matched: sumOf(directions, ({ received }) => received),
    lost: sumOf(directions, ({ lost }) => lost),
  };
}
