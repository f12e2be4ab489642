/** What papers print of a method, and what it was in truth by the second taps. */

import type { CategoryProfile } from "../../metrics/category-profiles.ts";
import { ratedTruth } from "../../path/beside-papers.ts";
import type { RatedTruth } from "../../path/path-metrics.ts";
import type { AnalyzedRun } from "../experiment.ts";
import type { MetricKey } from "../experiment-metrics.ts";
import type { AtLevels } from "../levels.ts";
import { summarize } from "../statistics/sample-summary.ts";
import type { RunTable } from "./run-tables.ts";

/** One method and backend: means over the runs whose paths were measured, each figure rated by the experiment's profile. */
export interface MethodTruth extends AtLevels {
  readonly method: string;
  readonly backend: string;
  /** Runs with a tap at the backend. */
  readonly runs: number;
  /** As papers compute them, of the same runs' requests to the backend. */
  readonly papers: RatedTruth;
  /** Packets lost, mean one-way delay and mean IPDV to the backend. */
  readonly toBackend: RatedTruth;
  readonly fromBackend: RatedTruth;
  /** The delays of no run are wrong by more than this, ms; 0: one clock; `null`: packets went one way, so that it is not known. */
  readonly delayBoundMs: number | null;
}

const PAPERS = { lossPercent: "packetLossPercent", delayMs: "delayMs", jitterMs: "jitterMs" } as const;
const TO_BACKEND = {
  lossPercent: "trueLossToBackendPercent",
  delayMs: "oneWayDelayToBackendMs",
  jitterMs: "ipdvToBackendMs",
} as const;
const FROM_BACKEND = {
  lossPercent: "trueLossFromBackendPercent",
  delayMs: "oneWayDelayFromBackendMs",
  jitterMs: "ipdvFromBackendMs",
} as const;

/** Of each table with runs that have a tap at the backend; empty where no run has one. */
export function methodTruths(
  tables: readonly RunTable[],
  runs: readonly AnalyzedRun[],
  profile: CategoryProfile,
): readonly MethodTruth[] {
  return tables.flatMap(({ method, backend, rows }) => {
    const tapped = rows.filter(({ values }) => values[TO_BACKEND.lossPercent] !== undefined);
    if (tapped.length === 0) return [];
    const mean = (key: MetricKey) => summarize(tapped.map(({ values }) => values[key] ?? null))?.mean ?? null;
    const rated = (keys: Readonly<Record<keyof RatedTruth, MetricKey>>) =>
      ratedTruth(
        {
          lossPercent: mean(keys.lossPercent),
          delayMs: mean(keys.delayMs),
          jitterMs: mean(keys.jitterMs),
        },
        profile,
      );
    const bounds = runs
      .filter((one) => one.method === method && tapped.some(({ run }) => run === one.run))
      .flatMap(({ paths = [] }) => paths.filter((one) => one.backend === backend))
      .map(({ path }) => path.clocks.delayBoundMs);
    return [
      {
        method,
        backend,
        runs: tapped.length,
        papers: rated(PAPERS),
        toBackend: rated(TO_BACKEND),
        fromBackend: rated(FROM_BACKEND),
        delayBoundMs: bounds.reduce<number | null>(larger, 0),
      },
    ];
  });
}

function larger(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b);
}
