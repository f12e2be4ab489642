import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { openCapture } from "../../src/capture/open-capture.ts";
import { FrameDecoder } from "../../src/packet/decode-frame.ts";
import { countsAsTcpInWireshark } from "../../src/packet/skip-reason.ts";
import { needs } from "../real-part.ts";
import { type RecordedFrame, segmentFields, TSHARK_FIELDS, tsharkTcpFields } from "./tshark-tcp.ts";

/** Captures of public test suites; not part of the project. */
const CORPUS =
  process.env["LBQOS_CORPUS"] ?? fileURLToPath(new URL("../../../shared/corpus", import.meta.url));
const INDEX = `${CORPUS}/index.tsv`;

/** Columns of the index: what tshark 4.0.17 counted; `rc` is its exit status, 0 where it could read the file. */
interface CorpusFile {
  readonly path: string;
  readonly tcp: number;
}

function readableFiles(): CorpusFile[] {
  const [header = "", ...lines] = readFileSync(INDEX, "utf8").trimEnd().split("\n");
  const columns = header.split("\t");
  return lines
    .map((line) => new Map(line.split("\t").map((value, column) => [columns[column], value])))
    .filter((row) => row.get("rc") === "0")
    .map((row) => ({ path: `${CORPUS}/${row.get("file")}`, tcp: Number(row.get("tcp")) }));
}

/** Frames of a capture that count as TCP, and those of them that are segments, as a row of their fields. */
async function readCapture(path: string) {
  const capture = await openCapture(path);
  const decoder = new FrameDecoder();
  const { segment } = decoder;
  let tcp = 0;
  const frames: RecordedFrame[] = [];
  const segments: (string[] | undefined)[] = [];
  for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
    for (let row = 0; row < batch.count; row += 1) {
      const result = decoder.decode(batch, row);
      if (countsAsTcpInWireshark(result)) tcp += 1;
      const start = batch.offset[row] ?? 0;
      frames.push({
        linkType: batch.linkType[row] ?? 0,
        bytes: Buffer.from(batch.bytes.subarray(start, start + (batch.capturedLength[row] ?? 0))),
        wireLength: batch.wireLength[row] ?? 0,
      });
      segments.push(result === 0 ? segmentFields(segment) : undefined);
    }
  }
  await capture.close();
  return { tcp, frames, segments };
}

describe.skipIf(!existsSync(INDEX))("captures of public test suites", async () => {
  const files = existsSync(INDEX) ? readableFiles() : [];

  for (const { path, tcp } of files) {
    test(`tshark's count of TCP packets: ${path.slice(CORPUS.length + 1)}`, async () => {
      expect((await readCapture(path)).tcp).toBe(tcp);
    });
  }

  needs("tshark")("tshark's view", () => {
    test("of every field of every segment", async () => {
      const captures = [];
      for (const { path } of files) captures.push(await readCapture(path));
      const shown = tsharkTcpFields(
        captures.flatMap(({ frames }) => frames),
        TSHARK_FIELDS,
      );
      const segments = captures.flatMap(({ segments }) => segments);
      const ours = new Map([...segments.entries()].filter(([, fields]) => fields !== undefined));
      const theirs = new Map([...shown].filter(([index]) => ours.has(index)));
      expect(ours.size).toBeGreaterThan(0);
      expect(ours).toEqual(theirs);
    });
  });
});
