/** The order in which the runs of an experiment are made. */
import { seededRandom, shuffled } from "../experiment/statistics/seeded-random.ts";

/**
 * - `blocks`: every method's first run at every level, then every method's second, …: what drifts meanwhile is the same for all, and
 *   the runs of a block are held against each other
 * - `random`: all runs in an order of chance
 */
export const runOrders = ["blocks", "random"] as const;

/** An order and, where it is one of chance, the number that it comes from. */
export type RunOrder = { readonly kind: "blocks" } | { readonly kind: "random"; readonly seed: number };

export const IN_BLOCKS: RunOrder = { kind: "blocks" };

/** @param runs in blocks */
export function ordered<Run>(runs: readonly Run[], order: RunOrder): readonly Run[] {
  return order.kind === "blocks" ? runs : shuffled(runs, seededRandom(order.seed));
}
