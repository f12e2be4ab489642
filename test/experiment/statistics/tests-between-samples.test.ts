import fc from "fast-check";
import { sampleVariance } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { cliffsDelta } from "../../../src/experiment/statistics/cliffs-delta.ts";
import {
  detectableShift,
  runsForShift,
  runsNeeded,
  smallestP,
  smallestPOf,
} from "../../../src/experiment/statistics/design-limits.ts";
import { friedman } from "../../../src/experiment/statistics/friedman.ts";
import { holm } from "../../../src/experiment/statistics/holm.ts";
import { kruskalWallis } from "../../../src/experiment/statistics/kruskal-wallis.ts";
import { mannWhitney } from "../../../src/experiment/statistics/mann-whitney.ts";
import { shiftBetween, shiftWithin } from "../../../src/experiment/statistics/shift.ts";
import { signedRank } from "../../../src/experiment/statistics/signed-rank.ts";
import { ALPHA } from "../../../src/experiment/statistics/significance.ts";
import { normalNumbers, uniformNumbers } from "../simulation/simulated-experiment.ts";

// R's data set `airquality`: ozone in New York, 1973, by month, without the missing days.
const OZONE = {
  may: [41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37],
  june: [29, 71, 39, 23, 21, 37, 20, 12, 13],
  july: [
    135, 49, 32, 64, 40, 77, 97, 97, 85, 10, 27, 7, 48, 35, 61, 79, 63, 16, 80, 108, 20, 52, 82, 50, 64, 59,
  ],
  august: [
    39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85,
  ],
  september: [
    96, 78, 73, 91, 47, 32, 20, 23, 21, 24, 44, 21, 28, 9, 13, 46, 18, 13, 24, 16, 13, 23, 36, 7, 14, 30, 14,
    18, 20,
  ],
};

// Hollander & Wolfe (1973), p. 69 f.: permeability constants of the human chorioamnion (R's `?wilcox.test`).
const AT_TERM = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
const EARLY = [1.15, 0.88, 0.9, 0.74, 1.21];

/** Simulated. */
const EXPERIMENTS = 1000;

const someNumbers = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 12 });

describe("Kruskal–Wallis", () => {
  test("R's published example: airquality, H = 29.267, df = 4, p = 6.901e-06", () => {
    const result = kruskalWallis(Object.values(OZONE));
    expect(result?.statistic).toBeCloseTo(29.2665763061, 8);
    expect(result?.degreesOfFreedom).toBe(4);
    expect(result?.p).toBeCloseTo(6.90071411855e-6, 14);
  });

  test("Hollander & Wolfe (1973), p. 116: mucociliary efficiency, as in R's ?kruskal.test", () => {
    const result = kruskalWallis([
      [2.9, 3.0, 2.5, 2.6, 3.2],
      [3.8, 2.7, 4.0, 2.4],
      [2.8, 3.4, 3.7, 2.2, 2.0],
    ]);
    expect(result?.statistic).toBeCloseTo(0.771428571429, 10);
    expect(result?.p).toBeCloseTo(0.679964773579, 10);
  });

  test("equal values can't be ranked", () => {
    expect(
      kruskalWallis([
        [1, 1],
        [1, 1, 1],
      ]),
    ).toBeNull();
  });

  test("a common shift, and another order of the samples, change nothing", () => {
    fc.assert(
      fc.property(someNumbers, someNumbers, someNumbers, fc.integer(), (a, b, c, shift) => {
        const moved = [c, b, a].map((sample) => sample.map((value) => value + (shift % 1000)).reverse());
        const [before, after] = [kruskalWallis([a, b, c]), kruskalWallis(moved)];
        if (before === null) expect(after).toBeNull();
        else expect(after?.statistic).toBeCloseTo(before.statistic, 9);
      }),
    );
  });
});

describe("Mann–Whitney", () => {
  test("Hollander & Wolfe's example, exact: W = 35, as in R's ?wilcox.test (p = 0.1272 one-sided)", () => {
    const result = mannWhitney(AT_TERM, EARLY);
    expect(result.statistic).toBe(35);
    expect(result.method).toBe("exact");
    expect(result.p).toBeCloseTo(2 * 0.127206127206, 10);
  });

  test("R's published example with ties: airquality, May and August, W = 127.5, p = 0.0001208", () => {
    const result = mannWhitney(OZONE.may, OZONE.august);
    expect(result.statistic).toBe(127.5);
    expect(result.method).toBe("normal");
    expect(result.p).toBeCloseTo(1.20807830769e-4, 13);
  });

  test("exact up to 49 values, the normal approximation from 50 on, as R 4.2.2 does", () => {
    const x = Array.from({ length: 60 }, (_, i) => i + 1 + 0.5 * Math.sin(i + 1));
    const y = Array.from({ length: 60 }, (_, i) => i + 5 + 0.3 * Math.cos(i + 1));
    const big = mannWhitney(x, y);
    expect([big.statistic, big.method]).toEqual([1568, "normal"]);
    expect(big.p).toBeCloseTo(0.224343252124396, 12);
    const exact = mannWhitney(x.slice(0, 49), y.slice(0, 40));
    expect([exact.statistic, exact.method]).toEqual([1000, "exact"]);
    expect(exact.p).toBeCloseTo(0.872872261536247, 12);
  });

  test("samples that don't overlap: 2 of all the orders, here 2 / C(10, 5)", () => {
    expect(mannWhitney([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]).p).toBeCloseTo(2 / 252, 14);
  });

  test("equal values speak for no difference", () => {
    expect(mannWhitney([7, 7, 7], [7, 7]).p).toBe(1);
  });

  test("the exact tail counts what listing every order counts", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 2, maxLength: 9 }), fc.nat(), (values, cut) => {
        const n = 1 + (cut % (values.length - 1));
        const [x, y] = [values.slice(0, n), values.slice(n)];
        const { statistic: u, p } = mannWhitney(x, y);
        const middle = (n * y.length) / 2;
        let extreme = 0;
        let orders = 0;
        for (let chosen = 0; chosen < 2 ** values.length; chosen++) {
          const first = values.filter((_, index) => (chosen >> index) % 2 === 1);
          if (first.length !== n) continue;
          const second = values.filter((value) => !first.includes(value));
          orders++;
          const statistic = first.reduce((sum, a) => sum + second.filter((b) => a > b).length, 0);
          if (Math.abs(statistic - middle) >= Math.abs(u - middle)) extreme++;
        }
        expect(p).toBeCloseTo(Math.min(1, extreme / orders), 12);
      }),
      { numRuns: 60 },
    );
  });

  test("swapping the samples mirrors U and keeps p", () => {
    fc.assert(
      fc.property(someNumbers, someNumbers, (x, y) => {
        const [there, back] = [mannWhitney(x, y), mannWhitney(y, x)];
        expect(there.statistic + back.statistic).toBe(x.length * y.length);
        expect(there.p).toBeCloseTo(back.p, 12);
        expect(there.p).toBeGreaterThan(0);
        expect(there.p).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("Holm", () => {
  // Reference: R 4.2.2, p.adjust(p, "holm"), and the first of its published examples (?p.adjust, set.seed(123)).
  test("R's p.adjust", () => {
    expect(holm([0.04, 0.01, 0.03, 0.02, 0.05])).toEqual([0.09, 0.05, 0.09, 0.08, 0.09]);
    const p = [
      2.35405350798e-7,
      2.10159024072e-5,
      2.57684187404e-5,
      9.81478332361e-5,
      ...new Array<number>(46).fill(0.9),
    ];
    const adjusted = holm(p);
    expect(adjusted[0]).toBeCloseTo(1.17702675399e-5, 14);
    expect(adjusted[1]).toBeCloseTo(1.02977921795e-3, 12);
    expect(adjusted[2]).toBeCloseTo(1.23688409954e-3, 12);
    expect(adjusted[3]).toBeCloseTo(4.6129481621e-3, 12);
    expect(adjusted[49]).toBe(1);
  });

  test("pairwise.wilcox.test of R on airquality, Holm by default", () => {
    const { may, june, july, august, september } = OZONE;
    const months = [may, june, july, august, september];
    const pairs = months.flatMap((x, i) => months.slice(i + 1).map((y) => mannWhitney(x, y).p));
    const expected = [
      0.57750494318174, 0.00029963895856, 0.00108727047692, 0.47437233358595, 0.0848174816868,
      0.1295388045924, 1, 1, 0.00595408336525, 0.0227356853325,
    ];
    for (const [index, p] of holm(pairs).entries()) expect(p).toBeCloseTo(expected[index] ?? Number.NaN, 11);
  });

  test("never smaller than given, never above 1, and in the same order", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (p) => {
        const adjusted = holm(p);
        for (const [i, a] of adjusted.entries()) {
          expect(a).toBeGreaterThanOrEqual(p[i] ?? Number.NaN);
          expect(a).toBeLessThanOrEqual(1);
          for (const [j, b] of adjusted.entries())
            if ((p[i] ?? 0) < (p[j] ?? 0)) expect(a).toBeLessThanOrEqual(b);
        }
      }),
    );
  });
});

describe("Cliff's delta", () => {
  test.each([
    [[1, 2, 3], [4, 5], -1, "large"],
    [[1, 2], [1, 2], 0, "negligible"],
    // Pairs: 1>0, 1=1, 3>0, 3>1: (3 − 0) / 4.
    [[1, 3], [0, 1], 0.75, "large"],
    // 5 of 10 pairs above, 3 below: 0.2.
    [[5], [1, 2, 3, 4, 4, 6, 7, 8, 5, 5], 0.2, "small"],
    // 6 above, 2 below, 2 equal: 0.4.
    [[5], [1, 2, 3, 4, 4, 4, 6, 7, 5, 5], 0.4, "medium"],
  ] as const)("%j against %j", (x, y, delta, magnitude) => {
    expect(cliffsDelta(x, y)).toEqual({ delta, magnitude });
  });

  test("antisymmetric, and within −1 … 1", () => {
    fc.assert(
      fc.property(someNumbers, someNumbers, (x, y) => {
        const { delta, magnitude } = cliffsDelta(x, y);
        const swapped = cliffsDelta(y, x);
        expect(swapped.delta + delta).toBe(0);
        expect(swapped.magnitude).toBe(magnitude);
        expect(Math.abs(delta)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("is U counted from the middle", () => {
    fc.assert(
      fc.property(someNumbers, someNumbers, (x, y) => {
        const pairs = x.length * y.length;
        expect(cliffsDelta(x, y).delta).toBeCloseTo((2 * mannWhitney(x, y).statistic - pairs) / pairs, 12);
      }),
    );
  });
});

// Hollander & Wolfe (1973), p. 29 f.: depression scores before and after therapy (R's `?wilcox.test`).
const BEFORE = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
const AFTER = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
const differencesOf = (x: readonly number[], y: readonly number[]) =>
  x.map((one, index) => one - (y[index] ?? 0));

describe("Wilcoxon's signed-rank test", () => {
  test("R's published example, exact: V = 40, p = 0.0390625", () => {
    const result = signedRank(differencesOf(BEFORE, AFTER));
    expect(result).toMatchObject({ name: "signed-rank", statistic: 40, method: "exact" });
    expect(result.p).toBeCloseTo(0.0390625, 14);
  });

  test("with a tie and a zero, as R's normal approximation: V = 1.5, p = 0.2652", () => {
    const result = signedRank(differencesOf([1, 2, 3, 5, 5], [2, 2, 5, 4, 7]));
    expect(result).toMatchObject({ statistic: 1.5, method: "normal" });
    expect(result.p).toBeCloseTo(0.265205392591508, 12);
  });

  test("equal values speak for no difference", () => {
    expect(signedRank([0, 0, 0]).p).toBe(1);
  });
});

describe("Friedman", () => {
  test("R's published example: rounding times of 22 players, chi-squared = 11.143, p = 0.0038", () => {
    const times = [
      [5.4, 5.5, 5.55],
      [5.85, 5.7, 5.75],
      [5.2, 5.6, 5.5],
      [5.55, 5.5, 5.4],
      [5.9, 5.85, 5.7],
      [5.45, 5.55, 5.6],
      [5.4, 5.4, 5.35],
      [5.45, 5.5, 5.35],
      [5.25, 5.15, 5.0],
      [5.85, 5.8, 5.7],
      [5.25, 5.2, 5.1],
      [5.65, 5.55, 5.45],
      [5.6, 5.35, 5.45],
      [5.05, 5.0, 4.95],
      [5.5, 5.5, 5.4],
      [5.45, 5.55, 5.5],
      [5.55, 5.55, 5.35],
      [5.45, 5.5, 5.55],
      [5.5, 5.45, 5.25],
      [5.65, 5.6, 5.4],
      [5.7, 5.65, 5.55],
      [6.3, 6.3, 6.25],
    ];
    const result = friedman(times);
    expect(result?.statistic).toBeCloseTo(11.1428571428571, 11);
    expect(result?.p).toBeCloseTo(0.00380504077551136, 13);
  });

  test("blocks of equal values can't be ranked", () => {
    expect(
      friedman([
        [1, 1, 1],
        [2, 2, 2],
      ]),
    ).toBeNull();
  });
});

describe("the shift of Hodges and Lehmann", () => {
  test("as R's wilcox.test(conf.int = TRUE): of independent samples, and of pairs", () => {
    const between = shiftBetween(AT_TERM, EARLY);
    expect(between.estimate).toBeCloseTo(0.305, 12);
    expect([between.low, between.high]).toEqual([expect.closeTo(-0.15, 12), expect.closeTo(0.76, 12)]);
    const within = shiftWithin(differencesOf(BEFORE, AFTER));
    expect(within.estimate).toBeCloseTo(0.46, 12);
    expect([within.low, within.high]).toEqual([expect.closeTo(0.01, 12), expect.closeTo(0.786, 12)]);
  });

  test("so few runs have no interval of 95 %", () => {
    expect(shiftBetween([1, 2, 3], [4, 5, 6])).toEqual({ estimate: -3, low: null, high: null });
    expect(shiftWithin([1, 2, 3, 4, 5])).toEqual({ estimate: 3, low: null, high: null });
    expect(shiftBetween([1, 2, 3, 4], [5, 6, 7, 8]).low).toBe(-7);
  });

  test("its sign is the direction of the test, whatever the medians say", () => {
    fc.assert(
      fc.property(someNumbers, someNumbers, (x, y) => {
        const { delta } = cliffsDelta(x, y);
        const { estimate } = shiftBetween(x, y);
        expect(Math.sign(estimate) * Math.sign(delta)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe("what a design can show at best", () => {
  test("the smallest p, and the runs that do", () => {
    expect(smallestP("independent", 5)).toBeCloseTo(2 / 252, 14);
    expect(smallestP("blocks", 5)).toBeCloseTo(2 / 32, 14);
    // Pairs of 2, 3, 4, 5 and 7 methods.
    expect([1, 3, 6, 10, 21].map((pairs) => runsNeeded("independent", pairs))).toEqual([4, 5, 5, 6, 6]);
    expect([1, 3, 6, 10].map((pairs) => runsNeeded("blocks", pairs))).toEqual([6, 7, 8, 9]);
  });

  test("ties raise it", () => {
    expect(smallestPOf("independent", [1, 1, 1, 1, 1], [1, 1, 1, 1, 2])).toBeGreaterThan(0.3);
    expect(smallestPOf("independent", [1, 7, 3, 8, 5], [2, 4, 6, 9, 10])).toBeCloseTo(2 / 252, 14);
  });

  test("a detectable shift shrinks with the runs, and the runs for a shift detect it", () => {
    const found = detectableShift("independent", 1, 10, 3) ?? Number.NaN;
    expect(found).toBeGreaterThan(1);
    expect(detectableShift("independent", 1, 20, 3)).toBeLessThan(found);
    expect(detectableShift("independent", 1, 4, 3)).toBeNull();
    expect(runsForShift("independent", 1, found, 3)).toBe(10);
    expect(runsForShift("independent", 1, 1e-6, 3)).toBeNull();
  });

  test.each([
    ["independent", 10, 1],
    ["independent", 5, 3],
    ["independent", 25, 1],
    ["blocks", 7, 3],
    ["blocks", 12, 1],
  ] as const)("of %s, %d runs and %d pairs, four of five experiments find it", (design, runs, pairs) => {
    const normal = normalNumbers(uniformNumbers(7));
    const sample = () => Array.from({ length: runs }, normal);
    const found = Array.from({ length: EXPERIMENTS }, () => {
      const before = [sample(), sample()] as const;
      const [x, y] = [sample(), sample()];
      const variance =
        design === "blocks"
          ? sampleVariance(before[0])
          : (sampleVariance(before[0]) + sampleVariance(before[1])) / 2;
      const shift = detectableShift(design, Math.sqrt(variance), runs, pairs) ?? Number.NaN;
      const test =
        design === "blocks"
          ? signedRank(x.map((one) => one + shift))
          : mannWhitney(
              x.map((one) => one + shift),
              y,
            );
      return pairs * test.p < ALPHA;
    });
    // Within three standard errors.
    expect(Math.abs(found.filter(Boolean).length / EXPERIMENTS - 0.8)).toBeLessThan(0.04);
  });
});
