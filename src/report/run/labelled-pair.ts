/** A pair with the name that reports give it. */
import type { PairMetrics } from "../../metrics/run-metrics.ts";

export interface LabelledPair {
  readonly label: string;
  readonly pair: PairMetrics;
}

/** Pairs under their names; where two have the same one (one server, several clients), `source → name`. */
export function labelPairs(pairs: readonly PairMetrics[]): readonly LabelledPair[] {
  const times = new Map<string, number>();
  for (const { name } of pairs) times.set(name, (times.get(name) ?? 0) + 1);
  return pairs.map((pair) => ({
    label: times.get(pair.name) === 1 ? pair.name : `${pair.source} → ${pair.name}`,
    pair,
  }));
}
