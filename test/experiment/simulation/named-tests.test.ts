/** Tests by their names as R has them: 25 sets of samples here, 200 by `npm run compare:r`. Skipped where there is no R. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compareNamedWithR } from "./named-tests.ts";

const hasR = spawnSync("Rscript", ["--version"]).status === 0;
const ORACLE = fileURLToPath(new URL("named-oracle.R", import.meta.url));
const SETS = Number(process.env["LBQOS_R_SETS"] ?? 25);

test.skipIf(!hasR)("tests by their names are R's", { timeout: 120_000 }, () => {
  const agreements = compareNamedWithR(SETS, ORACLE);
  expect([...agreements.keys()].sort()).toEqual(
    [
      "anova|f",
      "anova|p",
      "anova|within",
      "brown|f",
      "brown|p",
      "brown|within",
      "gamesHigh",
      "gamesP",
    ].concat(
      ["pairedLow", "pairedP", "power", "shapiroP", "shapiroW", "tostLow", "tostP", "tukeyHigh", "tukeyLow"],
      ["tukeyP", "welch|f", "welch|p", "welch|within", "wilcoxonP"],
    ),
  );
  for (const [name, { compared, maxDifference, worst }] of agreements) {
    expect(compared).toBeGreaterThan(name === "power" ? 4 : SETS - 1);
    // R ends the search for its quantile at 10⁻⁴, and its p of few degrees of freedom is good to four digits: scipy's is ours.
    // Of three values with W near 1, p hangs on the last digits of W.
    const limit = /^(tukey|games)(High|Low)/.test(name)
      ? 1e-3
      : name === "gamesP"
        ? 1e-4
        : /shapiroP/.test(name)
          ? 1e-7
          : 1e-9;
    expect(maxDifference, `${name}: ${worst}`).toBeLessThan(limit);
  }
});
