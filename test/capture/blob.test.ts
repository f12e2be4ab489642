/** Captures as Blobs and Files, which browsers and `fs.openAsBlob` give. */
import { File } from "node:buffer";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { analyze } from "../../src/analysis/analyze.ts";
import { BlobBytes } from "../../src/capture/blob-bytes.ts";
import { UNASKED_GROUPS } from "../../src/metrics/selection-metrics.ts";
import { say } from "../../src/words/say.ts";
import { pcapFile } from "./build-pcap.ts";
import { readCapture } from "./read-frames.ts";

const FRAMES = Array.from({ length: 2000 }, (_, at) => ({
  seconds: 1_600_000_000 + at,
  fraction: 0,
  data: Buffer.alloc(1500, at),
}));
const FILE = pcapFile(FRAMES);

test("hold the frames that the bytes hold, and have a File's name", async () => {
  const fromBytes = await readCapture(FILE);
  const fromBlob = await readCapture(new Blob([FILE]));
  const fromFile = await readCapture(new File([FILE], "run-1.pcap") as unknown as Blob);
  expect(fromBlob.frames).toEqual(fromBytes.frames);
  expect(fromFile.frames).toEqual(fromBytes.frames);
  expect(fromBlob.capture.files).toEqual(["blob"]);
  expect(fromFile.capture.files).toEqual(["run-1.pcap"]);
  expect(fromFile.capture.bytesTotal).toBe(FILE.length);
});

test("are read in slices no longer than what is asked for", async () => {
  const slices: number[] = [];
  class Watched extends Blob {
    override slice(start = 0, end = 0): Blob {
      slices.push(end - start);
      return super.slice(start, end);
    }
  }
  const bytes = new BlobBytes(new Watched([FILE]));
  const target = Buffer.alloc(100_000);
  while ((await bytes.read(target)) > 0);
  expect(bytes.bytesRead).toBe(FILE.length);
  expect(Math.max(...slices)).toBe(100_000);
});

test("that can't be read any more end with a fault, not with an error", async () => {
  class Gone extends Blob {
    override slice(): Blob {
      const slice = super.slice(0, 0);
      slice.arrayBuffer = async () => {
        throw new DOMException("changed on disk", "NotReadableError");
      };
      return slice;
    }
  }
  const bytes = new BlobBytes(new Gone([FILE]));
  expect(await bytes.read(Buffer.alloc(10))).toBe(0);
  expect(bytes.fault?.code).toBe("read-error");
  expect(say(bytes.fault?.what ?? { key: "noSuchFile", values: [] }, "en")).toContain("NotReadableError");
});

test("can be read twice, for selections", async () => {
  const path = fileURLToPath(new URL("../../fixtures/captures/direct-fa-1.pcapng.gz", import.meta.url));
  const options = { selections: [{ filter: "tcp" }], groups: UNASKED_GROUPS };
  const [theirs] = (await analyze(path, options)).selections ?? [];
  const [own] = (await analyze(new Blob([readFileSync(path)]), options)).selections ?? [];
  expect(own).toEqual(theirs);
  expect(own?.frames).toBeGreaterThan(0);
});
