/** What all paths together have, for one sentence. */
import type { TapsMetrics } from "./path-metrics.ts";

export interface PathTotals {
  readonly matched: number;
  readonly lost: number;
}

export function pathTotals({ paths }: TapsMetrics): PathTotals {
  const directions = paths.flatMap(({ forward, backward }) => [forward, backward]);
  return {
    matched: directions.reduce((sum, { received }) => sum + received, 0),
    lost: directions.reduce((sum, { lost }) => sum + lost, 0),
  };
}
