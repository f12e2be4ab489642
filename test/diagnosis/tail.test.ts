/** Few requests that make the tail: what they have in common, and twins in which nothing is. */
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import type { ExchangeRow } from "../../src/metrics/exchanges/exchange-row.ts";
import { TailGroups } from "../../src/metrics/exchanges/tail-groups.ts";
import { findingText } from "../../src/report/diagnosis/finding-text.ts";
import { CaptureComments } from "../../src/report/exchanges/capture-comments.ts";
import { madeRun, requestsAt, usualMs } from "./made-run.ts";

const ROW = {
  pair: "A",
  state: "complete",
  client: "10.0.0.9:4000",
  server: "10.0.0.2:80",
  exchange: 5,
  method: "GET",
  target: "/",
  status: 200,
  requestBytes: 100,
  responseBytes: 500,
} as const satisfies Partial<ExchangeRow>;

type Told = Partial<Pick<ExchangeRow, "target" | "method" | "client" | "exchange" | "responseBytes">>;

/** 1,000 requests at usual times; those that `slowOf` gives something take 200 ms. */
function tailOf(slowOf: (index: number) => Told | null) {
  const groups = new TailGroups();
  for (let index = 0; index < 1000; index++) {
    const told = slowOf(index);
    const timeToFirstByteMs = told === null ? usualMs(index) : 200;
    groups.add({ ...ROW, ...told, timeToFirstByteMs } as ExchangeRow);
  }
  const run = madeRun([
    { name: "A", requests: requestsAt(50, 20, (_, index) => ({ firstByteMs: usualMs(index) })) },
  ]);
  // They come from the thread that analyzed.
  return diagnose(structuredClone({ ...run, tails: groups.tails() })).findings;
}

const every = (nth: number, told: Told) => (index: number) => (index % nth === 0 ? told : null);

describe("forty of a thousand requests take 200 ms", () => {
  test.each<[string, Told, object]>([
    [
      "for one path, whatever its numbers and query",
      { target: "/report/2024?x=1" },
      { by: "path", key: "/report/#" },
    ],
    ["of one method", { method: "POST" }, { by: "method", key: "POST" }],
    ["with large answers", { responseBytes: 300_000 }, { by: "size", key: "262144" }],
    ["from one client", { client: "10.0.0.77:99" }, { by: "client", key: "10.0.0.77" }],
    ["the first of their connections", { exchange: 1 }, { by: "first", key: "" }],
  ])("%s", (_title, told, expected) => {
    expect(tailOf(every(25, told))).toMatchObject([
      {
        ...{ kind: "tail", pair: "A", certainty: "likely", ...expected },
        ...{ requests: 40, slow: 40, alike: 40, asked: 1000 },
        p50Ms: 200,
        addedSeconds: expect.closeTo((40 * 199) / 1000, 1),
      },
    ]);
  });

  test("with nothing in common: no finding", () => {
    expect(tailOf((index) => (index % 25 === 0 ? {} : null))).toEqual([]);
  });

  test("a path that is as often quick: no finding", () => {
    const groups = (index: number) => (index % 25 === 0 ? { target: "/report" } : null);
    expect(tailOf(groups)).toHaveLength(1);
    const mixed = new TailGroups();
    for (let index = 0; index < 1000; index++) {
      const isSlow = index % 25 === 0;
      const target = index % 5 === 0 ? "/report" : "/";
      const timeToFirstByteMs = isSlow ? 200 : usualMs(index);
      mixed.add({ ...ROW, target, timeToFirstByteMs } as ExchangeRow);
    }
    const run = madeRun([{ name: "A", requests: requestsAt(50, 20, () => ({ firstByteMs: 1 })) }]);
    expect(diagnose({ ...run, tails: mixed.tails() }).findings).toEqual([]);
  });

  test("says what they are, and what the others have", () => {
    const [finding] = tailOf(every(25, { target: "/report" }));
    if (finding === undefined) throw new Error("no finding");
    expect(findingText(finding, "en")).toEqual({
      headline:
        "Likely: few requests make the tail of A: 40 of the 40 that took more than 13 ms were for /report",
      evidence:
        "40 of 1000 requests are such, with a median of 200 ms; the slow ones waited 8.0 s more than the median of all.",
      not: "Not the server as a whole: the median of all its requests was 1.1 ms.",
    });
    expect(finding.displayFilter).toContain('http.response_for.uri contains "/report" && http.time > 0.013');
  });
});

test.each<[string, Told, Told]>([
  ["a path", { target: "/report" }, {}],
  ["a size", { responseBytes: 300_000 }, { responseBytes: 200_000 }],
])("in the capture, comments stand at slow exchanges of the group alone: %s", (_title, told, other) => {
  const comments = new CaptureComments(tailOf(every(25, told)), "en");
  const rows: Partial<ExchangeRow>[] = [
    { ...told, timeToFirstByteMs: 200 },
    { ...told, timeToFirstByteMs: 1 },
    { ...other, timeToFirstByteMs: 200 },
    { ...other, timeToFirstByteMs: null, status: null, state: "unanswered" },
  ];
  for (const [index, row] of rows.entries())
    comments.addHurt({ ...ROW, requestStartSeconds: index, requestFrame: index + 1, ...row } as ExchangeRow);
  expect([...comments.comments().keys()]).toEqual([1]);
});

test("nine slow requests, or three in ten, are no tail", () => {
  expect(tailOf((index) => (index < 9 ? { target: "/report" } : null))).toEqual([]);
  expect(tailOf((index) => (index % 10 < 3 ? { target: "/report" } : null))).toEqual([]);
});

test("of a capture whose exchanges are listened to; a healthy one has none", async () => {
  const path = fileURLToPath(new URL("../../fixtures/captures/round-robin-1.pcapng.gz", import.meta.url));
  const run = await analyze(path, { onExchange: () => {} });
  expect(run.tails?.length).toBeGreaterThan(0);
  expect(diagnose(run).findings).toEqual([]);
});
