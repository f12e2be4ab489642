import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chiSquareTail } from "../../../src/experiment/statistics/chi-square-tail.ts";
import { upperNormalTail } from "../../../src/experiment/statistics/normal-tail.ts";
import { studentTFactor } from "../../../src/experiment/statistics/student-t.ts";

/** Equal to `digits` significant digits. */
function expectDigits(actual: number, expected: number, digits = 10): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(Math.abs(expected) * 10 ** -digits);
}

// Reference: R 4.2.2, qt(0.975, df) and qt(0.995, df).
test.each([
  [1, 12.7062047361747, 63.6567411628715],
  [2, 4.30265272974946, 9.92484320091829],
  [3, 3.18244630528371, 5.84090930973335],
  [4, 2.77644510519779, 4.60409487134999],
  [5, 2.57058183563631, 4.03214298355523],
  [8, 2.30600413520417, 3.3553873313334],
  [9, 2.2621571627982, 3.24983554159213],
  [29, 2.0452296421327, 2.7563859036706],
  [30, 2.04227245630124, 2.74999565356723],
  [101, 1.98373100295561, 2.62538596466844],
])("Student's t with %i degrees of freedom", (degreesOfFreedom, t95, t99) => {
  expectDigits(studentTFactor(degreesOfFreedom, 0.95), t95);
  expectDigits(studentTFactor(degreesOfFreedom, 0.99), t99);
});

// Reference: R 4.2.2, pnorm(z, lower.tail = FALSE).
test.each([
  [-6, 0.999999999013412],
  [-2.5, 0.993790334674224],
  [-1, 0.841344746068543],
  [0, 0.5],
  [0.3, 0.382088577811047],
  [1.959963984540054, 0.025],
  [2.49, 0.00638715476494317],
  [2.51, 0.00603655808041266],
  [4, 3.16712418331199e-5],
  [8, 6.22096057427178e-16],
  [30, 4.90671392714819e-198],
])("upper normal tail at %d", (z, p) => {
  expectDigits(upperNormalTail(z), p);
});

// Reference: R 4.2.2, pchisq(x, df, lower.tail = FALSE).
test.each([
  [1, 0.2, 0.654720846018577],
  [1, 3, 0.0832645166635506],
  [1, 29.26657631, 6.30743275305401e-8],
  [2, 3, 0.22313016014843],
  [2, 150, 2.67863696180808e-33],
  [3, 0.2, 0.977589297761649],
  [3, 3, 0.391625176271089],
  [4, 3, 0.557825400371075],
  [4, 29.26657631, 6.90071410600585e-6],
  [5, 3, 0.699985835878628],
  [5, 150, 1.33513788730031e-30],
  [10, 29.26657631, 0.00112802130247004],
  [11, 3, 0.990725886365735],
  [11, 150, 1.49046995813602e-26],
])("chi-square tail with %i degrees of freedom at %d", (degreesOfFreedom, x, p) => {
  expectDigits(chiSquareTail(x, degreesOfFreedom), p);
});

describe("properties", () => {
  test("the two normal tails make 1", () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true }), (z) => {
        expect(upperNormalTail(z) + upperNormalTail(-z)).toBeCloseTo(1, 13);
      }),
    );
  });

  test("tails fall as their argument grows and stay within 0 … 1", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 90, noNaN: true }),
        fc.double({ min: 0.01, max: 9, noNaN: true }),
        (degreesOfFreedom, x, step) => {
          const here = chiSquareTail(x, degreesOfFreedom);
          const further = chiSquareTail(x + step, degreesOfFreedom);
          expect(here).toBeLessThanOrEqual(1 + 1e-12);
          expect(further).toBeGreaterThanOrEqual(0);
          expect(further).toBeLessThanOrEqual(here + 1e-12);
        },
      ),
    );
  });
});
