/** Tests by their names on random samples, by lbqos and by R (`named-oracle.R`). */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { anova, brownForsythe, welchAnova } from "../../../src/experiment/statistics/analysis-of-variance.ts";
import {
  equivalence,
  gamesHowell,
  pairedT,
  powerOfT,
  tukey,
} from "../../../src/experiment/statistics/mean-differences.ts";
import { comparableDifferences } from "../../../src/experiment/statistics/ranks.ts";
import { seededRandom } from "../../../src/experiment/statistics/seeded-random.ts";
import { normalQuantile, shapiroWilk } from "../../../src/experiment/statistics/shapiro-wilk.ts";
import { signedRank } from "../../../src/experiment/statistics/signed-rank.ts";

type Values = readonly (readonly [string, number])[];

const POWERS: readonly (readonly [number, number])[] = [
  [3, 0.5],
  [5, 1.2],
  [10, 0.8],
  [40, 0.1],
  [64, 0.5],
];

/** Sets of two to five samples of 3 to 30 values: normal, of unequal spread, skewed, with ties. */
function randomSets(count: number): number[][][] {
  const random = seededRandom(20_261_130);
  const normal = () => normalQuantile(random() * 0.999998 + 0.000001);
  return Array.from({ length: count }, (_, set) =>
    Array.from({ length: 2 + Math.floor(random() * 4) }, (_one, sample) => {
      const size = 3 + Math.floor(random() ** 2 * 28);
      const spread = set % 3 === 0 ? 1 : 0.2 + 2 * random();
      const shift = random() < 0.5 ? 0 : sample * 0.7;
      return Array.from({ length: size }, () => {
        const value = 5 + shift + spread * normal();
        if (set % 4 === 1) return Math.exp(value / 3);
        return set % 4 === 2 ? Math.round(value * 10) / 10 : value;
      });
    }),
  );
}

function valuesOf(samples: readonly (readonly number[])[], set: string): Values {
  const values: [string, number][] = [];
  for (const [index, sample] of samples.entries()) {
    const found = shapiroWilk(sample);
    if (found === null) throw new Error("a sample without spread");
    values.push([`${set}|${index + 1}|shapiroW`, found.w], [`${set}|${index + 1}|shapiroP`, found.p]);
  }
  for (const [name, found] of [
    ["anova", anova(samples)],
    ["welch", welchAnova(samples)],
    ["brown", brownForsythe(samples)],
  ] as const) {
    if (found === null) throw new Error(name);
    values.push(
      [`${set}|${name}|f`, found.f],
      [`${set}|${name}|within`, found.within],
      [`${set}|${name}|p`, found.p],
    );
  }
  for (const [i, x] of samples.entries()) {
    for (const [j, y] of samples.entries()) {
      if (j <= i) continue;
      const key = `${set}|${i + 1}|${j + 1}`;
      const common = Math.min(x.length, y.length);
      const differences = comparableDifferences(x.slice(0, common), y.slice(0, common));
      const [own, games, same, paired] = [
        tukey(samples, i, j),
        gamesHowell(samples, i, j),
        equivalence(x, y, 0.3, false),
        pairedT(differences),
      ];
      if (own === null || games === null || same === null || paired === null) throw new Error(key);
      values.push([`${key}|tukeyLow`, own.low], [`${key}|tukeyHigh`, own.high], [`${key}|tukeyP`, own.p]);
      values.push([`${key}|gamesP`, games.p], [`${key}|gamesHigh`, games.high]);
      values.push([`${key}|tostP`, same.p], [`${key}|tostLow`, same.low]);
      values.push([`${key}|pairedP`, paired.p], [`${key}|pairedLow`, paired.low]);
      values.push([`${key}|wilcoxonP`, signedRank(differences).p]);
    }
  }
  return values;
}

export interface NamedAgreement {
  readonly compared: number;
  /** Relative to R's value, or absolute where that is below 1: p and bounds alike. */
  readonly maxDifference: number;
  readonly worst: string;
}

/** By the name of each figure. @param oracle path of `named-oracle.R` */
export function compareNamedWithR(count: number, oracle: string): ReadonlyMap<string, NamedAgreement> {
  const sets = randomSets(count);
  const folder = mkdtempSync(join(tmpdir(), "lbqos-named-"));
  try {
    const lines = sets.flatMap((samples, set) =>
      samples.map((sample, index) => [set + 1, index + 1, ...sample].join(" ")),
    );
    writeFileSync(join(folder, "samples"), `${lines.join("\n")}\n`);
    writeFileSync(join(folder, "powers"), `${POWERS.map((one) => one.join(" ")).join("\n")}\n`);
    const output = execFileSync("Rscript", [oracle, join(folder, "samples"), join(folder, "powers")], {
      encoding: "utf8",
      maxBuffer: 1e9,
    });
    const own = new Map([
      ...sets.flatMap((samples, set) => valuesOf(samples, `${set + 1}`)),
      ...POWERS.map(([n, effect]) => [`power|${n}|${effect}`, powerOfT(n, effect)] as const),
    ]);
    return agreements(own, output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function agreements(own: ReadonlyMap<string, number>, output: string): ReadonlyMap<string, NamedAgreement> {
  const byName = new Map<string, NamedAgreement>();
  for (const line of output.trim().split("\n")) {
    const at = line.lastIndexOf("|");
    const key = line.slice(0, at);
    const expected = Number(line.slice(at + 1));
    const value = own.get(key);
    if (value === undefined) throw new Error(`not computed here: ${line}`);
    const difference = Math.abs(value - expected) / Math.max(1, Math.abs(expected));
    const name = key.startsWith("power") ? "power" : key.replace(/^\d+\|(\d+\|)*/, "");
    const known = byName.get(name) ?? { compared: 0, maxDifference: 0, worst: "" };
    const isWorst = !(difference <= known.maxDifference);
    byName.set(name, {
      compared: known.compared + 1,
      maxDifference: isWorst ? difference : known.maxDifference,
      worst: isWorst ? `${line}, here ${value}` : known.worst,
    });
  }
  return byName;
}
