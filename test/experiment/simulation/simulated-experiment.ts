/** Experiments with a known truth: results tables drawn by a generator with a seed, compared as `lbqos compare` does. */
import { compareMethods } from "../../../src/experiment/comparison/compare-methods.ts";
import type { Comparison } from "../../../src/experiment/comparison/comparison.ts";
import { experimentMetrics, type MetricKey } from "../../../src/experiment/experiment-metrics.ts";
import { parseManifest } from "../../../src/experiment/manifest/parse-manifest.ts";
import type { DesignKind } from "../../../src/experiment/statistics/design-limits.ts";
import type { ResultRow } from "../../../src/experiment/tables/results-table.ts";

/** Metrics of network and server that every row has: all but the one that tables don't have. */
export const SIMULATED: readonly MetricKey[] = experimentMetrics
  .filter(({ key, group }) => group !== "pace" && key !== "failedPercent")
  .map(({ key }) => key);

/** How an experiment is drawn. */
export interface SimulatedDesign {
  readonly runs: number;
  readonly methods: number;
  readonly backends: number;
  readonly design: DesignKind;
  /** Spread of the logarithms of a run's values, and of what the runs of a block have in common. */
  readonly spread: number;
  readonly drift: number;
  /** What the last method's times to first byte are multiplied with; 1: methods don't differ. */
  readonly factor: number;
}

/** Mulberry32: uniform numbers of a seed, the same on every machine. */
export function uniformNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Box and Muller's. */
export function normalNumbers(uniform: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

export function simulatedComparison(design: SimulatedDesign, normal: () => number): Comparison {
  const rows: ResultRow[] = [];
  for (let run = 1; run <= design.runs; run++) {
    const block = SIMULATED.map(() => design.drift * normal());
    for (let method = 0; method < design.methods; method++) {
      for (let backend = 0; backend < design.backends; backend++) {
        const values = SIMULATED.map((key, index) => {
          const isShifted = method === design.methods - 1 && key === "timeToFirstByteMeanMs";
          return [
            key,
            5 * Math.exp((block[index] ?? 0) + design.spread * normal()) * (isShifted ? design.factor : 1),
          ];
        });
        rows.push({
          fileName: "runs.csv",
          line: rows.length + 2,
          method: `m${method}`,
          backend: `B${backend}`,
          run,
          values: Object.fromEntries(values),
          printed: {},
        });
      }
    }
  }
  const table = { fileName: "runs.csv", rows, means: [], metrics: SIMULATED, withoutUnit: [], ignored: [] };
  const manifest = parseManifest(`results: runs.csv\ndesign: ${design.design}`, "experiment.yaml");
  return compareMethods({ manifest, runs: [], tables: [table], requestsTables: [] });
}

/** Whether the report concludes that two methods differ: of the primary metric, as its tests and its sentence have it. */
export function concludes({ tests, findings }: Comparison): boolean {
  const isTold = tests.some(
    ({ role, pairs }) =>
      role === "primary" && pairs.some(({ verdict }) => verdict === "differs" || verdict === "small"),
  );
  const sentence = findings.find(({ code }) => code === "conclusion")?.text.en ?? "";
  if (isTold !== /is best|is (lower|higher) than/.test(sentence)) throw new Error(sentence);
  return isTold;
}

/** Whether anything stands out among the exploratory comparisons. */
export function hasLeads({ findings }: Comparison): boolean {
  return findings.some(({ code, text }) => code === "exploratory" && !/none stands out/.test(text.en));
}

/** Shares of so many experiments that conclude a difference, and that have leads. */
export function sharesOf(
  experiments: number,
  seed: number,
  design: SimulatedDesign,
): { readonly concluding: number; readonly leading: number } {
  const normal = normalNumbers(uniformNumbers(seed));
  let concluding = 0;
  let leading = 0;
  for (let index = 0; index < experiments; index++) {
    const comparison = simulatedComparison(design, normal);
    if (concludes(comparison)) concluding++;
    if (hasLeads(comparison)) leading++;
  }
  return { concluding: concluding / experiments, leading: leading / experiments };
}
