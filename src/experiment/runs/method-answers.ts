/** What became of the requests of a method: the counts behind its failures, over all of its runs and backends. */

import { sumOf, sumsUnder } from "../../metrics/run-totals.ts";
import type { Experiment } from "../experiment.ts";
import type { AtLevels } from "../levels.ts";
import { type MethodFacts, observedPairs } from "./observations.ts";

/** Counts of the exchanges with the backends; `retried` are the clients'. */
export interface MethodAnswers extends AtLevels {
  readonly method: string;
  readonly requests: number;
  /** Final responses by class: `2xx`. */
  readonly statuses: Readonly<Record<string, number>>;
  /** `null` where the answers of a backend do not pass the tap. */
  readonly unanswered: number | null;
  /** The connection ended before request or response had. */
  readonly aborted: number;
  /** Connections that never came about. */
  readonly failedHandshakes: number;
  /** Connections that one side reset. */
  readonly resets: number;
  /** Client requests that the balancer sent to more than one backend; `null` where no run saw both of its sides. */
  readonly retried: number | null;
}

/** One for each method of which captures were analyzed, in the order of the reports. */
export function methodAnswers(
  { runs, manifest }: Experiment,
  methods: readonly MethodFacts[],
): MethodAnswers[] {
  return methods.flatMap(({ name }) => {
    const own = runs.filter(({ method }) => method === name);
    if (own.length === 0) return [];
    const pairs = own.flatMap((run) => observedPairs(run, manifest, methods).map(({ pair }) => pair));
    const statuses: Record<string, number> = {};
    for (const { http } of pairs) sumsUnder(http.statuses, (status) => status, statuses);
    const balancers = own.flatMap(({ metrics }) => metrics.balancer ?? []);
    return {
      method: name,
      requests: sumOf(pairs, ({ http }) => http.requests),
      statuses,
      unanswered: pairs.some(({ http }) => http.unanswered === null)
        ? null
        : sumOf(pairs, ({ http }) => http.unanswered),
      aborted: sumOf(pairs, ({ http }) => http.aborted),
      failedHandshakes: sumOf(pairs, ({ transport }) => transport.failedHandshakes),
      resets: sumOf(pairs, ({ transport }) => transport.resets),
      retried: balancers.length === 0 ? null : sumOf(balancers, ({ retried }) => retried),
    };
  });
}
