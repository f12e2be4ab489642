/** A pair with the name that reports give it. */
import { endpointText } from "../../metrics/endpoints.ts";
import type { AllClientsMetrics, PairMetrics, TrafficMetrics } from "../../metrics/run-metrics.ts";

/** What was measured to one server, with the name of its row. */
export interface LabelledTraffic {
  readonly label: string;
  readonly pair: TrafficMetrics;
}

export interface LabelledPair extends LabelledTraffic {
  readonly pair: PairMetrics;
}

/** From short to long; pairs of one name get the first form that tells them apart. */
const FORMS: readonly ((pair: PairMetrics) => string)[] = [
  ({ name }) => name,
  ({ name, destinationPort }) => endpointText(name, destinationPort),
  ({ name, source }) => `${source} → ${name}`,
  ({ name, source, destinationPort }) => `${source} → ${endpointText(name, destinationPort)}`,
];

/** Pairs under their names; where several have the same one, with what differs: the port, the source, or both. */
export function labelPairs(pairs: readonly PairMetrics[]): readonly LabelledPair[] {
  const byName = new Map<string, PairMetrics[]>();
  for (const pair of pairs) {
    const namesakes = byName.get(pair.name);
    if (namesakes === undefined) byName.set(pair.name, [pair]);
    else namesakes.push(pair);
  }
  const forms = new Map<string, (pair: PairMetrics) => string>();
  for (const [name, namesakes] of byName) {
    const apart = FORMS.find((form) => new Set(namesakes.map(form)).size === namesakes.length);
    forms.set(name, apart ?? endpointsOf);
  }
  return pairs.map((pair) => ({ label: (forms.get(pair.name) ?? endpointsOf)(pair), pair }));
}

/** All clients of a server under its name, and where several servers have the same one, its port. */
export function labelTotals(
  totals: readonly AllClientsMetrics[],
  label: (server: string) => string,
): readonly LabelledTraffic[] {
  const names = totals.map(({ name }) => name);
  const isUnique = new Set(names).size === names.length;
  return totals.map((pair) => ({
    label: label(isUnique ? pair.name : endpointText(pair.name, pair.destinationPort)),
    pair,
  }));
}

function endpointsOf({ source, destination, destinationPort }: PairMetrics): string {
  return `${source} → ${endpointText(destination, destinationPort)}`;
}
