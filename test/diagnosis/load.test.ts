/** Findings about what was asked: queues, and several runs in one capture. */
import { describe, expect, test } from "vitest";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import type { Finding } from "../../src/diagnosis/finding.ts";
import { type MadeRequest, madeRun, requestsAt, usualMs } from "./made-run.ts";

function findingsOf(requests: readonly MadeRequest[]): readonly Finding[] {
  return diagnose(madeRun([{ name: "A", requests }])).findings;
}

describe("queue", () => {
  /** One server that takes so long for each request, first come, first served. */
  const served = (perSecond: number, seconds: number, serviceMs: (at: number) => number): MadeRequest[] => {
    let freeSeconds = 0;
    return requestsAt(perSecond, seconds, () => ({ firstByteMs: 0 })).map((request) => {
      const { atSeconds } = request;
      freeSeconds = Math.max(freeSeconds, atSeconds) + serviceMs(atSeconds) / 1000;
      return { ...request, firstByteMs: (freeSeconds - atSeconds) * 1000 };
    });
  };

  test("more requests than a server can serve, all the time", () => {
    // 100 per second of which 80 are served: after 12 s 240 are behind, and the last one waits 3 s.
    const findings = findingsOf(served(100, 12, () => 12.5));
    expect(findings).toMatchObject([
      {
        kind: "queue",
        pair: "A",
        beginSeconds: null,
        endSeconds: null,
        certainty: "likely",
        cause: "server",
      },
    ]);
    const [queue] = findings;
    if (queue?.kind !== "queue") throw new Error("no queue");
    expect(queue.requestsPerSecond).toBeCloseTo(100, -1);
    expect(queue.inFlightMost).toBeGreaterThan(180);
    expect(queue.inFlightMost).toBeLessThan(300);
  });

  test("for a while: from the time on when a request takes longer, until it is gone", () => {
    const findings = findingsOf(served(100, 20, (at) => (at >= 4 && at < 12 ? 14 : 2)));
    expect(findings.map(({ kind }) => kind)).toEqual(["queue"]);
    expect(findings[0]?.beginSeconds).toBeGreaterThan(3);
    expect(findings[0]?.beginSeconds).toBeLessThan(5.1);
    // At 12 s whoever asks waits 3.2 s, at 14 s half of that, at 16 s not any more; a window has a second.
    expect(findings[0]?.endSeconds).toBeGreaterThanOrEqual(13.9);
    expect(findings[0]?.endSeconds).toBeLessThan(15.1);
  });

  test("is none where a server keeps up, is slow at once, or is asked more and more", () => {
    expect(findingsOf(served(100, 12, (at) => 4 + (Math.floor(at * 7) % 3)))).toEqual([]);
    const late = requestsAt(100, 12, (at, index) => ({ firstByteMs: at >= 5 ? 200 : usualMs(index) }));
    expect(findingsOf(late).map(({ kind }) => kind)).toEqual(["slow"]);
    const more = Array.from({ length: 3000 }, (_, index) => ({
      ...{ atSeconds: Math.sqrt(index / 20), firstByteMs: usualMs(index) },
    }));
    expect(findingsOf(more)).toEqual([]);
  });
});

describe("several runs", () => {
  const run = (from: number, perSecond = 50, seconds = 5) =>
    requestsAt(perSecond, seconds, (_, index) => ({ firstByteMs: usualMs(index) })).map((request) => ({
      ...{ ...request, atSeconds: from + request.atSeconds },
    }));

  test("with long silences between", () => {
    const [finding, ...others] = findingsOf([...run(0), ...run(30), ...run(47)]);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      ...{ kind: "severalRuns", pair: null, certainty: "likely", requests: 750, failedRequests: 0, runs: 3 },
    });
    if (finding?.kind !== "severalRuns") throw new Error("no runs");
    expect(finding.longestSilenceSeconds).toBeCloseTo(25, 0);
    expect(finding.begunSeconds.map(Math.round)).toEqual([0, 30, 47]);
  });

  test("are none with short silences, few requests, or a request that waits", () => {
    expect(findingsOf([...run(0), ...run(12)])).toEqual([]);
    expect(findingsOf([...run(0), ...run(30, 1, 5)])).toEqual([]);
    expect(findingsOf(run(0, 1, 120).filter((_, index) => index % 15 === 0))).toEqual([]);
    const waits = [...run(0), { atSeconds: 4.99, firstByteMs: null }, ...run(30)];
    expect(findingsOf(waits)).toEqual([]);
  });
});
