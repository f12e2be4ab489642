import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { isMainThread } from "node:worker_threads";
import { Analysis } from "./analyze.ts";
import type { CaptureSource } from "./capture/capture.ts";
import { openCapture } from "./capture/open-capture.ts";
import type { AnalysisOptions } from "./metrics/analysis-options.ts";
import type { RunMetrics } from "./metrics/run-metrics.ts";

/**
 * Bytes of captures from which on a second thread pays: before, the second processor is busy with optimising the code, and
 * the thread takes some 0.1 s to start.
 */
const WORTH_A_THREAD_BYTES = 64e6;

/** How saved captures are analysed. */
export interface FileAnalysisOptions extends AnalysisOptions {
  /**
   * Threads to use, 1 or 2; by default 2 for large files on a machine with several processors, except in a worker thread.
   * The result is the same.
   */
  readonly threads?: number;
}

/**
 * Analyses one run from its saved capture: a path, `-` for standard input, bytes in memory or a stream; an array of them
 * is one run recorded in several files.
 * @throws Failure where the capture can't be read or an option is wrong
 */
export async function analyze(
  sources: CaptureSource | readonly CaptureSource[],
  options: FileAnalysisOptions = {},
): Promise<RunMetrics> {
  const paths = await pathsWorthThreads(sources, options);
  if (paths !== null) {
    const { analyzeInTwoThreads } = await import("./analyze-threads/follow-thread.ts");
    return analyzeInTwoThreads(paths, options);
  }
  const analysis = new Analysis(options);
  const capture = await openCapture(sources);
  try {
    for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
      analysis.feed(batch, capture.startNs);
      options.onProgress?.(capture.bytesRead, capture.bytesTotal);
    }
    return analysis.finish(capture);
  } finally {
    await capture.close();
  }
}

/** The sources' paths where they are files that a second thread should read, else `null`. */
async function pathsWorthThreads(
  sources: CaptureSource | readonly CaptureSource[],
  { threads }: FileAnalysisOptions,
): Promise<readonly string[] | null> {
  // Node 20 runs no TypeScript: from sources, the tests' way, there is no worker to start.
  if (threads === 1 || extname(import.meta.url) === ".ts") return null;
  if (threads === undefined && (!isMainThread || availableParallelism() === 1)) return null;
  const list = typeof sources === "string" ? [sources] : sources;
  if (!Array.isArray(list)) return null;
  let bytes = 0;
  for (const path of list) {
    const info = typeof path === "string" && path !== "-" ? await stat(path).catch(() => null) : null;
    if (info === null || !info.isFile()) return null;
    bytes += info.size;
  }
  return threads !== undefined || bytes >= WORTH_A_THREAD_BYTES ? list : null;
}
