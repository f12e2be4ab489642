/** What an experiment could show at best, before anything was measured. */

import { mannWhitney } from "./mann-whitney.ts";
import { comparableDifferences } from "./ranks.ts";
import { signedRank } from "./signed-rank.ts";
import { ALPHA } from "./significance.ts";
import { studentTFactor } from "./student-t.ts";

/** How the runs of two methods belong together: by themselves, or run 1 with run 1, run 2 with run 2, … */
export const designKinds = ["independent", "blocks"] as const;
export type DesignKind = (typeof designKinds)[number];

/** Searched no further: nobody makes so many runs. */
const MAX_RUNS = 1000;
/**
 * The probability with which a detectable shift would be found if the runs' spread were known. It is estimated, so it is rather three
 * of four experiments that find it (docs/accuracy.md).
 */
export const POWER = 0.8;
/** Of the rank tests against the t test where values are normal: 3/π (Hodges & Lehmann 1956). */
const EFFICIENCY = 3 / Math.PI;

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
 * The shift that runs with this spread show in three of four experiments, by the t test's formula with the rank test's efficiency;
 * `null` where no shift could be shown.
 * @param deviation of a method's runs around their mean; of `blocks`, of the differences between two methods
 * @param pairs tested, for Holm's correction
 */
export function detectableShift(
  design: DesignKind,
  deviation: number,
  runs: number,
  pairs: number,
): number | null {
  return pairs * smallestP(design, runs) >= ALPHA ? null : shiftFound(design, deviation, runs, pairs);
}

function shiftFound(design: DesignKind, deviation: number, runs: number, pairs: number): number {
  const freedom = design === "blocks" ? runs - 1 : 2 * (runs - 1);
  const factor = studentTFactor(freedom, 1 - ALPHA / pairs) + studentTFactor(freedom, 2 * POWER - 1);
  const variances = design === "blocks" ? 1 : 2;
  return factor * deviation * Math.sqrt(variances / (runs * EFFICIENCY));
}

/** Runs of each method that show a shift of this size in three of four experiments; `null`: more than 1000. */
export function runsForShift(
  design: DesignKind,
  deviation: number,
  shift: number,
  pairs: number,
): number | null {
  if (!(shift > 0) || shiftFound(design, deviation, MAX_RUNS, pairs) > shift) return null;
  let enough = MAX_RUNS;
  for (let low = runsNeeded(design, pairs); low < enough; ) {
    const middle = Math.floor((low + enough) / 2);
    if (shiftFound(design, deviation, middle, pairs) <= shift) enough = middle;
    else low = middle + 1;
  }
  return enough;
}
