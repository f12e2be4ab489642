/** The frames that filters show are those that tshark shows. `npm run compare:filters` does the same for any captures. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { measureSelection } from "../../src/metrics/measure-selection.ts";
import { ENCAPSULATIONS } from "../packet/encapsulations.ts";
import { pcapng } from "../packet/tshark-tcp.ts";
import { needs } from "../real-part.ts";
import { FILTERS } from "./filters.ts";
import { lossyConnections } from "./lossy-connections.ts";
import { selectFrames } from "./select-frames.ts";
import { countedByTshark, shownByTshark } from "./tshark-frames.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LOSSES = join(ROOT, "fixtures/captures/loss-to2-from0.pcapng.gz");
const CORPUS = process.env["LBQOS_CORPUS"] ?? join(ROOT, "../shared/corpus");

/** Those that `tshark -z io,stat` takes. */
const COUNTABLE = FILTERS.filter((filter) => filter !== "" && !filter.includes(","));

/** What differs from tshark, filter by filter. */
async function differences(path: string, filters: readonly string[]): Promise<readonly string[]> {
  const ours = await selectFrames(path, filters);
  const theirs = await countedByTshark(path, filters);
  return filters.flatMap((filter, index) => {
    const [frames, bytes] = theirs[index] ?? [-1, -1];
    const one = ours[index];
    return one?.frames === frames && one.bytes === bytes
      ? []
      : [`${filter}: ${one?.frames} frames, ${one?.bytes} bytes; tshark: ${frames}, ${bytes}`];
  });
}

needs("tshark")("tshark shows the same frames", () => {
  test("of every encapsulation", async () => {
    const folder = mkdtempSync(join(tmpdir(), "lbqos-select-"));
    try {
      const path = join(folder, "frames.pcapng");
      // Of 802.11 lbqos reads nothing, and says so.
      const frames = ENCAPSULATIONS.filter((one) => one.tsharkMisses === undefined && one.linkType !== 105);
      writeFileSync(
        path,
        pcapng(frames.map(({ linkType, frame }) => ({ linkType, bytes: frame, wireLength: frame.length }))),
      );
      expect(await differences(path, COUNTABLE)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("of connections whose segments were lost, came twice or late", { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "lbqos-select-"));
    try {
      const path = join(folder, "lossy.pcapng");
      const frames = lossyConnections(7).map((bytes) => ({ linkType: 1, bytes, wireLength: bytes.length }));
      writeFileSync(path, pcapng(frames, 500));
      expect(await differences(path, ["http", "tls", "http and tcp.dstport > 20000"])).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("of a capture with losses, and the same gaps between them", { timeout: 120_000 }, async () => {
    const filters = ["", "tcp.dstport == 80 || tcp.port in {5001, 5002}", "ip.src == 192.168.56.103"];
    const ours = await selectFrames(LOSSES, filters);
    const theirs = await Promise.all(filters.map((filter) => shownByTshark(LOSSES, filter)));
    for (const [index, expected] of theirs.entries()) {
      const counted = ours[index];
      if (counted === undefined) throw new Error("no readings");
      const figures = measureSelection(counted);
      expect([figures.frames, figures.bytes]).toEqual([expected.frames, expected.bytes]);
      expect(figures.durationMs).toBeCloseTo(expected.durationMs ?? -1, 6);
      expect(figures.delayMs).toBeCloseTo(expected.delayMs ?? -1, 9);
      expect(figures.jitterMs).toBeCloseTo(expected.jitterMs ?? -1, 9);
    }
    const lost = await countedByTshark(
      LOSSES,
      filters
        .slice(1)
        .map(
          (filter) =>
            `tcp.analysis.lost_segment && (${filter.replace(", ", " || tcp.port == ").replace("in {", "== ").replace("}", "")})`,
        ),
    );
    expect(ours.slice(1).map(({ lostSegments }) => lostSegments)).toEqual(lost.map(([frames]) => frames));
  });
});

describe.skipIf(!existsSync(join(CORPUS, "index.tsv")))("captures of public test suites", () => {
  const names = existsSync(join(CORPUS, "index.tsv"))
    ? readFileSync(join(CORPUS, "index.tsv"), "utf8").split("\n")
    : [];
  const wanted =
    /twovlan|GrePackets|connkey-vxlan|v6-http|no-syn-ack|issue_no_icmp|quickplay|filestore-5408|fragroute|302-frag|pppoe|week6_peak/;
  const paths = names.flatMap((line) => {
    const [file = ""] = line.split("\t");
    return wanted.test(file) ? [join(CORPUS, file)] : [];
  });
  needs("tshark")("tshark shows the same frames", () => {
    test.each(paths)("%s", { timeout: 60_000 }, async (path) => {
      expect(await differences(path, COUNTABLE)).toEqual([]);
    });
  });
});
