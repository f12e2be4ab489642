import type { Experiment } from "../experiment.ts";
import { clientsOf, type Observation, type Observations } from "./observations.ts";
import {
  jainIndex,
  judgeBehaviour,
  type ObservedRun,
  type RequestShare,
  type ShareRow,
} from "./request-share.ts";

/** The request share of every method behind the balancer that has counted requests, run by run. */
export function requestShares(experiment: Experiment, observations: Observations): RequestShare[] {
  const { manifest } = experiment;
  const weightOf = (backend: string) => manifest.backends.find((one) => one.name === backend)?.weight ?? 1;
  return observations.methods
    .filter((method) => !method.baseline && method.algorithm !== "direct")
    .flatMap((method) => {
      const own = observations.list.filter((one) => one.method === method.name);
      if (!own.some((one) => typeof one.values.requests === "number")) return [];
      const backends = observations.backends.filter((name) => own.some((one) => one.backend === name));
      const weights = backends.map(weightOf);
      const runs = [...new Set(own.map((one) => one.run))];
      const rows = runs.map((run) =>
        shareRow(run, own, backends, weights, sentIn(experiment, method.name, run)),
      );
      const totals = backends.map((_, index) =>
        rows.reduce((sum, row) => sum + (row.requests[index] ?? 0), 0),
      );
      const all = totals.reduce((sum, one) => sum + one, 0);
      const seen = (run: number) => seenIn(experiment, method.name, run);
      return [
        {
          method: method.name,
          backends,
          rows,
          totals,
          percent: totals.map((total) => (all === 0 ? null : (100 * total) / all)),
          jain: jainIndex(totals, weights),
          behaviour: judgeBehaviour(
            method.algorithm,
            backends,
            weights,
            rows.map(({ run, requests }) => ({ run, requests, ...seen(run) })),
          ),
        },
      ];
    });
}

/** What the captures of a run show beside the counts. */
function seenIn(
  { runs }: Experiment,
  methodName: string,
  run: number,
): Omit<ObservedRun, "run" | "requests"> {
  const captures = runs.filter((one) => one.method === methodName && one.run === run);
  const [first] = captures;
  const { balancer = null, allBackends } = first?.metrics ?? {};
  return {
    clients: captures.flatMap(({ metrics }) => clientsOf(metrics)),
    ...(captures.length === 1 && allBackends !== undefined && { choices: allBackends.choices }),
    ...(captures.length === 1 &&
      balancer !== null && {
        addresses: balancer.clientAddresses,
        addressesAtSeveral: balancer.clientAddressesAtSeveral,
      }),
  };
}

function shareRow(
  run: number,
  own: readonly Observation[],
  backends: readonly string[],
  weights: readonly number[],
  sent: number | null,
): ShareRow {
  const requests = backends.map(
    (backend) => own.find((one) => one.run === run && one.backend === backend)?.values.requests ?? null,
  );
  const measured = requests.filter((count) => count !== null);
  const isComplete = measured.length === requests.length;
  return {
    run,
    requests,
    total: isComplete ? measured.reduce((sum, count) => sum + count, 0) : null,
    sent,
    jain: isComplete ? jainIndex(measured, weights) : null,
  };
}

/** Requests sent, by the table of requests; else those that the manifest says the load generator should send. */
function sentIn({ manifest, requestsTables }: Experiment, methodName: string, run: number): number | null {
  const file = manifest.methods.find((method) => method.name === methodName)?.requests;
  const table = requestsTables.find((one) => one.fileName === file);
  return table?.rows.find((row) => row.run === run)?.sent ?? manifest.load.requests;
}
