import { describe, expect, test } from "vitest";
import type { BalancerMetrics } from "../../src/metrics/balancer-metrics.ts";
import { buildDocument } from "../../src/report/build-document.ts";
import { renderMarkdown } from "../../src/report/render-markdown.ts";
import { distribution, NO_SAMPLES, roundRobinRun } from "./sample-run.ts";

const BALANCER: BalancerMetrics = {
  address: "192.168.56.103",
  clientExchanges: 1000,
  matched: 985,
  uncertain: 4,
  retried: 12,
  answeredItself: { "200": 10, "504": 3 },
  unfinished: 2,
  upstreamOnly: 1,
  addedTimeToFirstByteMs: distribution(985, 0.25),
  addedTimeToLastByteMs: distribution(985, 0.5),
  retriesMs: NO_SAMPLES,
};

function markdown(language: "en" | "id"): string {
  const run = roundRobinRun();
  const [first, ...others] = run.pairs;
  if (first === undefined) throw new Error("a sample run has pairs");
  const failing = {
    ...first,
    addedTimeToFirstByteMs: distribution(330, 0.125),
    states: [
      { state: "up", fromSeconds: 0.5, toSeconds: 2, reason: null },
      { state: "failing", fromSeconds: 2, toSeconds: 4.25, reason: "refused" },
      { state: "silent", fromSeconds: 4.25, toSeconds: 9, reason: null },
    ] as const,
  };
  return renderMarkdown(
    buildDocument({ ...run, pairs: [failing, ...others], balancer: BALANCER }, { language }),
  );
}

describe("the section on the balancer", () => {
  test("says how requests were served, what was added, and which backend was not up", () => {
    const text = markdown("en");
    const section = text.slice(text.indexOf("## The balancer"), text.indexOf("## The whole capture"));
    expect(section.replace(/ +/g, " ").replace(/-+/g, "-")).toMatchSnapshot();
  });

  test("speaks Indonesian", () => {
    const text = markdown("id");
    for (const words of ["Direspons oleh load balancer sendiri", "| gagal", "ditolak", "0,250"])
      expect(text).toContain(words);
  });

  test("shows failing times first where not all of them fit", () => {
    const run = roundRobinRun();
    const [first, second, ...others] = run.pairs;
    if (first === undefined || second === undefined) throw new Error("a sample run has pairs");
    const times = Array.from({ length: 30 }, (_, index) => ({
      state: index % 2 === 0 ? ("silent" as const) : ("up" as const),
      fromSeconds: index,
      toSeconds: index + 1,
      reason: null,
    }));
    const failing = { state: "failing", fromSeconds: 15.997, toSeconds: 18.008, reason: "5xx" } as const;
    const pairs = [
      { ...first, states: times },
      { ...second, states: [failing] },
      ...others.map((pair) => ({ ...pair, states: [] })),
    ];
    const text = renderMarkdown(buildDocument({ ...run, pairs, balancer: null }, { language: "en" }));
    const [, section = ""] = text.split("Backends that were slow, failing or silent");
    const rows = section.split("\n").filter((line) => / (up|silent|failing) +\|/.test(line));
    expect(rows.length).toBe(20);
    expect(rows[0]).toContain("failing");
    expect(rows.slice(1, 16).every((row) => row.includes("silent"))).toBe(true);
    expect(text).toContain("11 more");
  });

  test("is absent where the capture saw one side only and nothing failed", () => {
    const { balancer: _, ...run } = roundRobinRun();
    const text = renderMarkdown(buildDocument({ ...run, balancer: null }, { language: "en" }));
    expect(text).not.toContain("The balancer");
  });
});
