/** The shift that a rank test finds in four of five experiments, if values are normal and their spread is known from as many runs. */

import { uDistribution, vDistribution } from "./rank-distributions.ts";
import { seededRandom } from "./seeded-random.ts";
import { ALPHA } from "./significance.ts";
import { studentTFactor } from "./student-t.ts";

/** The share of experiments that find it. */
export const POWER = 0.8;
/** Standard normal quantile of `POWER`. */
const POWER_NORMAL = 0.8416212335729143;
/** Of the rank tests against the t test where values are normal: 3/π (Hodges & Lehmann 1956). */
const EFFICIENCY = 3 / Math.PI;
/** Up to so many runs experiments are drawn: the p of few runs go in steps, which formulas don't know. */
const MAX_DRAWN_RUNS = 20;
/** Their share that finds a shift is known to 0.9 %, one standard error. */
const DRAWS = 2000;
const SEED = 20_261_201;

const drawn = new Map<string, number>();

/**
 * In units of the runs' standard deviation; of `blocks`, of the differences within blocks. The deviation is taken for an estimate from as
 * many runs of two methods, so that the shift is larger than it would be if it were known.
 * @param runs of each method
 * @param pairs tested, for Holm's correction at its strictest
 * @returns Infinity where no shift would be found
 */
export function shiftFound(design: "independent" | "blocks", runs: number, pairs: number): number {
  if (runs > MAX_DRAWN_RUNS) return shiftByFormula(design, runs, pairs);
  const key = `${design} ${runs} ${pairs}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const shift = shiftByDraws(design, runs, pairs);
  drawn.set(key, shift);
  return shift;
}

/** The t test's formula with the rank test's efficiency; both deviations, that known before and that of the test, vary by 1/2ν. */
function shiftByFormula(design: "independent" | "blocks", runs: number, pairs: number): number {
  const freedom = design === "blocks" ? runs - 1 : 2 * (runs - 1);
  const critical = studentTFactor(freedom, 1 - ALPHA / pairs);
  let factor = critical + POWER_NORMAL;
  for (let step = 0; step < 5; step++)
    factor = critical + POWER_NORMAL * Math.sqrt(1 + (factor ** 2 + critical ** 2) / (2 * freedom));
  const variances = design === "blocks" ? 1 : 2;
  return factor * Math.sqrt(variances / (runs * EFFICIENCY));
}

/**
 * A rank test finds a shift δ when enough of the differences between two runs (Mann and Whitney), or means of two blocks' differences
 * (Wilcoxon), are below δ: one of them, in order, is where it begins to be found.
 */
function shiftByDraws(design: "independent" | "blocks", runs: number, pairs: number): number {
  const distribution = design === "blocks" ? vDistribution(runs) : uDistribution(runs, runs);
  const largest = distribution.findIndex((tail) => 2 * tail * pairs >= ALPHA) - 1;
  if (largest < 0) return Number.POSITIVE_INFINITY;
  const normal = normals(SEED);
  const sample = () => Array.from({ length: runs }, normal);
  const found = new Float64Array(DRAWS);
  for (let draw = 0; draw < DRAWS; draw++) {
    const steps = design === "blocks" ? meansOfTwo(sample()) : differences(sample(), sample());
    const begins = steps.sort()[steps.length - 1 - largest] ?? Number.NaN;
    const variance =
      design === "blocks" ? varianceOf(sample()) : (varianceOf(sample()) + varianceOf(sample())) / 2;
    found[draw] = begins / Math.sqrt(variance);
  }
  return found.sort()[Math.ceil(POWER * DRAWS) - 1] ?? Number.NaN;
}

function differences(x: readonly number[], y: readonly number[]): Float64Array {
  const all = new Float64Array(x.length * y.length);
  let at = 0;
  for (const one of x) for (const other of y) all[at++] = one - other;
  return all;
}

/** Walsh's averages. */
function meansOfTwo(values: readonly number[]): Float64Array {
  const means = new Float64Array((values.length * (values.length + 1)) / 2);
  let at = 0;
  for (const [index, one] of values.entries())
    for (const other of values.slice(index)) means[at++] = (one + other) / 2;
  return means;
}

function varianceOf(values: readonly number[]): number {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  return values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (values.length - 1);
}

/** Box and Muller's. */
function normals(seed: number): () => number {
  const random = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
