import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import * as library from "../src/index.ts";

const CAPTURE = new URL("../fixtures/captures/direct-fa-1.pcapng.gz", import.meta.url);

describe("the library", () => {
  test("has these names and no others", () => {
    expect(Object.keys(library).sort()).toEqual([
      "Failure",
      "analyze",
      "auditExperiment",
      "auditTable",
      "buildComparisonDocument",
      "buildDocument",
      "buildPathDocument",
      "captureFilter",
      "categoryProfiles",
      "chartCsv",
      "compareMethods",
      "comparisonCharts",
      "conversationFilter",
      "diagnose",
      "findingText",
      "formatManifest",
      "inferExperiment",
      "listInterfaces",
      "measurePath",
      "measureTaps",
      "mergeRuns",
      "openEngine",
      "openReplay",
      "parseManifest",
      "parseRequestsTable",
      "parseResultsTable",
      "printWidthsCm",
      "readExperiment",
      "renderChart",
      "renderComparisonCsv",
      "renderComparisonJson",
      "renderCsv",
      "renderHtml",
      "renderJson",
      "renderLatex",
      "renderLatexTable",
      "renderMarkdown",
      "renderTerminal",
      "startLive",
      "timesAtTaps",
    ]);
  });

  test("measures bytes in memory and reports them", async () => {
    const exchanges: library.ExchangeRow[] = [];
    const run = await library.analyze(readFileSync(CAPTURE), {
      balancer: "192.168.56.1",
      backends: [{ name: "Flask A", address: "192.168.56.109" }],
      onExchange: (row) => exchanges.push(row),
    });
    expect(run.pairs[0]?.paper.frames).toBe(1000);
    expect(exchanges).toHaveLength(1000);
    const markdown = library.renderMarkdown(library.buildDocument(run, { language: "en" }));
    expect(markdown).toMatch(/^\| Flask A +\| +1\.065 \|/m);
  });

  test("compares the methods of an experiment and reports them", async () => {
    const path = fileURLToPath(new URL("../fixtures/experiment.yaml", import.meta.url));
    const { experiment } = await library.readExperiment(path, { jobs: 1 });
    const comparison = library.compareMethods(experiment);
    expect(comparison.runTables.find((table) => table.method === "ip-hash")?.rows).toHaveLength(2);
    const document = library.buildComparisonDocument(comparison, { language: "id" });
    expect(library.renderMarkdown(document)).toMatch(/^\| round-robin +\| +2 \|/m);
  });

  test("tells the user's mistakes from its own", async () => {
    await expect(library.analyze("gone.pcap")).rejects.toBeInstanceOf(library.Failure);
  });
});
