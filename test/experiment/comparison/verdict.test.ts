/** The first paragraph of a comparison: size, certainty, runs that would decide; and failures in the same sentence as speed. */
import { describe, expect, test } from "vitest";
import { compareMethods } from "../../../src/experiment/comparison/compare-methods.ts";
import { mannWhitney } from "../../../src/experiment/statistics/mann-whitney.ts";
import {
  buildComparisonDocument,
  buildComparisonSummary,
} from "../../../src/report/comparison/build-comparison-document.ts";
import { renderHtml } from "../../../src/report/html/render-html.ts";
import { experimentOf } from "../experiment-builder.ts";
import type { PairSketch, RunSketch } from "../run-metrics-builder.ts";

/** Times to first byte of each run of each method, in ms. */
type Times = Readonly<Record<string, readonly number[]>>;

function compared(times: Times, sketches: Readonly<Record<string, Partial<PairSketch>>> = {}) {
  const names = Object.keys(times);
  const manifest = `
title: Verdicts
balancer: 10.0.0.1
backends: [{ name: A, address: 10.0.0.2 }]
methods: [${names.map((name) => `{ name: ${name} }`).join(", ")}]
`;
  const runs = Object.fromEntries(
    Object.entries(times).map(([name, own]): [string, RunSketch[]] => [
      name,
      own.map((timeToFirstByteMs) => ({
        pairs: [{ name: "A", destination: "10.0.0.2", timeToFirstByteMs, ...sketches[name] }],
      })),
    ]),
  );
  return compareMethods(experimentOf(manifest, runs));
}

function verdict(times: Times, sketches?: Readonly<Record<string, Partial<PairSketch>>>): string | undefined {
  const [first] = compared(times, sketches).findings;
  return first?.code === "verdict" ? first.text.en : undefined;
}

const OPEN: Times = { quick: [0.5, 0.7, 0.9, 1.1, 1.3], slow: [0.97, 1.17, 1.37, 1.57, 1.77] };
const CLEAR: Times = { quick: [0.5, 0.51, 0.52, 0.53, 0.54, 0.55], slow: [0.97, 0.98, 0.99, 1, 1.01, 1.02] };

test("the table shows the medians with the digits of the sentence", () => {
  const comparison = compared({
    a: [0.4651, 0.46549, 0.4661],
    b: [0.7179, 0.71801, 0.719],
    c: [17.3, 17.31, 17.4],
  });
  const [finding] = comparison.findings;
  const { opening } = buildComparisonSummary(comparison);
  const table = (opening ?? []).find((one) => one.kind === "table" && one.id === "verdict");
  if (table?.kind !== "table") throw new Error("no table");
  const median = table.columns.findIndex(({ header }) => header === "Median");
  const shown = table.rows.map((row) => {
    const cell = row[median];
    if (cell?.kind !== "number") throw new Error("no number");
    return cell.value.toFixed(table.columns[median]?.digits ?? 0);
  });
  expect(shown).toEqual(["0.4655", "0.7180", "17.3100"]);
  for (const text of shown) expect(finding?.text.en).toContain(String(Number(text)));
});

/** Half of alpha's runs are far above beta, the others just between beta's halves: the median is lower, most runs are higher. */
const GROUPS: Times = {
  alpha: [
    ...Array.from({ length: 14 }, (_, index) => 100 + index),
    ...Array.from({ length: 16 }, (_, index) => 5 + index / 1000),
  ],
  beta: [
    ...Array.from({ length: 16 }, (_, index) => 6 + index / 1000),
    ...Array.from({ length: 14 }, (_, index) => 1 + index / 1000),
  ],
};

describe("medians that say the opposite of the test", () => {
  test("of two methods don't decide, whichever is named first", () => {
    const said =
      /alpha is 16 % below that of beta.* \(medians of 30 runs each\)\. Yet the runs show beta to be lower than alpha, by 4\.\d+ ms \(p = 0\.004\), whatever the medians say\.$/;
    expect(verdict(GROUPS)).toMatch(said);
    expect(verdict({ beta: GROUPS["beta"] ?? [], alpha: GROUPS["alpha"] ?? [] })).toMatch(said);
  });

  test("of several methods give no lead", () => {
    const third = Array.from({ length: 30 }, (_, index) => 500 + index);
    expect(verdict({ ...GROUPS, third })).toMatch(
      /alpha has the lowest.* The runs show its lead over third \([^)]*\); yet the runs show beta \([^)]*\) to be lower, whatever the medians say\.$/,
    );
  });

  test("a better one that fails is no better", () => {
    expect(verdict(GROUPS, { beta: { serverErrors: 10 } })).toMatch(/More of its requests failed/);
  });
});

describe("two methods", () => {
  test("half as much, shown: size, medians, p", () => {
    expect(verdict(CLEAR)).toBe(
      "Time to first byte (mean): that of quick is half that of slow, 0.525 against 0.995 ms (medians of 6 runs each). The runs show it (p = 0.002).",
    );
  });

  test("not certain: p, and the runs that would show it if it is as large as it looks", () => {
    const p = mannWhitney(OPEN["quick"] ?? [], OPEN["slow"] ?? []).p;
    expect(p.toFixed(3)).toBe("0.056");
    expect(verdict(OPEN)).toBe(
      "Time to first byte (mean): that of quick is 34 % below that of slow, 0.9 against 1.37 ms (medians of 5 runs each). With 5 runs of each that is not certain (p = 0.056): repeat with 10 runs of each.",
    );
  });

  test("the runs that are asked for show it, with values like these", () => {
    const again = (own: readonly number[]) => [...own, ...own.map((value) => value + 0.01)];
    const { quick = [], slow = [] } = OPEN;
    expect(verdict({ quick: again(quick).slice(0, 9), slow: again(slow).slice(0, 9) })).toContain(
      "The runs show it",
    );
  });

  test("the same, and too few runs", () => {
    const { quick = [] } = CLEAR;
    const alike = [0.5, 0.501, 0.502, 0.503, 0.504, 0.505];
    expect(verdict({ quick: alike, other: alike.map((value) => value + 0.002) })).toMatch(
      /0\.\d+ % below .* They are the same to within 5 %\.$/,
    );
    expect(verdict({ quick: quick.slice(0, 3), slow: [2, 2.1, 2.2] })).toMatch(
      /quick is 76 % below that of slow, 0\.51 against 2\.1 ms .*\. With 3 runs of each nothing is certain: repeat with 5 runs of each\.$/,
    );
  });

  test("have one test, and no other that could contradict it", () => {
    const { tests } = compared(OPEN);
    expect(
      tests.filter(({ metric, backend }) => metric === "timeToFirstByteMeanMs" && backend === null),
    ).toHaveLength(1);
    expect(tests.map(({ overall }) => overall).filter((overall) => overall !== null)).toEqual([]);
  });
});

test("of several methods the leader is measured by each", () => {
  const text = verdict({ ...CLEAR, mixed: [0.51, 0.6, 0.7, 0.82, 0.9, 1.01] });
  expect(text).toMatch(
    /^Time to first byte \(mean\): quick has the lowest, 0\.525 ms \(medians of 6 runs each\)\. The runs show its lead over slow \(0\.995 ms; p = 0\.006\)/,
  );
  expect(text).toMatch(/mixed \(0\.76 ms; p = 0\.\d+\)/);
});

describe("a method whose requests fail", () => {
  test("is called failing in the sentence that names its speed, and not better", () => {
    expect(verdict(CLEAR, { quick: { serverErrors: 10 } })).toMatch(
      /that of quick \(10 % of its requests failed\) is half that of slow, .* More of its requests failed, which makes it no better\.$/,
    );
  });

  test("is called so too where the others fail more", () => {
    const text = compared(CLEAR, { quick: { serverErrors: 1 }, slow: { serverErrors: 10 } }).findings.map(
      (one) => one.text.en,
    );
    expect(text[0]).toContain(
      "that of quick (1 % of its requests failed) is half that of slow (10 % of its requests failed)",
    );
    expect(text[0]).not.toContain("no better");
    expect(text.find((one) => one.includes("quick is lower than slow by 0.47 ms"))).toContain(
      ", though 1 % of its requests failed",
    );
  });
});

test("stands before everything else in the report", () => {
  const comparison = compared(CLEAR);
  const document = buildComparisonDocument(comparison);
  expect(document.opening?.[0]).toEqual({ kind: "paragraph", text: comparison.findings[0]?.text.en });
  const html = renderHtml(document);
  expect(html.indexOf("half that of slow")).toBeGreaterThan(html.indexOf("<main>"));
  expect(html.slice(html.indexOf("<main>"), html.indexOf("half that of slow"))).not.toContain("<h2");
});
