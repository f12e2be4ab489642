import { expect, test } from "vitest";
import { lossBounds } from "../../src/metrics/loss.ts";

const NO_DOUBTS = {
  fewer: 0,
  more: 0,
  expected: 0,
  byHoles: false,
  repeated: 0,
  connections: 0,
  otherShare: 0,
};

function bounds(lost: { beyond?: number; before?: number }, sent: number, doubts = {}) {
  const { beyond = 0, before = 0 } = lost;
  const counts = {
    wireSegments: sent - before,
    lostBeyondTap: beyond,
    lostBeforeTap: before,
    captureDrops: 0,
  };
  const { atLeast, atMost } = lossBounds(counts, { ...NO_DOUBTS, ...doubts });
  return [atLeast, atMost];
}

test("nothing lost, nothing in doubt: a single number", () => {
  expect(bounds({}, 1000, { connections: 100 })).toEqual([0, 0]);
});

test("what the evidence leaves open", () => {
  expect(bounds({ beyond: 5 }, 1000, { fewer: 2, more: 3 })).toEqual([3, 8]);
});

// P(X > 2) = 1 - e^-0.5 (1 + 0.5 + 0.125) = 1.4 %, P(X > 1) = 9.0 %: two.
test("repeats lost as what they repeat, where holes tell: 50 lost of 5000, a hundredth of them again, mean 0.5", () => {
  expect(bounds({ before: 50 }, 5000, { byHoles: true })).toEqual([50, 52]);
  expect(bounds({ before: 50 }, 5000)).toEqual([50, 50]);
});

// 3 * 0.05 * 0.05 * 100 = 0.75: P(X > 2) = 4.05 %, P(X > 3) = 0.7 %: three, either way.
test("the ends of 100 connections with 5 % lost", () => {
  expect(bounds({ beyond: 20 }, 400, { connections: 100 })).toEqual([17, 23]);
});

// (0.1 + 0.1) * (30 - 20) = 2: P(X > 4) = 5.3 %, P(X > 5) = 1.7 %: five.
test("needless repeats whose duplicate SACK was lost, or stood for several", () => {
  expect(bounds({ beyond: 20 }, 20000, { repeated: 30, otherShare: 0.1 })).toEqual([15, 20]);
});

// Mean 4: P(X > 8) = 2.1 %: four more or fewer, and a fifth of four.
test("lost of what was sent again in vain: expected, not seen", () => {
  expect(bounds({ beyond: 20 }, 20000, { expected: 4 })).toEqual([15, 25]);
});
