/** What was observed of the methods at one combination of levels, before anything is compared. */
import type { FactorCell } from "../factors/cells.ts";
import { type Pooling, poolingOf } from "../runs/method-runs.ts";
import { collectObservations, type MethodFacts, type Observations } from "../runs/observations.ts";
import {
  type MethodSummary,
  methodSummaries,
  type Rating,
  type RunTable,
  runTables,
} from "../runs/run-tables.ts";

export interface ObservedCell extends FactorCell {
  readonly observations: Observations;
  readonly tables: readonly RunTable[];
  readonly summaries: readonly MethodSummary[];
  /** With runs, in the order of the reports. */
  readonly methods: readonly MethodFacts[];
  /** Methods behind the balancer. */
  readonly contenders: readonly string[];
  /** Name of the method without the balancer; `null`: there is none. */
  readonly baseline: string | null;
  /** Backends with runs, in the order of the reports. */
  readonly backends: readonly string[];
}

/** Cells with their tables, and what their times are taken over: the best that all of them allow. */
export function observedCells(
  cells: readonly FactorCell[],
  rating: Rating,
): { readonly observed: readonly ObservedCell[]; readonly pooling: Pooling } {
  const collected = cells.map((cell) => ({ cell, observations: collectObservations(cell.experiment) }));
  const pooling = worstPooling(
    collected.map(({ cell: { experiment }, observations }) => poolingOf(experiment, observations)),
  );
  return { pooling, observed: collected.map((one) => observedCell(one, rating, pooling)) };
}

function observedCell(
  { cell, observations }: { readonly cell: FactorCell; readonly observations: Observations },
  rating: Rating,
  pooling: Pooling,
): ObservedCell {
  const tables = runTables(observations, rating);
  const summaries = methodSummaries(observations, rating, cell.experiment.runs, pooling);
  const methods = observations.methods.filter(({ name }) => tables.some(({ method }) => method === name));
  return {
    ...cell,
    observations,
    tables,
    summaries,
    methods,
    contenders: methods.filter(({ baseline }) => !baseline).map(({ name }) => name),
    baseline: methods.find(({ baseline }) => baseline)?.name ?? null,
    backends: observations.backends.filter((name) => tables.some(({ backend }) => backend === name)),
  };
}

const FROM_BEST: readonly Pooling[] = ["clients", "backends", "means"];

function worstPooling(all: readonly Pooling[]): Pooling {
  const worst = FROM_BEST.findLast((one) => all.includes(one));
  return worst ?? "selections";
}
