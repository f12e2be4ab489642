/**
 * Results of analyses by what they depend on: the captures' content and names, what was asked, and the program. An entry
 * is one JSON file; what can't be read or isn't whole counts as absent, what can't be written is not kept.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunMetrics } from "../metrics/run-metrics.ts";
import type { AnalysisJob } from "./analysis-job.ts";
import { programFingerprint } from "./program-fingerprint.ts";

/** Entries that were not used for so long are deleted. */
const KEPT_DAYS = 60;
const MS_PER_DAY = 86_400_000;

export interface ResultCache {
  /** `null`: not there. */
  readonly find: (job: AnalysisJob, contentHash: string) => Promise<RunMetrics | null>;
  readonly keep: (job: AnalysisJob, contentHash: string, metrics: RunMetrics) => Promise<void>;
  /** Deletes entries that nobody used for long. */
  readonly tidy: () => Promise<void>;
}

/** A cache that keeps nothing. */
export const noCache: ResultCache = {
  find: async () => null,
  keep: async () => undefined,
  tidy: async () => undefined,
};

/** The cache in a folder, which is made when there is something to keep. */
export function openCache(folder: string): ResultCache {
  const fileOf = (job: AnalysisJob, hash: string) => join(folder, `${keyOf(job, hash)}.json`);
  return {
    find: (job, hash) => readEntry(fileOf(job, hash)),
    keep: (job, hash, metrics) => writeEntry(folder, fileOf(job, hash), metrics),
    tidy: () => deleteOld(folder),
  };
}

function keyOf({ files, options }: AnalysisJob, hash: string): string {
  const parts = JSON.stringify([programFingerprint(), hash, files, options]);
  return createHash("sha256").update(parts).digest("hex");
}

async function readEntry(path: string): Promise<RunMetrics | null> {
  try {
    const entry: { metrics?: RunMetrics; complete?: boolean } = JSON.parse(await readFile(path, "utf8"));
    if (entry.complete !== true || entry.metrics === undefined) return null;
    const now = new Date();
    await utimes(path, now, now).catch(() => undefined);
    return entry.metrics;
  } catch {
    return null;
  }
}

/** Written beside its place and then moved there, so that a reader never meets half of it. */
async function writeEntry(folder: string, path: string, metrics: RunMetrics): Promise<void> {
  const unfinished = join(folder, `${randomUUID()}.tmp`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(unfinished, JSON.stringify({ metrics, complete: true }), { mode: 0o600 });
    await rename(unfinished, path);
  } catch {
    // A cache is a convenience: without room or permission there is none.
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
}

async function deleteOld(folder: string): Promise<void> {
  const oldest = Date.now() - KEPT_DAYS * MS_PER_DAY;
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => /\.(json|tmp)$/.test(one))) {
    const path = join(folder, name);
    const status = await stat(path).catch(() => null);
    if (status !== null && status.mtimeMs < oldest) await rm(path, { force: true }).catch(() => undefined);
  }
}
