import { readFileSync } from "node:fs";
import type { AnalyzedRun, Experiment } from "../../src/experiment/experiment.ts";
import { parseManifest } from "../../src/experiment/manifest/parse-manifest.ts";
import { parseRequestsTable } from "../../src/experiment/tables/requests-table.ts";
import { parseResultsTable } from "../../src/experiment/tables/results-table.ts";
import { type RunSketch, runMetrics } from "./run-metrics-builder.ts";

/** An experiment of analyzed captures: `name → run → what was measured`. */
export function experimentOf(
  manifestText: string,
  sketches: Readonly<Record<string, readonly RunSketch[]>>,
): Experiment {
  const runs = Object.entries(sketches).flatMap(([method, list]) =>
    list.map(
      (sketch, index): AnalyzedRun => ({
        method,
        run: index + 1,
        files: [`${method}/${index + 1}.pcapng`],
        contentHash: null,
        metrics: runMetrics(sketch),
      }),
    ),
  );
  return { manifest: parseManifest(manifestText, "experiment.yaml"), runs, tables: [], requestsTables: [] };
}

function published(name: string): string {
  return readFileSync(new URL(`../../fixtures/published/${name}`, import.meta.url), "utf8");
}

/** The study's tables, as published. */
export const publishedRuns = parseResultsTable(published("published-runs.csv"), "published-runs.csv");
export const publishedMeans = parseResultsTable(published("published-means.csv"), "published-means.csv");
export const publishedRequests = parseRequestsTable(
  published("published-requests.csv"),
  "published-requests.csv",
);

/** The study as an experiment without captures. */
export const publishedExperiment: Experiment = {
  manifest: parseManifest(
    [
      "title: The study",
      "results: published-runs.csv",
      "methods:",
      "  - name: direct",
      "  - name: round-robin",
      "    requests: published-requests.csv",
      "  - name: least-connection",
      "  - name: ip-hash",
    ].join("\n"),
    "experiment.yaml",
  ),
  runs: [],
  tables: [publishedRuns],
  requestsTables: [publishedRequests],
};
