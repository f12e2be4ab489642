import { mean, medianSorted, sampleVariance } from "simple-statistics";
import type { MethodSample } from "../runs/samples.ts";
import { valuesOf } from "../runs/samples.ts";
import { anova, brownForsythe, type FTest, welchAnova } from "../statistics/analysis-of-variance.ts";
import { bootstrapInterval } from "../statistics/bootstrap.ts";
import { holm } from "../statistics/holm.ts";
import {
  equivalence,
  gamesHowell,
  type MeanDifference,
  pairedT,
  runsForPower,
  tukey,
} from "../statistics/mean-differences.ts";
import type { NamedResult, NamedTest } from "../statistics/named-test.ts";
import { comparableDifferences } from "../statistics/ranks.ts";
import { shapiroWilk } from "../statistics/shapiro-wilk.ts";
import { shiftWithin } from "../statistics/shift.ts";
import { POWER } from "../statistics/shift-found.ts";
import { signedRank } from "../statistics/signed-rank.ts";

/** Fewer runs have no spread to test. */
const MIN_VALUES = 3;
const SEED = 1;

const NOTHING = {
  statistic: null,
  degreesOfFreedom: [],
  p: null,
  adjustedP: null,
  estimate: null,
  low: null,
  high: null,
  runs: null,
} as const;

type PairResult = Omit<NamedResult, "test" | "methods" | "levels">;

/**
 * The results of some tests, in their order. Methods with fewer than three runs are left out. p of pairs is not yet corrected.
 * @param samples of the metric that decides, method by method
 * @param marginBetween the smallest difference that matters, in the metric's unit, by the medians of two methods
 */
export function namedResults(
  tests: readonly NamedTest[],
  samples: readonly MethodSample[],
  marginBetween: (medianA: number, medianB: number) => number,
): readonly NamedResult[] {
  const judged = samples.filter(({ runs }) => runs.length >= MIN_VALUES);
  const values = judged.map(valuesOf);
  const names = judged.map(({ method }) => method);
  return tests.flatMap((test): NamedResult[] => {
    if (test === "shapiro-wilk" || test === "bootstrap") {
      const of = test === "bootstrap" ? medianOf : normality;
      return values.map((own, index) => ({ test, methods: [names[index] ?? ""], ...of(own) }));
    }
    if (values.length < 2) return [];
    const whole = OVERALL[test];
    if (whole !== undefined) return [{ test, methods: names, ...variance(whole(values)) }];
    return judged.flatMap((a, first) =>
      judged.slice(first + 1).map((b, offset) => ({
        test,
        methods: [a.method, b.method],
        ...pairResult(test, judged, values, first, first + 1 + offset, marginBetween),
      })),
    );
  });
}

/** Corrects what is tested pair by pair: for all pairs and levels of the same test. */
export function correctedResults(results: readonly NamedResult[]): readonly NamedResult[] {
  const adjusted = new Map<NamedResult, number>();
  for (const test of ["paired-t", "wilcoxon", "tost"] as const) {
    const own = results.filter((one) => one.test === test && one.p !== null);
    for (const [index, p] of holm(own.map((one) => one.p ?? 1)).entries()) {
      const result = own[index];
      if (result !== undefined) adjusted.set(result, p);
    }
  }
  return results.map((one) => ({ ...one, adjustedP: adjusted.get(one) ?? null }));
}

const OVERALL: Partial<Record<NamedTest, (samples: readonly (readonly number[])[]) => FTest | null>> = {
  "brown-forsythe": brownForsythe,
  anova,
  "welch-anova": welchAnova,
};

function normality(values: readonly number[]): PairResult {
  const found = shapiroWilk(values);
  return found === null ? NOTHING : { ...NOTHING, statistic: found.w, p: found.p };
}

function medianOf(values: readonly number[]): PairResult {
  return { ...NOTHING, ...bootstrapInterval(values, (sorted) => medianSorted([...sorted]), SEED) };
}

function variance(found: FTest | null): PairResult {
  if (found === null) return NOTHING;
  const { f, between, within, p } = found;
  return { ...NOTHING, statistic: f, degreesOfFreedom: [between, within], p };
}

function pairResult(
  test: NamedTest,
  judged: readonly MethodSample[],
  values: readonly (readonly number[])[],
  a: number,
  b: number,
  marginBetween: (medianA: number, medianB: number) => number,
): PairResult {
  const [x, y] = [values[a] ?? [], values[b] ?? []];
  switch (test) {
    case "tukey":
      return difference(tukey(values, a, b));
    case "games-howell":
      return difference(gamesHowell(values, a, b));
    case "tost":
      return difference(equivalence(x, y, marginBetween(middleOf(x), middleOf(y)), false));
    case "power":
      return { ...NOTHING, estimate: mean([...x]) - mean([...y]), runs: runsToFind(x, y) };
    default:
      return paired(test, pairedDifferences(judged[a], judged[b]));
  }
}

function difference(found: MeanDifference | null): PairResult {
  if (found === null) return NOTHING;
  const { degreesOfFreedom, ...rest } = found;
  return { ...NOTHING, ...rest, degreesOfFreedom: [degreesOfFreedom] };
}

function paired(test: NamedTest, differences: readonly number[]): PairResult {
  if (differences.length < MIN_VALUES) return NOTHING;
  if (test === "paired-t") return difference(pairedT(differences));
  const { statistic, p } = signedRank(differences);
  const { estimate, low, high } = shiftWithin(differences);
  return { ...NOTHING, statistic, p, estimate, low, high };
}

/** Of the runs that both methods have, run by run. */
function pairedDifferences(a: MethodSample | undefined, b: MethodSample | undefined): number[] {
  const both = (a?.runs ?? []).flatMap(({ run, value }) => {
    const other = b?.runs.find((one) => one.run === run);
    return other === undefined ? [] : [[value, other.value] as const];
  });
  return comparableDifferences(
    both.map(([value]) => value),
    both.map(([, value]) => value),
  );
}

function middleOf(values: readonly number[]): number {
  return medianSorted([...values].sort((a, b) => a - b));
}

/** By the difference of the means over the root of the mean variance. */
function runsToFind(x: readonly number[], y: readonly number[]): number | null {
  const deviation = Math.sqrt((sampleVariance([...x]) + sampleVariance([...y])) / 2);
  return deviation === 0 ? null : runsForPower((mean([...x]) - mean([...y])) / deviation, POWER);
}
