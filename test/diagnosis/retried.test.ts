import { expect, test } from "vitest";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import type { Distribution } from "../../src/metrics/distribution.ts";
import type { RunMetrics } from "../../src/metrics/run-metrics.ts";
import { distribution, NO_SAMPLES, roundRobinRun } from "../report/sample-run.ts";

/** A run whose balancer tried so many requests again. */
function runWith(retriesMs: Distribution): RunMetrics {
  return {
    ...roundRobinRun(),
    balancer: {
      address: "10.0.0.1",
      upstreamAddress: "10.1.0.1",
      clientExchanges: 100,
      matched: 100,
      uncertain: 0,
      retried: retriesMs.count,
      answeredItself: {},
      unfinished: 0,
      upstreamOnly: 0,
      addedTimeToFirstByteMs: NO_SAMPLES,
      addedTimeToLastByteMs: NO_SAMPLES,
      retriesMs,
    },
  };
}

test("requests that were tried again, and what it cost", () => {
  const retries = { ...distribution(4, 2000), mean: 1500, max: 3000 };
  expect(diagnose(runWith(retries)).findings).toEqual([
    {
      kind: "retried",
      pair: null,
      pairIndex: null,
      beginSeconds: null,
      endSeconds: null,
      requests: 4,
      failedRequests: 0,
      addedSeconds: 6,
      certainty: "certain",
      displayFilter:
        "ip.addr == 10.1.0.1 && (http.response.code >= 500 || tcp.flags.reset == 1 || (tcp.flags.syn == 1 && tcp.analysis.retransmission))",
      retryP50Ms: 2000,
      retryMaxMs: 3000,
    },
  ]);
});

test("nothing was tried again", () => {
  expect(diagnose(runWith(NO_SAMPLES)).findings).toEqual([]);
  expect(diagnose(roundRobinRun()).findings).toEqual([]);
});
