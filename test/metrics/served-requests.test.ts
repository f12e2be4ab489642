import { describe, expect, test } from "vitest";
import type { BalancerMetrics } from "../../src/metrics/balancer-metrics.ts";
import { serversAndRequests } from "../../src/metrics/served-requests.ts";
import { busyPair, distribution, NO_SAMPLES, roundRobinRun, runOf } from "../report/sample-run.ts";

const CLIENTS: BalancerMetrics = {
  address: "192.168.56.104",
  upstreamAddress: "192.168.56.103",
  clientExchanges: 1000,
  matched: 990,
  uncertain: 0,
  retried: 0,
  answeredItself: { "502": 10 },
  unfinished: 0,
  upstreamOnly: 0,
  addedTimeToFirstByteMs: NO_SAMPLES,
  addedTimeToLastByteMs: NO_SAMPLES,
  clientTimeToFirstByteMs: distribution(1000, 2),
  clientTimeToLastByteMs: distribution(1000, 3),
  clientsFailed: 10,
  retriesMs: NO_SAMPLES,
};

describe("the requests of a run", () => {
  test("are the clients' where both sides of the balancer are seen, and its backends are the servers", () => {
    const clients = busyPair({ name: "nginx", source: "192.168.56.1", destination: "192.168.56.104" });
    const run = roundRobinRun();
    const both = { ...run, pairs: [clients, ...run.pairs], balancer: CLIENTS };
    const { served, pairs, clientPairs } = serversAndRequests(both);
    expect(served).toMatchObject({ of: "clients", requests: 1000, failed: 10, failedPercent: 1 });
    expect(served.timeToFirstByteMs?.p50).toBe(2);
    expect(pairs.map(({ name }) => name)).toEqual(["Flask A", "Flask B", "Flask C"]);
    expect(clientPairs.map(({ name }) => name)).toEqual(["nginx"]);
  });

  test("are those of all servers otherwise; times only where they are of all requests", () => {
    const { served, pairs } = serversAndRequests(roundRobinRun());
    expect(served).toMatchObject({ of: "servers", requests: 1000, failed: 0, timeToFirstByteMs: null });
    expect(pairs.length).toBe(3);
    const alone = busyPair({
      name: "A",
      destination: "10.0.0.1",
      http: { requests: 10, responses: 8, unanswered: 2, statuses: { "2xx": 5, "5xx": 3 } },
    });
    const { served: one } = serversAndRequests(runOf([alone]));
    expect(one).toMatchObject({ of: "servers", requests: 10, failed: 5, failedPercent: 50 });
    expect(one.timeToFirstByteMs).toBe(alone.http.timeToFirstByteMs);
  });

  test("count once where all clients of a server are together", () => {
    const clients = ["10.0.0.1", "10.0.0.2"].map((source) =>
      busyPair({ name: "web", source, destination: "10.0.1.1", destinationPort: 80 }),
    );
    const [first] = clients;
    if (first === undefined) throw new Error("there are two");
    const { source: _, states: __, ...traffic } = first;
    const together = {
      ...traffic,
      http: { ...traffic.http, requests: 668 },
      clientCount: 2,
      clientCountIsMinimum: false,
    };
    const { served, pairs, totals } = serversAndRequests(runOf(clients, { allClients: [together] }));
    expect(served.requests).toBe(668);
    expect({ pairs: pairs.length, totals: totals.length }).toEqual({ pairs: 0, totals: 1 });
  });
});
