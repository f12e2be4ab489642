import type { CaptureSource } from "../capture/capture-source.ts";
import { openCapture } from "../capture/open-capture.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";
import type { Engine } from "./engine.ts";
import { addSecrets } from "./threads/add-secrets.ts";
import { pathsWorthThreads } from "./threads/prepared-thread.ts";

/** How saved captures are analyzed. */
export interface FileAnalysisOptions extends AnalysisOptions {
  /**
   * Threads to use, 1 or 2; by default 2 for large files on a machine with several processors, except in a worker thread.
   * The result is the same.
   */
  readonly threads?: number;
  /**
   * Breaks the analysis off: what `onExchange` has not been told yet, since an exchange waits for its links, it is told at once.
   * Nothing of a large file that two threads work on: what the other has kept back then is lost. The promise stays pending.
   */
  readonly signal?: AbortSignal;
  /** What runs the analysis, for debugging: `plainEngine`, in one thread. By default the compiled engine. @internal */
  readonly engine?: Engine;
}

/**
 * Analyzes one run from its saved capture: a path, `-` for standard input, bytes in memory or a stream; an array of them
 * is one run recorded in several files.
 * @throws Failure where the capture can't be read or an option is wrong
 */
export async function analyze(
  sources: CaptureSource | readonly CaptureSource[],
  options: FileAnalysisOptions = {},
): Promise<RunMetrics> {
  if (options.selections === undefined && options.groups === undefined) return analyzeOnce(sources, options);
  const { selectionPass } = await import("./measure-selections.ts");
  const measure = selectionPass(options);
  return measure(await analyzeOnce(sources, options), sources);
}

async function analyzeOnce(
  sources: CaptureSource | readonly CaptureSource[],
  { signal, ...options }: FileAnalysisOptions,
): Promise<RunMetrics> {
  const paths = options.engine === undefined ? pathsWorthThreads(sources, options.threads) : null;
  if (paths !== null) {
    const { analyzeInTwoThreads } = await import("./threads/count-thread.ts");
    return analyzeInTwoThreads(paths, options);
  }
  const { Analysis } = await import("./analysis.ts");
  const analysis = new Analysis(options, options.engine);
  await addSecrets(analysis, options.keys === undefined ? "" : `${options.keys}\n`);
  const capture = await openCapture(sources, analysis.batch);
  signal?.addEventListener("abort", () => analysis.breakOff(), { once: true });
  try {
    for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
      await addSecrets(analysis, capture.takeSecrets());
      analysis.feed(batch, capture.startNs);
      options.onProgress?.(capture.bytesRead, capture.bytesTotal);
    }
    return analysis.finish(capture);
  } finally {
    await capture.close();
  }
}
