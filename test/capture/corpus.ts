/**
 * Captures of public test suites, and what tshark 4.0 counted in each with its default settings. They are not
 * the project's own: tests use them where they lie (LBQOS_CORPUS, else beside the project) and are skipped
 * where they don't.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export const CORPUS = process.env["LBQOS_CORPUS"] ?? join(ROOT, "../shared/corpus");
export const HAS_CORPUS = existsSync(join(CORPUS, "index.tsv"));

export interface CorpusFile {
  readonly name: string;
  readonly path: string;
  /** `pcap/us`, `pcapng/[6]`, `other:…`. */
  readonly format: string;
  /** Frames that tshark numbered. */
  readonly frames: number;
  /** tshark's exit status: 0 where it read the whole file. */
  readonly status: number;
}

/** The files of the corpus; none where it is absent. */
export function corpusFiles(): CorpusFile[] {
  if (!HAS_CORPUS) return [];
  const [head = "", ...rows] = readFileSync(join(CORPUS, "index.tsv"), "utf8").trimEnd().split("\n");
  const columns = head.split("\t");
  return rows.map((row) => {
    const cells = row.split("\t");
    const cell = (column: string) => cells[columns.indexOf(column)] ?? "";
    const name = cell("file");
    return {
      name,
      path: join(CORPUS, name),
      format: cell("format"),
      frames: Number(cell("frames")),
      status: Number(cell("rc")),
    };
  });
}
