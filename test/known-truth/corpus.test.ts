/**
 * Captures of public test suites: read or refused in one clear line, and counted as tshark 4.0.17 counted them
 * (index.tsv). Where the counts differ, known-differences.json says why, by file and frame, and who is right.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { analyze } from "../../src/analysis/analyze.ts";
import { Failure } from "../../src/failure.ts";
import type { RunMetrics } from "../../src/metrics/run-metrics.ts";
import { CORPUS, HAS_CORPUS } from "../capture/corpus.ts";

/** lbqos's figure of each column of the index. */
const COLUMNS: Readonly<Record<string, (run: RunMetrics) => number>> = {
  frames: ({ capture }) => capture.packets,
  tcp: ({ capture }) => capture.tcpPackets,
  streams: ({ tcp }) => tcp.connections,
  http_request: ({ http }) => http.requests,
  http_response: ({ http }) => http.responses,
  retransmission: ({ tcp }) => tcp.retransmissions,
  fast: ({ tcp }) => tcp.fastRetransmissions,
  spurious: ({ tcp }) => tcp.spuriousRetransmissions,
  out_of_order: ({ tcp }) => tcp.outOfOrder,
  lost_segment: ({ tcp }) => tcp.lostSegments,
  ack_lost: ({ tcp }) => tcp.ackedUnseenSegments,
  dup_ack: ({ tcp }) => tcp.duplicateAcks,
  zero_window: ({ tcp }) => tcp.zeroWindows,
};

const KNOWN = z
  .array(
    z.strictObject({
      file: z.string(),
      counts: z.record(z.string(), z.tuple([z.number(), z.number()])),
      reason: z.string().min(40),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL("known-differences.json", import.meta.url), "utf8")));

/** Rows of the index by the names of its columns. */
function indexRows(): Map<string, string>[] {
  if (!HAS_CORPUS) return [];
  const [head = "", ...rows] = readFileSync(join(CORPUS, "index.tsv"), "utf8").trimEnd().split("\n");
  const columns = head.split("\t");
  return rows.map((row) => new Map(row.split("\t").map((cell, index) => [columns[index] ?? "", cell])));
}

test("every known difference is about a column of the index", () => {
  const columns = KNOWN.flatMap(({ counts }) => Object.keys(counts));
  expect(columns.filter((column) => !(column in COLUMNS))).toEqual([]);
});

describe.skipIf(!HAS_CORPUS)("the corpus [needs LBQOS_CORPUS, captures of public test suites]", async () => {
  const rows = indexRows();
  const runs = new Map<string, RunMetrics | Failure>();
  for (const row of rows) {
    const name = row.get("file") ?? "";
    runs.set(
      name,
      await analyze(join(CORPUS, name)).catch((error: unknown) => {
        if (error instanceof Failure) return error;
        throw new Error(`lbqos breaks on ${name}`, { cause: error });
      }),
    );
  }

  test("is read, or refused in one line that names the file", () => {
    expect(rows.length).toBeGreaterThan(200);
    const refused = [...runs].filter(([, run]) => run instanceof Failure);
    expect(refused.length).toBeGreaterThan(0);
    for (const [name, failure] of refused) {
      const { message } = failure as Failure;
      expect(message).toContain(name);
      expect(message).not.toContain("\n");
      const row = rows.find((candidate) => candidate.get("file") === name);
      expect([row?.get("frames"), row?.get("rc") === "0"], name).toEqual(["0", false]);
    }
  });

  test("has tshark's counts in every column, but for the known differences", () => {
    const differing: string[] = [];
    for (const row of rows) {
      const name = row.get("file") ?? "";
      const run = runs.get(name);
      if (run === undefined || run instanceof Failure) continue;
      for (const [column, countOf] of Object.entries(COLUMNS)) {
        const [ours, theirs] = [countOf(run), Number(row.get(column))];
        const known = KNOWN.some(
          ({ file, counts }) =>
            file === name && counts[column]?.[0] === ours && counts[column]?.[1] === theirs,
        );
        if (ours !== theirs && !known) differing.push(`${name}: ${column} ${ours}, tshark ${theirs}`);
      }
    }
    expect(differing).toEqual([]);
  });

  test("differs no longer where a known difference has gone", () => {
    const stale = KNOWN.filter(({ file, counts }) => {
      const run = runs.get(file);
      if (run === undefined || run instanceof Failure) return true;
      return Object.entries(counts).some(([column, [ours]]) => COLUMNS[column]?.(run) !== ours);
    });
    expect(stale).toEqual([]);
  });
});
