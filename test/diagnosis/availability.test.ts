/** How much of a run's time requests were served, counted by hand; and times of outages against those of fixtures/outages. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { availabilityOf, backendAvailability } from "../../src/diagnosis/availability.ts";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import { withDiagnosis } from "../../src/diagnosis/diagnosed-run.ts";
import type { ExchangeRow } from "../../src/metrics/exchanges/exchange-row.ts";
import { madeRun, requestsAt, usualMs } from "./made-run.ts";

const FOLDER = fileURLToPath(new URL("../../fixtures/outages/", import.meta.url));

/** 20 s of ten requests each. */
function ofBackend(of: Parameters<typeof requestsAt>[2]) {
  const { availability } = diagnose(madeRun([{ name: "A", requests: requestsAt(10, 20, of) }]));
  return availability;
}

test("a service that answers is always available", () => {
  expect(ofBackend((_, index) => ({ firstByteMs: usualMs(index) }))).toEqual({
    of: "backends",
    percent: 100,
    unservedSeconds: 0,
    seconds: expect.closeTo(20, 0),
  });
});

test.each([
  ["4 of 20 s with errors", { firstByteMs: 1, status: 503 }, 80],
  ["the same without answers that end in nothing", { firstByteMs: 3500 }, 80],
  ["answers that are late, but less than 3 s", { firstByteMs: 2400 }, 100],
])("%s: %#", (_title, bad, percent) => {
  const availability = ofBackend((at, index) => (at >= 8 && at < 12 ? bad : { firstByteMs: usualMs(index) }));
  expect(availability?.percent).toBe(percent);
});

test("one failure among ten requests is a second without service, one among thirty is none", () => {
  const failing = (perSecond: number) =>
    diagnose(
      madeRun([
        {
          name: "A",
          requests: requestsAt(perSecond, 20, (at) => ({ firstByteMs: 1, status: at === 5 ? 500 : 200 })),
        },
      ]),
    ).availability?.percent;
  expect(failing(10)).toBe(95);
  expect(failing(30)).toBe(100);
});

test("while those who asked wait and ask nothing, it is as it was", () => {
  const requests = requestsAt(10, 20, (at) => ({ firstByteMs: at >= 8 && at < 9 ? 5000 : 1 })).filter(
    ({ atSeconds }) => atSeconds < 9 || atSeconds >= 14,
  );
  // 8 to 14 s.
  expect(diagnose(madeRun([{ name: "A", requests }])).availability?.percent).toBe(70);
});

test("years in which nobody asks cost no time", () => {
  const requests = requestsAt(1, 2, () => ({ firstByteMs: 1 })).map((one, index) => ({
    ...one,
    atSeconds: index * 1e9,
  }));
  const run = madeRun([{ name: "A", requests }]);
  const pairs = (run.timelines?.pairs ?? []).map((one) => (one === null ? null : { ...one, stepSeconds: 1 }));
  const availability = availabilityOf({ ...run, timelines: { allClients: [], pairs } });
  expect(availability).toMatchObject({ percent: 100, unservedSeconds: 0 });
  expect(availability?.seconds).toBeGreaterThan(9e8);
}, 1000);

test("a backend is available while it is not out", () => {
  const states = [
    { state: "up", fromSeconds: 0, toSeconds: 40, reason: null },
    { state: "failing", fromSeconds: 40, toSeconds: 50, reason: "5xx" },
  ] as const;
  expect(backendAvailability(states, [])).toBe(100);
  expect(backendAvailability(states, [{ beginSeconds: 10, recoverySeconds: 5 }])).toBe(90);
  expect(backendAvailability(states, [{ beginSeconds: 40, recoverySeconds: null }])).toBe(80);
  expect(backendAvailability(undefined, [])).toBeNull();
});

test("outages at known times: when the balancer turned away, and when each backend served again", async () => {
  const truth: Readonly<Record<string, { address: string; fromUnixSeconds: string; toUnixSeconds: string }>> =
    JSON.parse(readFileSync(`${FOLDER}outages.truth.json`, "utf8"));
  const rows: ExchangeRow[] = [];
  const run = withDiagnosis(
    await analyze(`${FOLDER}outages.pcapng.gz`, { onExchange: (row) => rows.push(row) }),
  );
  const startSeconds = Date.parse(run.capture.start ?? "") / 1000;
  const { outages, availability } = run.diagnosis;
  const byName = Object.entries(truth).map(([name, { address, fromUnixSeconds, toUnixSeconds }]) => {
    const own = outages.filter(({ pair }) => pair === address);
    expect(own).toHaveLength(1);
    const { beginSeconds = 0, failoverSeconds = null, recoverySeconds = null } = own[0] ?? {};
    const [from, to] = [Number(fromUnixSeconds) - startSeconds, Number(toUnixSeconds) - startSeconds];
    expect(Math.abs(beginSeconds - from)).toBeLessThan(0.5);
    // A backend serves again at the first request after its return that is answered well: nginx leaves A alone for 10 s.
    const returned = Math.min(
      ...rows
        .filter(({ server, status }) => server.startsWith(address) && status === 200)
        .map(({ requestStartSeconds: at, timeToFirstByteMs }) => (at ?? 0) + (timeToFirstByteMs ?? 0) / 1000)
        .filter((at) => at > to),
    );
    expect(Math.abs(beginSeconds + (recoverySeconds ?? 0) - returned)).toBeLessThan(0.1);
    return [name, failoverSeconds];
  });
  // Of the others nginx waits 60 s for an answer, and asks on.
  expect(Object.fromEntries(byName)).toEqual({ "Flask A": 0, "Flask B": null, "Flask C": null });
  expect(availability).toMatchObject({ of: "backends" });
  expect(availability?.percent).toBe(servedPercent(rows));
});

/** The same from single exchanges, in whole seconds: within each, at most one in twenty failed or took 3 s. */
function servedPercent(rows: readonly ExchangeRow[]): number {
  const seconds = new Map<number, { all: number; bad: number }>();
  for (const { requestStartSeconds, status, timeToFirstByteMs } of rows) {
    const counts = seconds.get(Math.floor(requestStartSeconds ?? 0)) ?? { all: 0, bad: 0 };
    counts.all += 1;
    if (status !== 200 || (timeToFirstByteMs ?? 0) >= 3000) counts.bad += 1;
    seconds.set(Math.floor(requestStartSeconds ?? 0), counts);
  }
  const served = [...seconds.values()].filter(({ all, bad }) => bad <= all / 20);
  return (100 * served.length) / seconds.size;
}
