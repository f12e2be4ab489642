/**
 * `npm run simulate -- --experiments N`: how often reports conclude what isn't so, how often they find what is, and how often
 * intervals cover the mean. The figures of docs/accuracy.md.
 */
import { parseArgs } from "node:util";
import { summarize } from "../../../src/experiment/statistics/sample-summary.ts";
import {
  normalNumbers,
  type SimulatedDesign,
  sharesOf,
  simulatedComparison,
  uniformNumbers,
} from "./simulated-experiment.ts";

const { values } = parseArgs({ options: { experiments: { type: "string", default: "1000" } } });
const EXPERIMENTS = Number(values.experiments);
const SEED = 777;
const EQUAL: SimulatedDesign = {
  runs: 10,
  methods: 3,
  backends: 1,
  design: "independent",
  spread: 0.3,
  drift: 0,
  factor: 1,
};

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

console.log(
  `Methods that don't differ, ${EXPERIMENTS} experiments each: reports that conclude a difference; that have a lead`,
);
const designs: readonly Partial<SimulatedDesign>[] = [
  {},
  { backends: 3 },
  { runs: 5 },
  { methods: 2 },
  { methods: 4, runs: 5, backends: 3 },
  { spread: 1 },
  { design: "blocks" },
  { design: "blocks", drift: 0.5, backends: 3 },
  { drift: 0.5 },
];
for (const design of designs) {
  const whole = { ...EQUAL, ...design };
  const { concluding, leading } = sharesOf(EXPERIMENTS, SEED, whole);
  console.log(`${nameOf(whole)}: ${percent(concluding)}; ${percent(leading)}`);
}

console.log(
  "\nThe last method is slower by the shift that the report calls detectable: reports that find a difference to both others",
);
for (const design of [{ methods: 2 }, {}, { runs: 20 }, { runs: 7, design: "blocks" }] as const) {
  const whole: SimulatedDesign = { ...EQUAL, spread: 0.05, ...design };
  console.log(`${nameOf(whole)}: ${percent(power(whole))} of pairs`);
}

console.log(
  "\nDrift from run to run (0.5) and a method slower by 10 % of its runs' spread of 0.05: conclusions",
);
for (const design of ["independent", "blocks"] as const) {
  const whole: SimulatedDesign = { ...EQUAL, design, methods: 2, spread: 0.05, drift: 0.5, factor: 1.1 };
  console.log(`${design}: ${percent(sharesOf(EXPERIMENTS, SEED, whole).concluding)}`);
}

console.log("\n95 % intervals that cover the mean: on the scale of logarithms; Student's t");
for (const spread of [0.1, 0.3, 1])
  for (const runs of [5, 10])
    console.log(`lognormal, spread ${spread}, ${runs} runs: ${coverage(spread, runs)}`);

function nameOf({ runs, methods, backends, design, spread, drift }: SimulatedDesign): string {
  return `${methods} methods × ${runs} runs, ${backends} backends, ${design}, spread ${spread}, drift ${drift}`;
}

/** Of the pairs with the slower method, how many are told apart, if it is slower by what equal methods' reports say. */
function power(design: SimulatedDesign): number {
  const normal = normalNumbers(uniformNumbers(SEED));
  let found = 0;
  let pairs = 0;
  for (let index = 0; index < EXPERIMENTS; index++) {
    const shift = detectableOf(design, normal);
    const { tests } = simulatedComparison({ ...design, factor: 1 + shift / 5 }, normal);
    for (const pair of tests.find(({ role }) => role === "primary")?.pairs ?? []) {
      if (pair.b !== `m${design.methods - 1}`) continue;
      pairs++;
      if (pair.adjustedP < 0.05) found++;
    }
  }
  return found / pairs;
}

function detectableOf(design: SimulatedDesign, normal: () => number): number {
  return simulatedComparison({ ...design, factor: 1 }, normal).primary.limits?.detectableShift ?? Number.NaN;
}

function coverage(spread: number, runs: number): string {
  const normal = normalNumbers(uniformNumbers(SEED));
  const mean = Math.exp(spread ** 2 / 2);
  const samples = 10 * EXPERIMENTS;
  let covered = 0;
  let coveredByT = 0;
  for (let index = 0; index < samples; index++) {
    const sample = Array.from({ length: runs }, () => Math.exp(spread * normal()));
    const summary = summarize(sample);
    // Where a value is negative the interval is Student's: the sample shifted far below 0 and back.
    const far = summarize(sample.map((one) => one - 1000));
    if (summary === null || far === null) continue;
    if ((summary.confidenceLow ?? 0) <= mean && mean <= (summary.confidenceHigh ?? 0)) covered++;
    if ((far.confidenceLow ?? 0) + 1000 <= mean && mean <= (far.confidenceHigh ?? 0) + 1000) coveredByT++;
  }
  return `${percent(covered / samples)}; ${percent(coveredByT / samples)}`;
}
