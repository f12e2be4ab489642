import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareMethods } from "../../../src/experiment/comparison/compare-methods.ts";
import type { Comparison } from "../../../src/experiment/comparison/comparison.ts";
import type { Experiment } from "../../../src/experiment/experiment.ts";
import type { MetricKey } from "../../../src/experiment/experiment-metrics.ts";
import { studyNumber } from "../../../src/experiment/tables/printed-number.ts";
import { findProfile } from "../../../src/metrics/category-profiles.ts";
import { sayInEnglish } from "../../../src/words/message.ts";
import { say } from "../../../src/words/say.ts";
import { sampleWarning } from "../../sample-warning.ts";
import { experimentOf, publishedExperiment, publishedMeans, publishedRuns } from "../experiment-builder.ts";
import type { PairSketch, RunSketch } from "../run-metrics-builder.ts";

const MANIFEST = `
title: Two methods
balancer: 10.0.0.1
backends: [{ name: A, address: 10.0.0.2 }, { name: B, address: 10.0.0.3 }]
methods: [{ name: direct, source: 10.0.0.9 }, { name: round-robin }, { name: least-connection }]
bandwidth: 1 Mbps
`;

function backends(a: Partial<PairSketch>, b: Partial<PairSketch> = a): RunSketch {
  return {
    pairs: [
      { name: "A", destination: "10.0.0.2", ...a },
      { name: "B", destination: "10.0.0.3", ...b },
    ],
  };
}

/** Six runs whose delays are `from`, `from` + 0.1, … */
function sixRuns(from: number): RunSketch[] {
  return Array.from({ length: 6 }, (_, index) => backends({ delayMs: from + index / 10 }));
}

function codes(comparison: Comparison): string[] {
  return comparison.warnings.map((warning) => warning.code);
}

describe("the study from its published runs", () => {
  const comparison = compareMethods(publishedExperiment);

  test("its means, to the last printed digit", () => {
    const different: string[] = [];
    for (const mean of publishedMeans.means) {
      const table = comparison.runTables.find(
        (one) => one.method === mean.method && one.backend === mean.backend,
      );
      for (const key of publishedMeans.metrics) {
        const own = studyNumber(table?.summaries[key]?.mean ?? Number.NaN);
        if (own !== mean.printed[key])
          different.push(`${mean.method} ${mean.backend} ${key}: ${own}, printed ${mean.printed[key]}`);
      }
    }
    // Of 40 means two differ, by one in the last digit: the study took them from rows with more digits than it prints.
    // R 4.2.2 gets 5.5490634 and 9.126841 from the printed rows, too.
    expect(different).toEqual([
      "round-robin Flask B delayMs: 5.549063, printed 5.549064",
      "least-connection Flask B jitterMs: 9.126841, printed 9.126842",
    ]);
  });

  test("intervals and tests as R computes them from the same rows", () => {
    const delays = comparison.runTables.find(
      (one) => one.method === "round-robin" && one.backend === "Flask C",
    );
    // R's t.test gives 3.52612864448635 … 12.45821355551364; delays can't be negative, so the same on the scale of logarithms.
    const [mean, half] = [
      (12.45821355551364 + 3.52612864448635) / 2,
      (12.45821355551364 - 3.52612864448635) / 2,
    ];
    expect(delays?.summaries.delayMs?.confidenceLow).toBeCloseTo(mean * Math.exp(-half / mean), 11);
    expect(delays?.summaries.delayMs?.confidenceHigh).toBeCloseTo(mean * Math.exp(half / mean), 11);
    const onC = (key: MetricKey) =>
      comparison.tests.find((one) => one.metric === key && one.backend === "Flask C");
    expect(onC("delayMs")?.overall?.statistic).toBeCloseTo(3.07354838709676, 10);
    expect(onC("delayMs")?.overall?.p).toBeCloseTo(0.215073769973751, 11);
    expect(onC("packetLossPercent")?.overall?.statistic).toBeCloseTo(21.0388045312123, 9);
    expect(onC("packetLossPercent")?.overall?.p).toBeCloseTo(2.70073295062175e-5, 14);
    const pair = onC("delayMs")?.pairs.find((one) => one.a === "round-robin" && one.b === "least-connection");
    expect(pair?.test).toMatchObject({ statistic: 38, method: "exact" });
    expect(pair?.test.p).toBeCloseTo(0.393048128342246, 12);
    const losses = onC("packetLossPercent")?.pairs.find(
      (one) => one.a === "round-robin" && one.b === "ip-hash",
    );
    expect(losses?.test).toMatchObject({ statistic: 0, method: "normal" });
    expect(losses?.test.p).toBeCloseTo(0.000139933735224287, 14);
  });

  test("the findings tell pace from network and server", () => {
    const text = (code: string) =>
      comparison.findings.filter((one) => one.code === code).map((one) => one.text.en);
    expect(text("verdict-pace")).toEqual([
      expect.stringMatching(
        /\(1065 bit without the balancer and 1176 bit through the balancer\).*not how fast the network or the servers were/,
      ),
    ]);
    expect(text("no-conclusion")[0]).toContain("time to first byte (mean), which decides, was not measured");
    expect(text("exploratory")[0]).toMatch(
      /^Exploratory, leads .* no conclusions.*packet loss: round-robin is lower than ip-hash by/,
    );
    expect(text("behaviour")).toEqual([expect.stringMatching(/^round-robin rotates nearly: 6 of 10 runs/)]);
    expect(comparison.findings.every((one) => one.text.en !== "" && one.text.id !== "")).toBe(true);
  });

  test("the request share of the study's table 5.1", () => {
    expect(comparison.shares).toHaveLength(1);
    expect(comparison.shares[0]).toMatchObject({
      method: "round-robin",
      backends: ["Flask A", "Flask B", "Flask C"],
      totals: [3330, 3334, 3336],
    });
    expect(comparison.shares[0]?.rows[3]).toMatchObject({
      run: 4,
      requests: [333, 332, 335],
      total: 1000,
      sent: 1000,
    });
  });

  test("its doubts: rows that contradict themselves, the unit of packet loss", () => {
    expect(codes(comparison)).toEqual(["impossible-rows", "loss-without-unit"]);
  });

  test("categories of the means by the profile", () => {
    const direct = comparison.runTables.find((one) => one.method === "direct" && one.backend === "Flask A");
    // Loss 5.6 % good, delay 1 ms excellent, jitter above 0 good; no bandwidth, so no rating of throughput.
    expect(direct?.categories).toEqual({
      profile: "tiphon",
      source: findProfile("tiphon").source,
      packetLoss: 3,
      delay: 4,
      jitter: 3,
      throughput: null,
      index: 10 / 3,
      ratedMetrics: 3,
    });
  });
});

describe("captures", () => {
  test("tables, summaries and rankings of a small experiment, by hand", () => {
    const experiment = experimentOf(MANIFEST, {
      direct: sixRuns(1).map(({ pairs }) => ({
        pairs: pairs.map((pair) => ({ ...pair, source: "10.0.0.9" })),
      })),
      "round-robin": sixRuns(3),
      "least-connection": sixRuns(5),
    });
    const comparison = compareMethods(experiment);
    expect(comparison.baseline).toBe("direct");
    expect(comparison.methods.map((method) => method.name)).toEqual([
      "direct",
      "round-robin",
      "least-connection",
    ]);
    expect(comparison.runTables).toHaveLength(6);
    expect(comparison.runTables[2]).toMatchObject({ method: "round-robin", backend: "A", hasTraffic: true });
    expect(comparison.runTables[2]?.rows.map((row) => row.values.delayMs)).toEqual([
      3, 3.1, 3.2, 3.3, 3.4, 3.5,
    ]);
    expect(comparison.runTables[2]?.summaries.delayMs?.mean).toBeCloseTo(3.25, 12);
    // 0.381 Mbps of 1 Mbps: below half.
    expect(comparison.runTables[2]?.categories.throughput).toBe(1);
    const delay = comparison.tests.find((one) => one.metric === "delayMs" && one.backend === null);
    expect(delay?.judged.map((one) => one.method)).toEqual(["round-robin", "least-connection"]);
    expect(delay?.pairs).toMatchObject([
      { a: "round-robin", b: "least-connection", shift: { estimate: expect.closeTo(-2, 12) } },
    ]);
    const against = comparison.withAndWithout.find(
      (one) => one.metric === "delayMs" && one.backend === null && one.method === "round-robin",
    );
    expect(against?.shift.estimate).toBeCloseTo(2, 12);
    expect(against?.ratio).toBeCloseTo(3.25 / 1.25, 12);
    expect(comparison.warnings).toEqual([]);
  });

  test("a run counts once, with the mean over its backends, weighted with their requests", () => {
    const experiment = experimentOf(MANIFEST, { "round-robin": [backends({ delayMs: 2 }, { delayMs: 4 })] });
    const summary = compareMethods(experiment).summaries.find((one) => one.method === "round-robin");
    expect(summary?.runs).toMatchObject([{ run: 1, values: { delayMs: 3, packetLossPercent: 0 } }]);
    expect(summary?.summaries.delayMs).toMatchObject({ n: 1, mean: 3 });
  });

  test("the load generator's pace makes no method better; the server's figures do", () => {
    const textOf = (lc: (index: number) => RunSketch) => {
      const runs = { "round-robin": sixRuns(3), "least-connection": [0, 1, 2, 3, 4, 5].map(lc) };
      const { findings } = compareMethods(experimentOf(MANIFEST, runs));
      return (code: string) => findings.find((one) => one.code === code)?.text.en;
    };
    const slower = textOf((index) => backends({ delayMs: 9 + index }));
    expect(slower("conclusion")).toMatch(/^Time to first byte \(mean\).*every run .* has the same value/);
    expect(slower("exploratory")).toMatch(/none stands out/);
    const worse = textOf((index) => backends({ delayMs: 3 + index / 10, timeToFirstByteMs: 9 + index }));
    expect(worse("conclusion")).toMatch(/: round-robin is best, lower than least-connection by 10 ms/);
  });

  test("the share is judged by the backends' weights", () => {
    const manifest = MANIFEST.replace("address: 10.0.0.2", "address: 10.0.0.2, weight: 3");
    const runs = { "round-robin": [backends({ requests: 750 }, { requests: 250 })] };
    const [share] = compareMethods(experimentOf(manifest, runs)).shares;
    expect(share).toMatchObject({ percent: [75, 25], jain: 1, behaviour: { verdict: "as-named" } });
    expect(share?.rows[0]?.jain).toBe(1);
  });

  test("not measured stays apart from 0", () => {
    const experiment = experimentOf(MANIFEST, {
      "round-robin": [backends({ timeToFirstByteMs: null }), backends({ timeToFirstByteMs: 2 })],
    });
    const table = compareMethods(experiment).runTables[0];
    expect(table?.rows.map((row) => row.values.timeToFirstByteP50Ms)).toEqual([null, 2]);
    expect(table?.summaries.timeToFirstByteP50Ms).toMatchObject({ n: 1, mean: 2 });
    expect(table?.summaries.jitterSignedMs).toMatchObject({ n: 2 });
  });

  test("discovered pairs: the clients' side is left out, backends go by their endpoint", () => {
    const run = (): RunSketch => ({
      pairs: [
        {
          name: "10.0.0.9 → 10.0.0.1:80",
          source: "10.0.0.9",
          destination: "10.0.0.1",
          port: 80,
          requests: 20,
        },
        { name: "10.0.0.1 → 10.0.0.2:5000", destination: "10.0.0.2", port: 5000, requests: 10 },
        { name: "10.0.0.1 → [fd00::2]:5000", destination: "fd00::2", port: 5000, requests: 10 },
      ],
    });
    const comparison = compareMethods(
      experimentOf("methods: [{ name: round-robin }, { name: direct }]", {
        "round-robin": [run()],
        direct: [{ pairs: [{ name: "x", source: "10.0.0.9", destination: "10.0.0.2", port: 5000 }] }],
      }),
    );
    expect(comparison.backends).toEqual(["10.0.0.2:5000", "[fd00::2]:5000"]);
    expect(comparison.shares[0]).toMatchObject({ totals: [10, 10], percent: [50, 50], jain: 1 });
    expect(comparison.shares[0]?.behaviour.verdict).toBe("as-named");
  });

  test("the order of the runs changes nothing but their own order", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...sixRuns(3).keys()], { minLength: 6, maxLength: 6 }), (order) => {
        const experiment = experimentOf(MANIFEST, {
          "round-robin": sixRuns(3),
          "least-connection": sixRuns(3.2),
        });
        const shuffled = {
          ...experiment,
          runs: [...experiment.runs].sort((a, b) => order.indexOf(a.run - 1) - order.indexOf(b.run - 1)),
        };
        expect(compareMethods(shuffled)).toEqual(compareMethods(experiment));
      }),
      { numRuns: 20 },
    );
  });
});

describe("captures and tables together", () => {
  test("an old study's method beside new captures", () => {
    const manifest = `
backends: [{ name: Flask A, address: 10.0.0.2 }]
methods:
  - name: round-robin
  - name: round-robin then
    results: { file: published-runs.csv, method: round-robin }
`;
    const run: RunSketch = { pairs: [{ name: "Flask A" }] };
    const experiment = { ...experimentOf(manifest, { "round-robin": [run] }), tables: [publishedRuns] };
    const comparison = compareMethods(experiment);
    expect(comparison.methods.map((method) => [method.name, method.algorithm])).toEqual([
      ["round-robin", "round-robin"],
      ["round-robin then", "round-robin"],
    ]);
    expect(comparison.runTables.map((table) => [table.method, table.backend, table.rows.length])).toEqual([
      ["round-robin", "Flask A", 1],
      ["round-robin then", "Flask A", 10],
      ["round-robin then", "Flask B", 10],
      ["round-robin then", "Flask C", 10],
    ]);
  });

  test("results without any method listed bring their own, the direct one as baseline", () => {
    const experiment = { ...experimentOf("results: published-runs.csv", {}), tables: [publishedRuns] };
    const comparison = compareMethods(experiment);
    expect(comparison.methods.map((method) => method.name)).toEqual([
      "direct",
      "round-robin",
      "least-connection",
      "ip-hash",
    ]);
    expect(comparison.baseline).toBe("direct");
  });
});

describe("what is missing gives a report and a warning with advice", () => {
  const six = sixRuns(3);

  function compare(
    methods: Readonly<Record<string, readonly RunSketch[]>>,
    change = (e: Experiment) => e,
  ): Comparison {
    const comparison = compareMethods(change(experimentOf(MANIFEST, { direct: six, ...methods })));
    for (const { message, advice, words } of comparison.warnings) {
      expect([message, advice]).toEqual([sayInEnglish(words.message), sayInEnglish(words.advice)]);
      expect(say(words.message, "id").length * say(words.advice, "id").length).toBeGreaterThan(0);
    }
    return comparison;
  }

  test("a run missing for one method", () => {
    const comparison = compare({ "round-robin": six, "least-connection": six }, (experiment) => ({
      ...experiment,
      runs: experiment.runs.filter((run) => !(run.method === "least-connection" && run.run === 4)),
    }));
    expect(codes(comparison)).toEqual(["missing-run"]);
    expect(comparison.warnings[0]?.message).toBe(
      "least-connection: run 4 is missing that other methods have",
    );
    expect(comparison.tests[0]?.judged.map((one) => one.summary.n)).toEqual([6, 5]);
  });

  test("a run missing for one backend of the direct tests", () => {
    const direct = six.map(({ pairs }, index) => ({ pairs: index === 5 ? pairs.slice(0, 1) : pairs }));
    const comparison = compare({ direct, "round-robin": six, "least-connection": six });
    expect(comparison.warnings.map((one) => one.message)).toEqual([
      "direct, B: run 6 is missing that other methods have",
    ]);
  });

  test("a method without runs", () => {
    const comparison = compare({ "round-robin": six });
    expect(codes(comparison)).toEqual(["method-without-runs"]);
    expect(comparison.methods.map((method) => method.name)).toEqual(["direct", "round-robin"]);
  });

  test("one run only, and few runs", () => {
    const comparison = compare({ "round-robin": six.slice(0, 1), "least-connection": six.slice(0, 4) });
    expect(codes(comparison)).toEqual(["one-run", "few-runs", "missing-run", "missing-run"]);
    expect(comparison.findings.map((one) => one.code)).toEqual([
      "verdict",
      "no-conclusion",
      "verdict-pace",
      "behaviour",
      "behaviour",
    ]);
    expect(comparison.findings[0]?.text.en).toMatch(
      /With 1 run of each nothing is certain: repeat with 5 runs/,
    );
    expect(comparison.findings[1]?.text.en).toMatch(
      /^No conclusion on round-robin and least-connection: .* at least 5 runs/,
    );
    const once = comparison.summaries.find((one) => one.method === "round-robin")?.summaries.delayMs;
    expect(once).toMatchObject({ n: 1, standardDeviation: null, confidenceLow: null });
  });

  test("nothing at all", () => {
    const comparison = compareMethods(experimentOf(MANIFEST, {}));
    expect(codes(comparison)).toEqual(["method-without-runs", "method-without-runs", "method-without-runs"]);
    expect(comparison).toMatchObject({ methods: [], runTables: [], tests: [], findings: [] });
  });

  test("ip-hash with one client leaves backends without traffic; they are in no mean", () => {
    const manifest = MANIFEST.replace("least-connection", "ip-hash");
    const warnings = [
      sampleWarning({
        code: "pair-without-traffic",
        message: "A never occurs",
        advice: "Check the addresses.",
      }),
    ];
    const idle = Array.from({ length: 6 }, () => ({
      ...backends({ requests: 0 }, { requests: 1000, delayMs: 1 }),
      warnings,
    }));
    const comparison = compareMethods(
      experimentOf(manifest, { direct: six, "round-robin": six, "ip-hash": idle }),
    );
    expect(codes(comparison)).toEqual(["backend-without-traffic"]);
    expect(comparison.warnings[0]?.message).toBe("ip-hash sent A no requests in any run");
    expect(comparison.warnings[0]?.advice).toContain("several client addresses");
    expect(comparison.runTables.find((one) => one.method === "ip-hash" && one.backend === "A")).toMatchObject(
      {
        hasTraffic: false,
        summaries: { throughputMbps: { mean: 0 }, requests: { mean: 0 } },
      },
    );
    const summary = comparison.summaries.find((one) => one.method === "ip-hash");
    expect(summary?.summaries.delayMs?.mean).toBe(1);
    expect(summary?.summaries.throughputMbps?.mean).toBe(0.381);
    const share = comparison.shares.find((one) => one.method === "ip-hash");
    expect(share).toMatchObject({ percent: [0, 100], jain: 0.5, behaviour: { verdict: "as-named" } });
    // Nothing on A to hold against round-robin.
    expect(comparison.tests.filter((one) => one.backend === "A")).toEqual([]);
  });

  test("the same capture twice", () => {
    const comparison = compare({ "round-robin": six, "least-connection": six }, (experiment) => ({
      ...experiment,
      runs: experiment.runs.map((run) =>
        run.run === 2 && run.method !== "direct"
          ? { ...run, contentHash: "same" }
          : { ...run, contentHash: `${run.method}${run.run}` },
      ),
    }));
    expect(codes(comparison)).toEqual(["same-capture-twice"]);
    expect(comparison.warnings[0]?.message).toContain("round-robin run 2");
    expect(comparison.warnings[0]?.message).toContain("least-connection run 2");
  });

  test("copies within a method count once: five of them give no verdict", () => {
    const comparison = compare({ "round-robin": six, "least-connection": six }, (experiment) => ({
      ...experiment,
      runs: experiment.runs.map((run) => ({
        ...run,
        contentHash: run.method === "round-robin" ? "same" : `${run.method}${run.run}`,
      })),
    }));
    expect(comparison.summaries.find((one) => one.method === "round-robin")?.runs).toHaveLength(1);
    expect(comparison.tests.some((one) => one.judged.some(({ method }) => method === "round-robin"))).toBe(
      false,
    );
    const copies = comparison.warnings.filter((one) => one.code === "same-capture-twice");
    expect(copies).toHaveLength(5);
    expect(copies[4]?.message).toMatch(/run 6 .* are the same capture; it counts once, as run 1$/);
  });

  test("captures that overlap in time, also when a long one covers several", () => {
    const at = (second: number, durationSeconds: number): RunSketch => ({
      ...backends({}),
      start: `2026-11-22T20:54:${String(second).padStart(2, "0")}.250000000Z`,
      durationSeconds,
    });
    const comparison = compareMethods(
      experimentOf("methods: [{ name: rr }]", { rr: [at(0, 10), at(2, 1), at(5, 6), at(20, 1), at(21, 1)] }),
    );
    const overlaps = comparison.warnings.filter((warning) => warning.code === "captures-overlap");
    expect(overlaps.map((warning) => warning.message.match(/run \d/g)?.join())).toEqual([
      "run 1,run 2",
      "run 1,run 3",
    ]);
    expect(overlaps[1]?.message).toContain("for 5.000 s");
  });

  test("one run there twice: the first is used, the other told", () => {
    const comparison = compare({ "round-robin": six, "least-connection": six }, (experiment) => ({
      ...experiment,
      runs: experiment.runs.map((run) =>
        run.method === "round-robin" && run.run === 6 ? { ...run, run: 5 } : run,
      ),
    }));
    expect(new Set(codes(comparison))).toEqual(new Set(["repeated-run", "missing-run"]));
    expect(comparison.warnings.find((one) => one.code === "repeated-run")?.message).toContain(
      "round-robin/6.pcapng",
    );
  });

  test("warnings of the captures come along, once per kind", () => {
    const warnings = [
      sampleWarning({ code: "cut-tail", message: "cut at byte 7", advice: "Record it again." }),
    ];
    const comparison = compare({
      "round-robin": six.map((run) => ({ ...run, warnings })),
      "least-connection": six,
    });
    expect(comparison.warnings.map((one) => one.message)).toEqual([
      "round-robin run 1 (round-robin/1.pcapng): cut at byte 7 (and the like in 5 more runs)",
    ]);
  });
});
