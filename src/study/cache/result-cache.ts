/** Results of analyses by what they depend on: the captures' content and names, what was asked, and the program. */

import type { DiagnosedRun } from "../../diagnosis/diagnosed-run.ts";
import type { AnalysisOptions } from "../../metrics/analysis-options.ts";
import { deleteOldEntries, entryName, readEntry, writeEntry } from "./cache-folder.ts";
import { programFingerprint } from "./program-fingerprint.ts";

/** What a result depends on, besides the captures' content and the program. */
export interface ResultKey {
  /** The captures' names, which are in the result. */
  readonly files: readonly string[];
  readonly options: Pick<AnalysisOptions, "balancer" | "backends" | "selections" | "rtp" | "chartData">;
}

export interface ResultCache {
  /** `null`: not there. */
  readonly find: (question: ResultKey, contentHash: string) => Promise<DiagnosedRun | null>;
  /** @returns as `writeEntry`: why it was not kept; `null`: it was, or nothing is */
  readonly keep: (question: ResultKey, contentHash: string, metrics: DiagnosedRun) => Promise<string | null>;
  /** Deletes entries that nobody used for long. */
  readonly tidy: () => Promise<void>;
}

/** A cache that keeps nothing. */
export const noCache: ResultCache = {
  find: async () => null,
  keep: async () => null,
  tidy: async () => undefined,
};

/** The cache in a folder, which is made when there is something to keep. */
export function openCache(folder: string): ResultCache {
  const nameOf = ({ files, options }: ResultKey, hash: string) =>
    entryName([programFingerprint(), hash, files, options], "json");
  return {
    find: async (question, hash) => parseEntry(await readEntry(folder, nameOf(question, hash))),
    keep: (question, hash, metrics) =>
      writeEntry(folder, nameOf(question, hash), JSON.stringify({ metrics, complete: true })),
    tidy: () => deleteOldEntries(folder),
  };
}

/** A damaged entry counts as absent. */
function parseEntry(bytes: Buffer | null): DiagnosedRun | null {
  if (bytes === null) return null;
  try {
    const entry: { metrics?: DiagnosedRun; complete?: boolean } = JSON.parse(bytes.toString("utf8"));
    return entry.complete === true ? (entry.metrics ?? null) : null;
  } catch {
    return null;
  }
}
