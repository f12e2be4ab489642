import { describe, expect, test } from "vitest";
import { buildDocument } from "../../src/report/build-document.ts";
import type { Document, Table } from "../../src/report/document.ts";
import { busyPair, manyPairsRun, roundRobinRun, runOf, silentPair, troubledRun } from "./sample-run.ts";

function tables(document: Document): readonly Table[] {
  return document.sections.flatMap(({ blocks }) => blocks.filter((block) => block.kind === "table"));
}

function table(document: Document, title: string): Table {
  const found = tables(document).find((one) => one.title === title);
  if (found === undefined) throw new Error(`no table "${title}"`);
  return found;
}

describe("a document", () => {
  test.each([roundRobinRun(), troubledRun(), manyPairsRun()])(
    "has one cell per column in every row",
    (run) => {
      for (const language of ["en", "id"] as const) {
        for (const { title, columns, rows, total } of tables(
          buildDocument(run, { language, pairLimit: 2 }),
        )) {
          for (const row of [...rows, ...(total === null ? [] : [total])]) {
            expect(row.length, title).toBe(columns.length);
          }
        }
      }
    },
  );

  test("says why something was not measured", () => {
    const run = runOf([silentPair("Flask C", "192.168.56.110")]);
    const [row = []] = table(
      buildDocument(run, { language: "en" }),
      "Throughput, packet loss, delay, jitter",
    ).rows;
    expect(row.slice(1)).toEqual([
      { kind: "number", value: 0 },
      { kind: "notMeasured", reason: "no packet in this direction" },
      { kind: "notMeasured", reason: "needs at least 2 HTTP frames" },
      { kind: "notMeasured", reason: "needs at least 3 HTTP frames" },
      { kind: "notMeasured", reason: "no metric could be rated" },
    ]);
  });

  test("sums the requests of one source, hidden pairs included", () => {
    const run = runOf(
      ["a", "b", "c", "d"].map((name, index) => busyPair({ name, destination: `10.0.0.${index}` })),
    );
    const share = table(
      buildDocument(run, { language: "en", pairLimit: 3 }),
      "Share of requests per backend",
    );
    expect(share.rows.map((row) => row[0])).toEqual([
      { kind: "text", text: "a" },
      { kind: "text", text: "b" },
      { kind: "text", text: "c" },
      { kind: "text", text: "Others (1)" },
    ]);
    expect(share.rows.at(-1)?.slice(3)).toEqual([
      { kind: "number", value: 334 },
      { kind: "number", value: 25 },
    ]);
    expect(share.total?.slice(3)).toEqual([
      { kind: "number", value: 1336 },
      { kind: "number", value: 100 },
    ]);
  });

  test("sums nothing over several sources, where a request would count twice", () => {
    const run = runOf([
      busyPair({ name: "balancer", source: "10.0.0.9", destination: "10.0.0.1" }),
      busyPair({ name: "a", source: "10.0.0.1", destination: "10.0.0.2" }),
      busyPair({ name: "b", source: "10.0.0.1", destination: "10.0.0.3" }),
    ]);
    const share = table(buildDocument(run, { language: "en" }), "Share of requests per backend");
    expect(share.total).toBeNull();
    expect(share.rows.map((row) => row.at(-1))).toEqual([
      { kind: "number", value: 100 },
      { kind: "number", value: 50 },
      { kind: "number", value: 50 },
    ]);
  });

  describe("tells pairs of one name apart", () => {
    const pair = (source: string, destinationPort: number, name = "10.0.0.1") =>
      busyPair({ name, source, destination: "10.0.0.1", destinationPort });
    test.each([
      ["not at all", [pair("10.9.9.1", 80)], ["10.0.0.1"]],
      ["by port", [pair("10.9.9.1", 80), pair("10.9.9.1", 81)], ["10.0.0.1:80", "10.0.0.1:81"]],
      [
        "by source",
        [pair("10.9.9.1", 80), pair("10.9.9.2", 80)],
        ["10.9.9.1 → 10.0.0.1", "10.9.9.2 → 10.0.0.1"],
      ],
      [
        "by both",
        [
          pair("10.9.9.1", 80),
          pair("10.9.9.1", 81),
          pair("10.9.9.2", 80),
          pair("10.9.9.1", 80, "2001:db8::1"),
        ],
        ["10.9.9.1 → 10.0.0.1:80", "10.9.9.1 → 10.0.0.1:81", "10.9.9.2 → 10.0.0.1:80", "2001:db8::1"],
      ],
    ])("%s", (_how, pairs, labels) => {
      const [first] = tables(buildDocument(runOf(pairs), { language: "en" }));
      expect(first?.rows.map(([cell]) => (cell?.kind === "text" ? cell.text : ""))).toEqual(labels);
    });
  });
});
