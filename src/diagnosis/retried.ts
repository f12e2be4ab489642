/** Clients that another backend answered after one had failed them: the balancer's retries. */
import type { RunMetrics } from "../metrics/run-metrics.ts";
import { MILLISECONDS_PER_SECOND } from "../units.ts";
import { FAILED_ATTEMPTS, serverFilter } from "./display-filter.ts";
import type { RetriedFinding } from "./finding.ts";

/** One finding for the whole run, where the capture sees both sides of the balancer and a client's request was tried again. */
export function findRetried({ balancer }: RunMetrics): readonly RetriedFinding[] {
  if (balancer === null || balancer === undefined) return [];
  const { count, mean, p50, max } = balancer.retriesMs;
  if (mean === null || p50 === null || max === null) return [];
  const { address, upstreamAddress = address } = balancer;
  return [
    {
      kind: "retried",
      pair: null,
      pairIndex: null,
      beginSeconds: null,
      endSeconds: null,
      requests: count,
      failedRequests: 0,
      addedSeconds: (mean * count) / MILLISECONDS_PER_SECOND,
      certainty: "certain",
      displayFilter: `${serverFilter(upstreamAddress, null, null, null)} && ${FAILED_ATTEMPTS}`,
      retryP50Ms: p50,
      retryMaxMs: max,
    },
  ];
}
