/** Methods × runs × selections: calls over two networks, from captures to the report. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compareMethods } from "../../src/experiment/comparison/compare-methods.ts";
import type { Comparison } from "../../src/experiment/comparison/comparison.ts";
import { formatManifest } from "../../src/experiment/manifest/format-manifest.ts";
import { parseManifest } from "../../src/experiment/manifest/parse-manifest.ts";
import { comparisonCharts } from "../../src/report/charts/comparison-charts.ts";
import { buildComparisonDocument } from "../../src/report/comparison/build-comparison-document.ts";
import { renderComparisonCsv } from "../../src/report/comparison/render-comparison-csv.ts";
import { renderLatex } from "../../src/report/latex/render-latex.ts";
import { renderMarkdown } from "../../src/report/render-markdown.ts";
import { jobBelow, queueJob } from "../../src/study/queue/queue-job.ts";
import { readExperiment } from "../../src/study/read-experiment.ts";
import { audio, rtpCapture, type SentPacket } from "../select/rtp/rtp-packets.ts";

const MANIFEST = `title: Calls over two networks
selections:
  - { name: Audio, filter: udp.port == 5004 }
  - { name: Video, filter: udp.port == 5006 && !(frame.len > 1500) }
  - { name: Control, filter: tcp }
rtp:
  - { port: 5006, clockRate: 90000 }
methods:
  - { name: direct, captures: direct/*.pcap }
  - { name: lte, captures: lte/*.pcap }
bandwidth: 20 Mbps
`;

/** A call of audio and video, of which each \`every\`th packet is lost, but never the last one: nothing would tell. */
function call(run: number, every: number): SentPacket[] {
  const isKept = (_: unknown, index: number) => (index + run) % every !== 0 || index === 199;
  const video = audio(200).map((packet) => ({
    ...packet,
    timeNs: packet.timeNs + 5_000_000 + (packet.sequence % 3) * run * 10_000,
    timestamp: packet.timestamp * 11.25,
    port: 5006,
    payloadType: 96,
    ssrc: 99,
  }));
  return [...audio(200).filter(isKept), ...video.filter(isKept)].sort((a, b) => a.timeNs - b.timeNs);
}

let folder = "";
let comparison: Comparison;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lbqos-calls-"));
  for (const [method, every] of [
    ["direct", 20],
    ["lte", 10],
  ] as const) {
    mkdirSync(join(folder, method));
    for (let run = 1; run <= 5; run++) {
      writeFileSync(join(folder, method, `${run}.pcap`), rtpCapture(call(run, every)));
    }
  }
  writeFileSync(join(folder, "experiment.yaml"), MANIFEST);
  const { experiment } = await readExperiment(folder, { jobs: 1 });
  comparison = compareMethods(experiment);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("selections", () => {
  test("stand where backends would, with the four metrics, run by run", () => {
    expect(comparison.backends).toEqual(["Audio", "Video", "Control"]);
    const lte = comparison.runTables.find(({ method, backend }) => method === "lte" && backend === "Video");
    expect(lte?.rows).toHaveLength(5);
    expect(lte?.rows.map(({ values }) => values.packetLossPercent)).toEqual([9.5, 10, 10, 10, 10]);
    expect(lte?.summaries.delayMs?.mean).toBeCloseTo(22.1, 0);
    expect(lte?.categories).toMatchObject({ packetLoss: 3, throughput: 1, ratedMetrics: 4 });
  });

  test("are not added up, and the primary metric decides over all of them", () => {
    const [direct, lte] = comparison.summaries;
    const of = (selection: string) =>
      comparison.runTables.find(({ method, backend }) => method === "lte" && backend === selection)?.summaries
        .throughputMbps?.mean ?? 0;
    expect(lte?.summaries.throughputMbps?.mean).toBeCloseTo((of("Audio") + of("Video")) / 2, 9);
    expect(comparison.pooling).toBe("selections");
    expect(comparison.primary.metric).toBe("packetLossPercent");
    expect(direct?.summaries.packetLossPercent?.mean).toBeCloseTo(5, 0);
    expect(comparison.findings.find(({ code }) => code === "verdict")?.text.en).toContain("direct");
  });

  test("that show nothing are warned of, and nothing is said of balancers", () => {
    const codes = comparison.warnings.map(({ code }) => code);
    expect(codes).toContain("selection-without-frames");
    expect(codes).not.toContain("backend-without-traffic");
    expect(codes).not.toContain("bandwidth-not-given");
    expect(comparison).toMatchObject({
      baseline: null,
      shares: [],
      answers: [],
      troubledRuns: [],
      curves: [],
    });
    for (const language of ["en", "id"] as const) {
      const report = renderMarkdown(buildComparisonDocument(comparison, { language }));
      expect(report.match(/.*(backend|balancer|request).*/gi)).toBeNull();
    }
  });

  test("are in tables, charts, CSV and LaTeX", () => {
    const charts = comparisonCharts(comparison);
    expect(charts.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["metrics", "packet-loss", "jitter", "runs-packet-loss"]),
    );
    const [metrics] = charts;
    expect(metrics).toMatchObject({
      title: "QoS metrics by method and selection",
      series: { key: "selection", title: "Selection", names: ["Audio", "Video", "Control"] },
    });
    const document = buildComparisonDocument(comparison, { charts });
    expect(renderMarkdown(document)).toContain("| Method | Selection |");
    expect(renderLatex(document)).toContain("Selection");
    expect(renderComparisonCsv(comparison)).toContain("lte,Video,1,");
  });

  test("come back from the manifest that is written of them, and from a queue", async () => {
    const manifest = parseManifest(MANIFEST, "experiment.yaml");
    expect(parseManifest(formatManifest(manifest), "again.yaml")).toEqual(manifest);
    const { jobs } = await readExperiment(folder, { jobs: 1 });
    const [job] = jobs;
    if (job === undefined) throw new Error("no job");
    expect(job.options).toMatchObject({ selections: manifest.selections, rtp: manifest.rtp });
    expect(jobBelow(folder, queueJob(job, "hash", folder, "1"))).toEqual(job);
  });
});

describe("a manifest with selections", () => {
  test.each([
    ["balancer: 10.0.0.1", "balancer can't stand beside selections"],
    ["backends: [{ name: A, address: 10.0.0.1 }]", "backends can't stand beside selections"],
    ["results: table.csv", "results can't stand beside selections"],
    ["selections: [{ name: A, filter: tcp.prot }]", "did you mean tcp.port?"],
    ["selections: [{ name: A, filter: tcp }, { name: A, filter: udp }]", 'names a second selection "A"'],
    ["selections: [{ name: A, filter: tcp, sent: 0 }]", "sent"],
    ["rtp: [{ port: 70000 }]", "rtp[0].port"],
  ])("is refused with %s", (line, reason) => {
    const selections = line.startsWith("selections") ? "" : "selections: [{ name: T, filter: tcp }]\n";
    const text = `${selections}${line}\nmethods: [{ name: m, captures: "*.pcap" }]\n`;
    expect(() => parseManifest(text, "experiment.yaml")).toThrow(reason);
  });

  test("is refused with ports of RTP alone, or a baseline", () => {
    const methods = 'methods: [{ name: m, captures: "*.pcap" }]';
    expect(() => parseManifest(`rtp: [{ port: 5004 }]\n${methods}`, "e.yaml")).toThrow("needs selections");
    const baseline =
      'selections: [{ name: T, filter: "" }]\nmethods: [{ name: m, baseline: true, captures: "*.pcap" }]';
    expect(() => parseManifest(baseline, "e.yaml")).toThrow(
      "methods[0].baseline can't stand beside selections",
    );
  });
});
