/** From a folder of captures without a manifest to the manifest that it suggests. */
import { isCaptureName } from "../experiment/manifest/capture-name.ts";
import { inferManifest } from "../experiment/manifest/infer-manifest.ts";
import type { Manifest } from "../experiment/manifest/manifest.ts";
import { compareNaturally } from "../experiment/manifest/natural-order.ts";
import type { SeenPair } from "../experiment/manifest/seen-captures.ts";
import { Failure } from "../failure.ts";
import type { Language } from "../words/language.ts";
import { type Message, message } from "../words/message.ts";
import { type AnalysisPlan, analyzeJobs } from "./jobs/analyze-jobs.ts";
import { filesBelow } from "./list-files.ts";

export interface InferredExperiment {
  readonly manifest: Manifest;
  /** Captures that were found. */
  readonly captures: number;
  /** One line for each capture that can't be read, so that nothing could be learned from it. */
  readonly unreadable: readonly Message[];
}

export interface InferOptions extends AnalysisPlan {
  /** Of the manifest; default English. */
  readonly language?: Language;
}

/**
 * Looks at the names below a folder and into each capture: methods and runs come from the names, balancer and backends
 * from the traffic.
 * @throws Failure when there is no capture below the folder
 */
export async function inferExperiment(
  folder: string,
  options: InferOptions = {},
): Promise<InferredExperiment> {
  const paths = await filesBelow(folder);
  const captures = paths.filter(isCaptureName).sort(compareNaturally);
  if (captures.length === 0) {
    throw new Failure(message("noCaptureBelow", folder));
  }
  const jobs = captures.map((path) => ({ folder, files: [path], options: {} }));
  const outcomes = await analyzeJobs(jobs, options);
  const pairs = new Map<string, readonly SeenPair[]>();
  for (const [index, path] of captures.entries()) {
    const metrics = outcomes[index]?.metrics ?? null;
    if (metrics !== null) pairs.set(path, metrics.pairs);
  }
  return {
    manifest: inferManifest(paths, { pairs, language: options.language ?? "en" }),
    captures: captures.length,
    unreadable: outcomes.flatMap(({ failure }) => (failure === null ? [] : [failure])),
  };
}
