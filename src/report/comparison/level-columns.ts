/** The columns that say at which levels a row was measured; none in an experiment without factors. */
import type { Comparison } from "../../experiment/comparison/comparison.ts";
import { type Factor, factorTitle, NO_LEVEL } from "../../experiment/factors/factor.ts";
import { type AtLevels, levelsText } from "../../experiment/levels.ts";
import { text, textColumn } from "../cells.ts";
import type { Cell, Column, Table } from "../document.ts";

/** One for each factor, to stand behind the method's. */
export function levelColumns({ factors = [] }: Pick<Comparison, "factors">): Column[] {
  return factors.map((factor) =>
    factor.numbers === null
      ? textColumn(factorTitle(factor))
      : { ...textColumn(factorTitle(factor)), align: "right" },
  );
}

/** The levels of a row, one cell for each of `levelColumns`. */
export function levelCells({ factors = [] }: Pick<Comparison, "factors">, { levels = {} }: AtLevels): Cell[] {
  return factors.map((factor) => levelCell(factor, levels[factor.name] ?? NO_LEVEL));
}

/** `10kB` stays as it is written; `300` is a number, so that a spreadsheet sorts it. */
function levelCell({ numbers }: Factor, level: string): Cell {
  const number = Number(level);
  if (numbers === null || String(number) !== level) return text(level);
  return { kind: "number", value: number, digits: level.split(".")[1]?.length ?? 0 };
}

/** A method with its levels, where there are factors: `round-robin, load 300`. */
export function namedMethod(method: string, { levels }: AtLevels): string {
  return levels === undefined ? method : `${method}, ${levelsText(levels)}`;
}

/** Says that the method and its levels name a row together. */
export function namedByLevels({ factors = [] }: Pick<Comparison, "factors">): Pick<Table, "nameColumns"> {
  return factors.length === 0 ? {} : { nameColumns: 1 + factors.length };
}
