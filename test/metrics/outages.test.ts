/**
 * When backends really went away and came back, and when the state said so: the recording of fixtures/outages, fed as if
 * it were under way, with a look at it every half second.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { Analysis } from "../../src/analysis/analysis.ts";
import { FrameBatch } from "../../src/capture/frame.ts";
import { openCapture } from "../../src/capture/open-capture.ts";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import type { AnalysisOptions } from "../../src/metrics/analysis-options.ts";
import type { RunMetrics } from "../../src/metrics/run-metrics.ts";

const FOLDER = fileURLToPath(new URL("../../fixtures/outages/", import.meta.url));
const CAPTURE = `${FOLDER}outages.pcapng.gz`;
const LOOK_EVERY_NS = 500_000_000;

interface Outage {
  readonly address: string;
  readonly how: string;
  readonly fromUnixSeconds: string;
  readonly toUnixSeconds: string;
}
const truth: Readonly<Record<string, Outage>> = JSON.parse(
  readFileSync(`${FOLDER}outages.truth.json`, "utf8"),
);
const OPTIONS: AnalysisOptions = {
  balancer: "192.168.56.103",
  backends: Object.entries(truth).map(([name, { address }]) => ({ name, address })),
};

/** What a look showed, at a time in seconds since the first frame. */
interface Look {
  readonly seconds: number;
  readonly metrics: RunMetrics;
}

/** Feeds the capture frame by frame; where `everyNs` is given, with a look at it that often. */
async function follow(
  options: AnalysisOptions,
  everyNs: number | null,
): Promise<{ looks: Look[]; end: RunMetrics; startNs: bigint }> {
  const analysis = new Analysis(options);
  const capture = await openCapture(CAPTURE);
  const looks: Look[] = [];
  const single = new FrameBatch();
  let nextNs = everyNs ?? Number.POSITIVE_INFINITY;
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
    for (let row = 0; row < batch.count; row++) {
      const column = (
        name: "offset" | "capturedLength" | "wireLength" | "timeNs" | "linkType" | "interfaceIndex",
      ) => batch[name][row] ?? 0;
      for (; column("timeNs") > nextNs; nextNs += everyNs ?? Number.POSITIVE_INFINITY) {
        looks.push({ seconds: nextNs / 1e9, metrics: analysis.snapshot(capture, nextNs) });
      }
      single.reset(batch.bytes);
      single.push(
        column("offset"),
        column("capturedLength"),
        column("wireLength"),
        column("timeNs"),
        column("linkType"),
        column("interfaceIndex"),
      );
      analysis.feed(single, capture.startNs);
    }
  }
  const end = analysis.finish(capture);
  const { startNs } = capture;
  await capture.close();
  if (startNs === null) throw new Error("the capture has no start");
  return { looks, end, startNs };
}

describe("outages of a real testbed", async () => {
  const { looks, end, startNs } = await follow({ ...OPTIONS, live: true }, LOOK_EVERY_NS);
  const sinceStart = (unixSeconds: string): number => {
    const [whole = "", decimals = ""] = unixSeconds.split(".");
    return Number(BigInt(whole + decimals.padEnd(9, "0")) - startNs) / 1e9;
  };
  const liveOf = (metrics: RunMetrics, name: string) =>
    metrics.pairs.find((pair) => pair.name === name)?.live;
  const statesOf = (name: string) =>
    looks.map(({ seconds, metrics }) => ({ seconds, ...liveOf(metrics, name) }));

  describe.each(Object.keys(truth))("%s", (name) => {
    const outage = truth[name];
    const fromSeconds = sinceStart(outage?.fromUnixSeconds ?? "");
    const toSeconds = sinceStart(outage?.toUnixSeconds ?? "");
    const states = statesOf(name);
    const down = states.filter(({ state }) => state === "down");

    test("is down within five seconds, and only then", () => {
      const first = down[0]?.seconds ?? Number.POSITIVE_INFINITY;
      expect(first).toBeGreaterThan(fromSeconds);
      expect(first).toBeLessThan(fromSeconds + 5);
    });

    test("is up with its first answer after it came back, and stays so", () => {
      const last = down.at(-1)?.seconds ?? Number.POSITIVE_INFINITY;
      const back = states.find(({ seconds }) => seconds > last);
      expect(back?.state).toBe("up");
      const backSeconds = back?.stateSinceSeconds ?? 0;
      expect(backSeconds).toBeGreaterThan(toSeconds);
      expect(backSeconds).toBeGreaterThan(last);
      expect(states.filter(({ seconds }) => seconds > last).every(({ state }) => state === "up")).toBe(true);
    });

    test("never changes between", () => {
      const changes = states
        .map(({ state }) => state)
        .filter((state, index, all) => state !== all[index - 1]);
      expect(changes.filter((state) => state !== "unknown")).toEqual(["up", "down", "up"]);
      expect(new Set(down.map(({ stateSinceSeconds }) => stateSinceSeconds)).size).toBe(1);
    });
  });

  test("nobody else is down meanwhile", () => {
    for (const { metrics } of looks) {
      expect(metrics.pairs.filter(({ live }) => live?.state === "down").length).toBeLessThanOrEqual(1);
    }
  });

  test("the reasons are those that the wire showed", () => {
    const reasons = Object.keys(truth).map(
      (name) => statesOf(name).find(({ state }) => state === "down")?.stateReason,
    );
    expect(reasons).toMatchInlineSnapshot(`
      [
        "reset",
        "unanswered",
        "unanswered",
      ]
    `);
  });

  test("looking at it changed nothing", async () => {
    const withoutLive = await follow(OPTIONS, null);
    // Where nobody looks meanwhile, round trips stand in timelines at the time of the record before them.
    const strip = ({ timelines: _, ...metrics }: RunMetrics) => ({
      ...metrics,
      pairs: metrics.pairs.map(({ live: _, ...pair }) => pair),
    });
    expect(JSON.stringify(strip(end))).toBe(JSON.stringify(strip(withoutLive.end)));
    expect(diagnose(end)).toEqual(diagnose(withoutLive.end));
    const { end: unseen } = await follow({ ...OPTIONS, live: true }, null);
    expect(JSON.stringify(end)).toBe(JSON.stringify(unseen));
  });

  test("requests that wait are in flight", () => {
    const { seconds, inFlight } = statesOf("Flask B").find(({ state }) => state === "down") ?? {
      seconds: 0,
      inFlight: 0,
    };
    expect(seconds).toBeGreaterThan(0);
    expect(inFlight).toBeGreaterThanOrEqual(2);
    expect(end.pairs.map(({ live }) => live?.inFlight)).toEqual([0, 0, 0]);
  });
});
