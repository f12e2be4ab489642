/** An experiment with factors as several without: one for each combination of levels, in which only the method varies. */
import type { Experiment } from "../experiment.ts";
import { type AtLevels, type Levels, levelKey } from "../levels.ts";
import type { ManifestMethod } from "../manifest/manifest.ts";
import { type Factor, NO_LEVEL } from "./factor.ts";

/** What was observed at one combination of levels. */
export interface FactorCell {
  /** `null`: the experiment has no factors. */
  readonly levels: Levels | null;
  readonly experiment: Experiment;
}

/** The combinations that have runs or rows, in the order of the factors' levels, the last factor's changing fastest. */
export function cellsOf(experiment: Experiment, factors: readonly Factor[]): readonly FactorCell[] {
  if (factors.length === 0) return [{ levels: null, experiment }];
  const complete = ({ levels = {} }: AtLevels): Levels =>
    Object.fromEntries(factors.map(({ name }) => [name, levels[name] ?? NO_LEVEL]));
  const keyOf = (one: AtLevels) => levelKey(complete(one));
  const { runs, tables, manifest } = experiment;
  const keys = new Set([...runs, ...tables.flatMap(({ rows }) => rows)].map(keyOf));
  const combinations = factors.reduce<readonly Levels[]>(
    (all, { name, levels }) =>
      all.flatMap((one) => [...levels, NO_LEVEL].map((level) => ({ ...one, [name]: level }))),
    [{}],
  );
  const cells = combinations
    .filter((levels) => keys.has(levelKey(levels)))
    .map((levels) => {
      const isHere = (one: AtLevels) => keyOf(one) === levelKey(levels);
      return {
        levels,
        experiment: {
          ...experiment,
          runs: runs.filter(isHere),
          tables: tables.map((table) => ({ ...table, rows: table.rows.filter(isHere), means: [] })),
        },
      };
    });
  return cells.map((cell, index) => {
    const isExpected = (method: ManifestMethod) =>
      hasRuns(method, cell.experiment) ||
      variesAs(method, factors, experiment) ||
      (index === 0 && !hasRuns(method, experiment));
    const methods = manifest.methods.filter(isExpected);
    return { ...cell, experiment: { ...cell.experiment, manifest: { ...manifest, methods } } };
  });
}

function hasRuns({ name, results }: ManifestMethod, { runs, tables }: Experiment): boolean {
  return (
    runs.some(({ method }) => method === name) ||
    tables.some(({ rows }) => rows.some(({ method }) => method === (results?.method ?? name)))
  );
}

/** Whether the method has runs at several levels, so that one without them lacks something; a direct test may have none. */
function variesAs({ name }: ManifestMethod, factors: readonly Factor[], { runs }: Experiment): boolean {
  return runs.some(
    ({ method, levels = {} }) => method === name && factors.every((factor) => factor.name in levels),
  );
}
