/** Claims at their level, in few experiments; `npm run simulate` has more, and the figures of docs/accuracy.md. */
import { expect, test } from "vitest";
import { type SimulatedDesign, sharesOf } from "./simulated-experiment.ts";

const EQUAL: SimulatedDesign = {
  runs: 10,
  methods: 3,
  backends: 3,
  design: "independent",
  spread: 0.3,
  drift: 0,
  factor: 1,
};
const SEED = 777;
const EXPERIMENTS = 150;
/** 5 %, and three standard errors of what so many experiments say of it. */
const HIGHEST = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / EXPERIMENTS);

test.each([
  ["3 methods × 10 runs, 3 backends", {}],
  ["4 methods × 5 runs", { methods: 4, runs: 5 }],
  ["blocks that drift", { design: "blocks" as const, drift: 0.5 }],
])("methods that don't differ: few reports conclude anything, or have a lead: %s", (_name, design) => {
  const { concluding, leading } = sharesOf(EXPERIMENTS, SEED, { ...EQUAL, ...design });
  expect(concluding).toBeLessThan(HIGHEST);
  expect(leading).toBeLessThan(HIGHEST);
});

test("a method that is slower by twice is found in nearly every report", () => {
  expect(sharesOf(50, SEED, { ...EQUAL, factor: 2 }).concluding).toBeGreaterThan(0.95);
});

test("drift hides a difference from independent runs, and not from blocks", () => {
  const slower = { ...EQUAL, methods: 2, spread: 0.05, drift: 0.5, factor: 1.1 };
  expect(sharesOf(50, SEED, { ...slower, design: "independent" }).concluding).toBeLessThan(0.1);
  expect(sharesOf(50, SEED, { ...slower, design: "blocks" }).concluding).toBeGreaterThan(0.8);
});
