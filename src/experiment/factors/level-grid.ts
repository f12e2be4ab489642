/** Combinations of levels as tables and charts lay them out: one factor along, the others by themselves. */

import { type AtLevels, type Levels, levelKey } from "../levels.ts";
import type { Factor } from "./factor.ts";

export interface LevelGrid {
  /** Whose levels lie side by side, or along the axis: the first that is a number, else the first. */
  readonly axis: Factor;
  readonly others: readonly Factor[];
  /** The levels of the other factors that occur, in the order of the rows; one without any where there are none. */
  readonly strata: readonly Levels[];
}

/** `null` where the experiment has no factors. @param rows at all levels, in the order of the reports */
export function levelGrid(factors: readonly Factor[], rows: readonly AtLevels[]): LevelGrid | null {
  const axis = factors.find(({ numbers, levels }) => numbers !== null && levels.length > 1) ?? factors[0];
  if (axis === undefined) return null;
  const strata = new Map<string, Levels>();
  for (const { levels = {} } of rows) {
    const { [axis.name]: along, ...rest } = levels;
    if (along !== undefined && axis.levels.includes(along) && !strata.has(levelKey(rest)))
      strata.set(levelKey(rest), rest);
  }
  return { axis, others: factors.filter((one) => one !== axis), strata: [...strata.values()] };
}

/** The row of a method at a level of the axis, within a stratum. */
export function rowAt<Row extends AtLevels & { readonly method: string }>(
  rows: readonly Row[],
  method: string,
  { axis }: LevelGrid,
  stratum: Levels,
  level: string,
): Row | undefined {
  const key = levelKey({ ...stratum, [axis.name]: level });
  return rows.find((row) => row.method === method && levelKey(row.levels ?? {}) === key);
}
