/** The factors of an experiment: from its manifest, and from the levels that its runs and tables have. */
import type { Experiment } from "../experiment.ts";
import type { Levels } from "../levels.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { compareNaturally } from "../manifest/natural-order.ts";
import { levelNumbers } from "./level-number.ts";

/** Something that was varied on purpose besides the method. */
export interface Factor {
  readonly name: string;
  /** Of its levels: `1/s`, `B`; empty: none, or it is not said. */
  readonly unit: string;
  /** That runs have, without `NO_LEVEL`; numbers ascending, else in the order of their names. */
  readonly levels: readonly string[];
  /** The same levels as numbers in the unit (`10kB` is 10000); `null`: one of them is no number. */
  readonly numbers: readonly number[] | null;
}

/** Stands for the level of a run that has none of a factor. */
export const NO_LEVEL = "–";

/** The factors that runs or tables have levels of, those of the manifest first; empty: the method alone varies. */
export function factorsOf({ manifest, runs, tables }: Experiment): readonly Factor[] {
  const all: Levels[] = [
    ...runs.map(({ levels = {} }) => levels),
    ...tables.flatMap(({ rows }) => rows.map(({ levels = {} }) => levels)),
  ];
  const used = new Set(all.flatMap((levels) => Object.keys(levels)));
  const stated = (manifest.factors ?? []).filter(({ name }) => used.has(name));
  const names = [...new Set([...stated.map(({ name }) => name), ...used])];
  return names.map((name) => {
    const levels = [...new Set(all.flatMap(({ [name]: level }) => level ?? []))];
    return factorWith(name, levels, stated.find((one) => one.name === name)?.unit ?? "");
  });
}

/** The factors that a manifest names, by themselves or with the levels of captures. */
export function namedFactors({ factors = [], methods }: Manifest): readonly string[] {
  const used = methods.flatMap(({ captures }) => captures.flatMap(({ levels = {} }) => Object.keys(levels)));
  return [...new Set([...factors.map(({ name }) => name), ...used])];
}

function factorWith(name: string, levels: readonly string[], unit: string): Factor {
  const read = levelNumbers(levels);
  if (read === null) return { name, unit, levels: [...levels].sort(compareNaturally), numbers: null };
  const pairs = levels.map((level, index) => ({ level, number: read.numbers[index] ?? 0 }));
  pairs.sort((a, b) => a.number - b.number);
  return {
    name,
    unit: unit === "" ? read.unit : unit,
    levels: pairs.map(({ level }) => level),
    numbers: pairs.map(({ number }) => number),
  };
}

/** `load (1/s)`. */
export function factorTitle({ name, unit }: Factor): string {
  return unit === "" ? name : `${name} (${unit})`;
}
