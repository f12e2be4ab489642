/** Experiments whose runs have taps at the backends: what is measured, reported, and said where a tap is no use. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { compareMethods } from "../../src/experiment/comparison/compare-methods.ts";
import type { Comparison } from "../../src/experiment/comparison/comparison.ts";
import { comparisonCharts } from "../../src/report/charts/comparison-charts.ts";
import { buildComparisonDocument } from "../../src/report/comparison/build-comparison-document.ts";
import { renderComparisonCsv } from "../../src/report/comparison/render-comparison-csv.ts";
import { renderMarkdown } from "../../src/report/render-markdown.ts";
import { readExperiment } from "../../src/study/read-experiment.ts";
import { languages } from "../../src/words/words.ts";
import { capturesOf, exchanges, type TestPacket } from "../path/two-taps.ts";
import { TAPPED_MANIFEST, writeTappedExperiment } from "./tapped-experiment.ts";

const folder = mkdtempSync(join(tmpdir(), "lbqos-run-paths-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function compared(root: string, options = {}): Promise<Comparison> {
  return compareMethods((await readExperiment(root, { jobs: 1, ...options })).experiment);
}

function tapWarnings({ warnings }: Comparison): readonly string[] {
  return warnings.filter(({ code }) => /path|taps/.test(code)).map(({ message }) => message);
}

describe("runs with taps", () => {
  const root = writeTappedExperiment(join(folder, "whole"));

  test("have true loss, one-way delay and IPDV as metrics, and the papers' beside them", async () => {
    const comparison = await compared(root);
    expect(tapWarnings(comparison)).toEqual([]);
    const means = comparison.runTables.map(({ method, rows, summaries }) => [
      method,
      rows.length,
      summaries.trueLossToBackendPercent?.mean,
      summaries.trueLossFromBackendPercent?.mean,
      summaries.oneWayDelayToBackendMs?.mean,
      summaries.oneWayDelayFromBackendMs?.mean,
      summaries.ipdvToBackendMs?.mean,
    ]);
    expect(means).toEqual([
      ["round-robin", 2, 0, 0, 1, 2, 0],
      ["ip-hash", 2, 0, 100 / 24, 3, 2, 0],
    ]);
    // A request each 20 ms is what papers call a delay.
    expect(comparison.truths[1]).toMatchObject({
      method: "ip-hash",
      backend: "Flask A",
      runs: 2,
      papers: { delayMs: { value: 20, category: 4 }, lossPercent: { value: 0, category: 4 } },
      toBackend: { delayMs: { value: 3, category: 4 } },
      fromBackend: { lossPercent: { value: 100 / 24, category: 3 } },
      delayBoundMs: 0,
    });
  });

  test("have the same from the cache", async () => {
    const cacheFolder = join(folder, "cache");
    const first = await compared(root, { cacheFolder });
    expect(await compared(root, { cacheFolder })).toEqual(first);
    expect(first.truths).toHaveLength(2);
  });

  test.each(languages)("have a table, a chart and columns (%s)", async (language) => {
    const comparison = await compared(root, { language });
    const [chart] = comparisonCharts(comparison).filter(({ id }) => id === "truth");
    expect(chart).toMatchObject({
      panels: [
        {
          bars: [
            [{ value: 0 }, { value: 0 }],
            [{ value: 0 }, { value: 0 }],
            [{ value: 0 }, { runs: 2 }],
          ],
        },
        {
          bars: [
            [{ value: 20 }, { value: 20 }],
            [{ value: 1 }, { value: 3 }],
            [{ value: 2 }, { value: 2 }],
          ],
        },
        {},
      ],
    });
    const text = renderMarkdown(buildComparisonDocument(comparison));
    expect(text).toContain(language === "en" ? "In truth, to the backend" : "Sebenarnya, ke backend");
    expect(text).toContain(language === "en" ? "RFC 7679" : "Delay satu arah");
    expect(renderComparisonCsv(comparison)).toMatch(/^method,backend,run,.*oneWayDelayToBackendMs/);
  });
});

test("a tap that is missing in one run, and one of another host, are said", async () => {
  const root = writeTappedExperiment(join(folder, "missing"));
  rmSync(join(root, "round-robin/2.flask-a.pcap"));
  writeFileSync(join(root, "ip-hash/1.flask-a.pcap"), capturesOf(exchanges().map(elsewhere))[1]);
  const comparison = await compared(root);
  expect(tapWarnings(comparison)).toEqual([
    "round-robin, run 2: the path to Flask A was not measured: there is no round-robin/2.flask-a.pcap",
    expect.stringMatching(/^ip-hash, run 1: the path to Flask A was not measured: no packet of ip-hash\/1/),
  ]);
  expect(comparison.truths.map(({ method, runs }) => [method, runs])).toEqual([
    ["round-robin", 1],
    ["ip-hash", 1],
  ]);
});

function elsewhere(packet: TestPacket): TestPacket {
  return { ...packet, port: (packet.port ?? 0) + 500, sequence: (packet.sequence ?? 0) + 999_999 };
}

test("taps in the wrong order and taps of another backend are no path to this one", async () => {
  const turned = writeTappedExperiment(join(folder, "turned"));
  const [first, second] = capturesOf(exchanges());
  writeFileSync(join(turned, "ip-hash/1.pcap"), second);
  writeFileSync(join(turned, "ip-hash/1.flask-a.pcap"), first);
  expect(tapWarnings(await compared(turned))).toEqual([
    "ip-hash, run 1: the path to Flask A was not measured: 10.0.0.2 is on this side of ip-hash/1.flask-a.pcap: the run's capture was recorded beyond it",
  ]);
  const named = TAPPED_MANIFEST.replace("}]", "}, { name: Flask B, address: 10.0.0.7 }]").replace(
    "files: { Flask A",
    "files: { Flask B",
  );
  const other = await compared(writeTappedExperiment(join(folder, "other"), named));
  expect(tapWarnings(other)[0]).toMatch(/1.flask-a.pcap is the tap of 10.0.0.2, not of 10.0.0.7$/);
  expect(other.truths).toEqual([]);
});

test("taps that no run has are one doubt, and runs without taps have none of their metrics", async () => {
  const root = writeTappedExperiment(
    join(folder, "nowhere"),
    TAPPED_MANIFEST.replace("{capture}.flask-a", "taps/{capture}"),
  );
  for (const method of ["round-robin", "ip-hash"])
    for (const run of [1, 2]) rmSync(join(root, method, `${run}.flask-a.pcap`));
  const comparison = await compared(root);
  expect(tapWarnings(comparison)).toEqual([
    expect.stringMatching(/no run has one: the first would be taps\/round-robin\/1.pcap$/),
  ]);
  expect(comparison.truths).toEqual([]);
  expect(comparison.metrics.some(({ needsTaps }) => needsTaps)).toBe(false);
  expect(comparisonCharts(comparison).some(({ id }) => id === "truth")).toBe(false);
});
