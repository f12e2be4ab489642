import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { needs } from "../real-part.ts";
import { expectTsharkToAgree, readCapture } from "./decoded-capture.ts";

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
      expectTsharkToAgree(captures.flatMap(({ frames }) => frames));
    });
  });
});
