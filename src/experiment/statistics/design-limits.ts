/** What an experiment could show at best, before anything was measured. */

import { mannWhitney } from "./mann-whitney.ts";
import { comparableDifferences } from "./ranks.ts";
import { shiftFound } from "./shift-found.ts";
import { signedRank } from "./signed-rank.ts";
import { ALPHA } from "./significance.ts";

/** How the runs of two methods belong together: by themselves, or run 1 with run 1, run 2 with run 2, … */
export const designKinds = ["independent", "blocks"] as const;
export type DesignKind = (typeof designKinds)[number];

/** Searched no further: nobody makes so many runs. */
const MAX_RUNS = 1000;
/** The smallest p that any values of so many runs give. */
export function smallestP(design: DesignKind, runs: number): number {
  const ascending = Array.from({ length: runs }, (_, index) => index + 1);
  return design === "blocks"
    ? signedRank(ascending).p
    : mannWhitney(
        ascending,
        ascending.map((one) => one + runs),
      ).p;
}

/** The smallest p that these runs could have given in another order: ties raise it. */
export function smallestPOf(design: DesignKind, x: readonly number[], y: readonly number[]): number {
  if (design === "blocks") return signedRank(comparableDifferences(x, y).map(Math.abs)).p;
  const sorted = [...x, ...y].sort((a, b) => a - b);
  const lower = mannWhitney(sorted.slice(0, x.length), sorted.slice(x.length)).p;
  return Math.min(lower, mannWhitney(sorted.slice(y.length), sorted.slice(0, y.length)).p);
}

/** Runs of each method with which some difference could be shown, with Holm's correction for so many pairs. */
export function runsNeeded(design: DesignKind, pairs: number): number {
  let runs = 2;
  while (runs < MAX_RUNS && pairs * smallestP(design, runs) >= ALPHA) runs++;
  return runs;
}

/**
 * The shift that runs with this spread show in four of five experiments; `null` where no shift could be shown.
 * @param deviation of a method's runs around their mean; of `blocks`, of the differences between two methods
 * @param pairs tested, for Holm's correction
 */
export function detectableShift(
  design: DesignKind,
  deviation: number,
  runs: number,
  pairs: number,
): number | null {
  return pairs * smallestP(design, runs) >= ALPHA ? null : deviation * shiftFound(design, runs, pairs);
}

/** Runs of each method that show a shift of this size in four of five experiments; `null`: more than 1000. */
export function runsForShift(
  design: DesignKind,
  deviation: number,
  shift: number,
  pairs: number,
): number | null {
  const isFound = (runs: number) => deviation * shiftFound(design, runs, pairs) <= shift;
  if (!(shift > 0) || !isFound(MAX_RUNS)) return null;
  let enough = MAX_RUNS;
  for (let low = runsNeeded(design, pairs); low < enough; ) {
    const middle = Math.floor((low + enough) / 2);
    if (isFound(middle)) enough = middle;
    else low = middle + 1;
  }
  return enough;
}
