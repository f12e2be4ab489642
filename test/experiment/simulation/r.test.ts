/** Statistics of random tables as R has them: 40 tables here, 200 by `npm run compare:r`. Skipped where there is no R. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compareWithR } from "./compare-with-r.ts";

const hasR = spawnSync("Rscript", ["--version"]).status === 0;
const ORACLE = fileURLToPath(new URL("oracle.R", import.meta.url));
const TABLES = 40;

test.skipIf(!hasR)("summaries, tests, shifts and corrections are R's", { timeout: 120_000 }, () => {
  const { agreements, missing } = compareWithR(TABLES, ORACLE);
  expect(missing).toEqual([]);
  expect(agreements.map(({ statistic }) => statistic).sort()).toEqual(
    [
      "confidenceHigh",
      "confidenceLow",
      "high",
      "holm",
      "low",
      "mean",
      "median",
      "n",
      "overall",
      "overallP",
    ].concat(["p", "shift", "standardDeviation", "statistic"]),
  );
  for (const { compared, maxDifference, worst } of agreements) {
    expect(compared).toBeGreaterThan(TABLES);
    expect(maxDifference, worst).toBeLessThan(1e-8);
  }
});
