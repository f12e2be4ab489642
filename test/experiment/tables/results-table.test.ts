import { describe, expect, test } from "vitest";
import { isRequestsTable, parseRequestsTable } from "../../../src/experiment/tables/requests-table.ts";
import { parseResultsTable } from "../../../src/experiment/tables/results-table.ts";
import { publishedMeans, publishedRequests, publishedRuns } from "../experiment-builder.ts";

describe("results", () => {
  test("the published runs", () => {
    expect(publishedRuns.rows).toHaveLength(100);
    expect(publishedRuns.metrics).toEqual(["throughputMbps", "packetLossPercent", "delayMs", "jitterMs"]);
    expect(publishedRuns.withoutUnit).toEqual(["packetLossPercent"]);
    expect(publishedRuns.rows[26]).toEqual({
      fileName: "published-runs.csv",
      line: 28,
      method: "direct",
      backend: "Flask C",
      run: 7,
      values: { throughputMbps: 1.069347, packetLossPercent: 4, delayMs: 1.000645, jitterMs: 0.000957 },
      printed: {
        throughputMbps: "1.069347",
        packetLossPercent: "4.0",
        delayMs: "1.000645",
        jitterMs: "0.000957",
      },
    });
  });

  test("a table without runs is one of means", () => {
    expect(publishedMeans.rows).toEqual([]);
    expect(publishedMeans.means).toHaveLength(10);
  });

  test("any order of columns, other spellings, decimal commas, mean rows, what was not measured", () => {
    const table = parseResultsTable(
      [
        "Jitter (ms);Percobaan;Metode;Server;Throughput [kbps];Packet Loss (%);Catatan",
        "0,5;1;rr;A;1064,25;2 %;x",
        "-;Run 2;rr;A;;n/a;",
        ";Rata-rata;rr;A;1064;2;",
      ].join("\n"),
      "t.csv",
    );
    expect(table.ignored).toEqual(["Catatan"]);
    expect(table.withoutUnit).toEqual([]);
    expect(table.rows.map((row) => [row.run, row.values])).toEqual([
      [1, { jitterMs: 0.5, throughputMbps: 1.06425, packetLossPercent: 2 }],
      [2, { jitterMs: null, throughputMbps: null, packetLossPercent: null }],
    ]);
    expect(table.means.map((row) => row.values)).toEqual([
      { jitterMs: null, throughputMbps: 1.064, packetLossPercent: 2 },
    ]);
  });

  test("units are converted without touching a digit", () => {
    const { rows } = parseResultsTable(
      "method,run,delay_s,jitter_us,throughput_bps\nrr,1,0.1,215.344,381000\n",
      "t.csv",
    );
    expect(rows[0]?.values).toEqual({ delayMs: 100, jitterMs: 0.215344, throughputMbps: 0.381 });
  });

  test("lbqos's own metrics by their names", () => {
    const { rows } = parseResultsTable(
      "method,backend,run,timeToFirstByteP50Ms,handshake_rtt_p50_ms\nrr,A,1,1.5,0.05\n",
      "t.csv",
    );
    expect(rows[0]?.values).toEqual({ timeToFirstByteP50Ms: 1.5, handshakeRttP50Ms: 0.05 });
  });

  test.each([
    [
      "a,b\n1,2\n",
      /^t\.csv:1: is not a table of results; it needs a column method and some of .*, and has a, b$/,
    ],
    [
      "method,run,throughput\nrr,1,2\n",
      't.csv:1: "throughput" has no unit; call it throughput_mbps or throughput_kbps',
    ],
    ["method,run,delay,delay_ms\nrr,1,2,2\n", 't.csv:1: has two columns for what "delay_ms" means'],
    ["method,run,delay_ms\nrr,1,abc\n", 't.csv:2: delay_ms: "abc" is not a number, or beyond 10^15'],
    ["method,run,delay_ms\nrr,1,1.2.3\n", 't.csv:2: delay_ms: "1.2.3" is not a number, or beyond 10^15'],
    ['method,run,delay_ms\nrr,1,"1,2"\n', 't.csv:2: delay_ms: "1,2" is not a number, or beyond 10^15'],
    ["method;run;delay_ms\nrr;1;1.064,5\n", 't.csv:2: delay_ms: "1.064,5" is not a number, or beyond 10^15'],
    ["method,run,delay_ms\nrr,first,1\n", 't.csv:2: run: "first" is not a run number'],
    ["method,run,delay_ms\n,1,1\n", "t.csv:2: method: is empty; every row needs its method"],
    ["method,run,delay_ms\n", "t.csv: has a header and no rows"],
  ])("%j is refused", (text, message) => {
    expect(() => parseResultsTable(text, "t.csv")).toThrow(message);
  });
});

describe("requests per backend", () => {
  test("the published table", () => {
    expect(publishedRequests.backends).toEqual(["flask_a", "flask_b", "flask_c"]);
    expect(publishedRequests.rows[3]).toEqual({
      line: 5,
      run: 4,
      sent: 1000,
      total: 1000,
      requests: [333, 332, 335],
    });
  });

  test("sent and total may be missing, and single counts", () => {
    expect(parseRequestsTable("run;A;B\n1;10;-\n", "t.csv").rows).toEqual([
      { line: 2, run: 1, sent: null, total: null, requests: [10, null] },
    ]);
  });

  test("told from a table of results by its header", () => {
    expect(isRequestsTable("run,sent,flask_a,total\n", "t.csv")).toBe(true);
    expect(isRequestsTable("method,backend,run,throughput_mbps\n", "t.csv")).toBe(false);
  });

  test.each([
    ["a,b\n1,2\n", /^t\.csv:1: is not a table of requests/],
    ["run,A\n1,2.5\n", 't.csv:2: A: "2.5" is not a whole number of requests'],
    ["run,A\n,2\n", "t.csv:2: run: is empty; number the runs 1, 2, …"],
  ])("%j is refused", (text, message) => {
    expect(() => parseRequestsTable(text, "t.csv")).toThrow(message);
  });
});
