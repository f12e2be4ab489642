/** Selections of a capture, from its file to the report. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { buildDocument } from "../../src/report/build-document.ts";
import { selectionBars } from "../../src/report/charts/selection-bars.ts";
import { renderMarkdown } from "../../src/report/render-markdown.ts";
import { renderSelectionsCsv } from "../../src/report/render-selections-csv.ts";
import { ethernet, ipv4, udp } from "../packet/packet-bytes.ts";
import { pcapng } from "../packet/tshark-tcp.ts";

const CAPTURE = fileURLToPath(new URL("../../fixtures/captures/direct-fa-1.pcapng.gz", import.meta.url));
const PAIR = "ip.src==192.168.56.1 && ip.dst==192.168.56.109";

describe("a filter without http", () => {
  test("gives the figures of all its frames, as tshark 4.0.17 shows them", async () => {
    const run = await analyze(CAPTURE, { selections: [{ filter: PAIR }, { name: "all", filter: "" }] });
    expect(run.selections).toMatchObject([
      { name: null, filter: PAIR, frames: 7000, bytes: 537_000, tcpFrames: 7000, lostPackets: 0 },
      { name: "all", filter: "", frames: 12_000, bytes: 1_053_000 },
    ]);
    // The paper's frames of the same pair are another thousand.
    expect(run.pairs[0]?.paper.frames).toBe(1000);
    const report = renderMarkdown(buildDocument(run, { language: "en" }));
    expect(report).toContain(`Computed over 7000 frames (537,000 bytes, 1.000 s), as in Wireshark: `);
    expect(report).toContain("The paper's metrics: what Wireshark users report");
    const [header = "", first = ""] = renderSelectionsCsv(run).split("\r\n");
    expect(first.split(",")[header.split(",").indexOf("frames")]).toBe("7000");
  });

  test("is the same from bytes in memory; a stream can't be read twice", async () => {
    const bytes = readFileSync(CAPTURE);
    const run = await analyze(bytes, { selections: [{ filter: PAIR }] });
    expect(run.selections?.[0]?.frames).toBe(7000);
    async function* pieces() {
      yield bytes;
    }
    await expect(analyze(pieces(), { selections: [{ filter: PAIR }] })).rejects.toThrow(
      "in a second reading",
    );
  });

  test("that can't be understood fails before anything is read", async () => {
    await expect(analyze("nowhere.pcap", { selections: [{ filter: "tcp.flags.syn" }] })).rejects.toThrow(
      '"tcp.flags.syn" is not supported',
    );
  });
});

test("two selections with figures have a chart, one has none", async () => {
  const both = await analyze(CAPTURE, {
    selections: [{ name: "There", filter: PAIR }, { filter: "tcp.srcport == 80" }, { filter: "udp" }],
  });
  expect(selectionBars(both, "en")).toMatchObject({
    id: "selections",
    series: { names: ["There", "tcp.srcport == 80"] },
    panels: [
      {
        quantity: { key: "throughput_mbps" },
        bars: [[{ value: both.selections?.[0]?.throughputMbps }], [{}]],
      },
      { quantity: { key: "packet_loss_percent" } },
      { quantity: { key: "delay_ms" } },
      { quantity: { key: "jitter_ms" } },
    ],
  });
  expect(selectionBars(await analyze(CAPTURE, { selections: [{ filter: PAIR }] }), "en")).toBeNull();
});

describe("a capture without HTTP", () => {
  const frame = ethernet(0x0800, ipv4(17, udp(5004, Buffer.alloc(160))));
  const capture = pcapng(
    Array.from({ length: 50 }, () => ({ linkType: 1, bytes: frame, wireLength: frame.length })),
  );
  const groups = {
    by: ["direction", "conversation", "protocol", "host"],
    perKind: 5,
    onlyWithoutPairs: true,
  } as const;

  test("is answered by its whole, its directions, conversations, protocols and hosts", async () => {
    const run = await analyze(capture, { groups });
    expect(run.selections?.map(({ filter, frames }) => [filter, frames])).toEqual([
      ["", 50],
      ["ip.src == 192.0.2.1", 50],
      ["ip.addr == 192.0.2.1 && ip.addr == 198.51.100.2", 50],
      ["udp", 50],
      ["ip.addr == 192.0.2.1", 50],
      ["ip.addr == 198.51.100.2", 50],
    ]);
    expect(run.warnings.map(({ code }) => code)).toContain("bandwidth-not-given");
    const report = renderMarkdown(buildDocument(run, { language: "id" }));
    expect(report).toContain("seluruh capture");
    expect(report).not.toContain("Tidak ditemukan pasangan");
  });

  test("where there are pairs, nothing is read again", async () => {
    expect((await analyze(CAPTURE, { groups })).selections).toBeUndefined();
  });
});
