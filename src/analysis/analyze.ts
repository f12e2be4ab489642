import type { CaptureSource } from "../capture/capture-source.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import { TailGroups } from "../metrics/exchanges/tail-groups.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";
import { unlessAborted } from "../threads/unless-aborted.ts";
import type { Engine } from "./engine.ts";
import { openUnlessAborted } from "./open-unless-aborted.ts";
import { addSecrets } from "./threads/add-secrets.ts";
import { pathsWorthThreads } from "./threads/prepared-thread.ts";

/** How saved captures are analyzed. */
export interface FileAnalysisOptions extends AnalysisOptions {
  /**
   * Threads to use, 1 or 2; by default 2 for large files on a machine with several processors, except in a worker thread.
   * The result is the same.
   */
  readonly threads?: number;
  /** Also look for what the slowest exchanges have in common (`RunMetrics.tails`); who listens to exchanges learns it anyway. */
  readonly tails?: boolean;
  /**
   * Ends the analysis before its time. `onExchange` and `onBalancedExchange` are told what ended up to there, exchanges that wait for
   * their links included, then files are closed and threads ended, and the promise is rejected with the signal's reason. A stream that
   * is silent is left to its owner. Bytes in memory are read without a pause, so only these listeners and `onProgress` can abort then.
   */
  readonly signal?: AbortSignal;
  /** What runs the analysis, for debugging: `plainEngine`, in one thread. By default the compiled engine. @internal */
  readonly engine?: Engine;
}

/**
 * Analyzes one run from its saved capture: a path, `-` for standard input, bytes in memory, a Blob or File, or a stream; an
 * array of them is one run recorded in several files.
 * @throws Failure where the capture can't be read or an option is wrong; the reason of `options.signal` once it is aborted
 */
export async function analyze(
  sources: CaptureSource | readonly CaptureSource[],
  options: FileAnalysisOptions = {},
): Promise<RunMetrics> {
  if (options.selections === undefined && options.groups === undefined) return analyzeOnce(sources, options);
  const { selectionPass } = await import("./measure-selections.ts");
  const measure = selectionPass(options);
  return measure(await analyzeOnce(sources, options), sources, options.signal);
}

async function analyzeOnce(
  sources: CaptureSource | readonly CaptureSource[],
  { tails = false, onExchange, ...options }: FileAnalysisOptions,
): Promise<RunMetrics> {
  if (!tails && onExchange === undefined) return analyzeFrames(sources, options);
  const groups = new TailGroups();
  const run = await analyzeFrames(sources, {
    ...options,
    withoutLinks: onExchange === undefined,
    onExchange: (row) => {
      groups.add(row);
      onExchange?.(row);
    },
  });
  return { ...run, tails: groups.tails() };
}

async function analyzeFrames(
  sources: CaptureSource | readonly CaptureSource[],
  { signal, ...options }: FileAnalysisOptions,
): Promise<RunMetrics> {
  signal?.throwIfAborted();
  const paths = options.engine === undefined ? pathsWorthThreads(sources, options.threads) : null;
  if (paths !== null) {
    const { analyzeInTwoThreads } = await import("./threads/count-thread.ts");
    return analyzeInTwoThreads(paths, options, signal);
  }
  const { Analysis } = await import("./analysis.ts");
  const analysis = new Analysis(options, options.engine);
  await addSecrets(analysis, options.keys === undefined ? "" : `${options.keys}\n`);
  const capture = await openUnlessAborted(sources, signal, analysis.batch);
  const next = () => unlessAborted(signal, capture.nextBatch());
  try {
    for (let batch = await next(); batch !== null; batch = await next()) {
      await addSecrets(analysis, capture.takeSecrets());
      analysis.feed(batch, capture.startNs);
      options.onProgress?.(capture.bytesRead, capture.bytesTotal);
    }
    return analysis.finish(capture);
  } catch (error) {
    if (signal?.aborted === true) analysis.breakOff();
    throw error;
  } finally {
    await capture.close();
  }
}
