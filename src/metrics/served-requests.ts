/** What users asked for, each request once, and who served it: what a report on one run opens with. */
import type { Distribution } from "./distribution.ts";
import type { AllClientsMetrics, PairMetrics, RunMetrics, TrafficMetrics } from "./run-metrics.ts";
import { failedRequests, percentOf, sumOf } from "./run-totals.ts";

/** Requests, each counted once, as the load generator counts them where the capture sees the clients. */
export interface ServedRequests {
  /** Whose they are: of the balancer's clients, or of whoever asked the servers. */
  readonly of: "clients" | "servers";
  readonly requests: number;
  /** No whole answer, or status 5xx. */
  readonly failed: number;
  readonly failedPercent: number | null;
  /** `null` where they were measured server by server only. */
  readonly timeToFirstByteMs: Distribution | null;
  readonly timeToLastByteMs: Distribution | null;
}

/** Servers in the order of the metrics, none of whose requests is another's, and all requests together. */
export interface ServersAndRequests {
  readonly served: ServedRequests;
  /** Backends of the balancer where its clients are seen, too; otherwise every server that was asked. */
  readonly pairs: readonly PairMetrics[];
  /** Servers of which the clients are not told apart here. */
  readonly totals: readonly AllClientsMetrics[];
  /** From the clients to the balancer, where both of its sides are seen. */
  readonly clientPairs: readonly PairMetrics[];
}

export function serversAndRequests(run: RunMetrics): ServersAndRequests {
  const { balancer, allBackends } = run;
  if (balancer !== null && balancer !== undefined) {
    const { address, upstreamAddress = address } = balancer;
    const requests = balancer.clientExchanges;
    const failed = balancer.clientsFailed ?? 0;
    return {
      served: {
        of: "clients",
        requests,
        failed,
        failedPercent: percentOf(failed, requests),
        timeToFirstByteMs: balancer.clientTimeToFirstByteMs ?? null,
        timeToLastByteMs: balancer.clientTimeToLastByteMs ?? null,
      },
      pairs: run.pairs.filter(({ source }) => source === upstreamAddress),
      totals: [],
      clientPairs: run.pairs.filter(({ destination }) => destination === address),
    };
  }
  const totals = run.allClients ?? [];
  const inTotals = new Set(totals.map(serverOf));
  const pairs = run.pairs.filter((pair) => !inTotals.has(serverOf(pair)));
  const servers = [...totals, ...pairs];
  const [first, second] = servers;
  const alone = second === undefined ? first?.http : undefined;
  const together = allBackends !== undefined && totals.length === 0 ? allBackends : alone;
  const requests = sumOf(servers, ({ http }) => http.requests);
  const failed = sumOf(servers, ({ http }) => failedRequests(http));
  return {
    served: {
      of: "servers",
      requests,
      failed,
      failedPercent: percentOf(failed, requests),
      timeToFirstByteMs: together?.timeToFirstByteMs ?? null,
      timeToLastByteMs: together?.timeToLastByteMs ?? null,
    },
    pairs,
    totals,
    clientPairs: [],
  };
}

/** A server by its address and port: the same for all of its clients. */
export function serverOf({ destination, destinationPort }: TrafficMetrics): string {
  return `${destination} ${destinationPort}`;
}
