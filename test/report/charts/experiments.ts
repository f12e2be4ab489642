/** Experiments to draw: the study's published tables, and the project's own captures. */
import { readFileSync } from "node:fs";
import { analyze } from "../../../src/analysis/analyze.ts";
import { compareMethods } from "../../../src/experiment/comparison/compare-methods.ts";
import type { Comparison } from "../../../src/experiment/comparison/comparison.ts";
import { parseManifest } from "../../../src/experiment/manifest/parse-manifest.ts";
import type { ChartSpec } from "../../../src/report/charts/chart-spec.ts";
import { publishedExperiment } from "../../experiment/experiment-builder.ts";

export const published: Comparison = compareMethods(publishedExperiment);

const MANIFEST = `title: Captures
balancer: 192.168.56.103
backends:
  - {name: Flask A, address: 192.168.56.109}
  - {name: Flask B, address: 192.168.56.113}
  - {name: Flask C, address: 192.168.56.110}
methods:
  - {name: direct, baseline: true, source: 192.168.56.1}
  - {name: round-robin}
  - {name: ip-hash}
`;

const RUNS = [
  { method: "direct", run: 1, file: "direct-fa-1", source: "192.168.56.1" },
  { method: "direct", run: 2, file: "direct-fb-1", source: "192.168.56.1" },
  { method: "round-robin", run: 1, file: "round-robin-1", source: "192.168.56.103" },
  { method: "round-robin", run: 2, file: "round-robin-2", source: "192.168.56.103" },
  { method: "ip-hash", run: 1, file: "ip-hash-1", source: "192.168.56.103" },
] as const;

/** Two runs of round-robin, one of ip-hash, two direct ones, analyzed with what curves are drawn from. */
export async function compareCaptures(): Promise<Comparison> {
  const manifest = parseManifest(MANIFEST, "experiment.yaml");
  const runs = [];
  for (const { method, run, file, source } of RUNS) {
    const bytes = readFileSync(new URL(`../../../fixtures/captures/${file}.pcapng.gz`, import.meta.url));
    const metrics = await analyze(bytes, { balancer: source, backends: manifest.backends, chartData: true });
    runs.push({ method, run, files: [`${file}.pcapng.gz`], contentHash: null, metrics });
  }
  return compareMethods({ manifest, runs, tables: [], requestsTables: [] });
}

/** The chart of a name. */
export function chartNamed(charts: readonly ChartSpec[], id: string): ChartSpec {
  const chart = charts.find((one) => one.id === id);
  if (chart === undefined) throw new Error(`no chart ${id} among ${charts.map((one) => one.id).join(", ")}`);
  return chart;
}
