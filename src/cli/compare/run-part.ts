/** `lbqos compare --part K/N`: analyzes a share of the runs, for a comparison that finds their results in the shared cache. */
import { Failure } from "../../failure.ts";
import { resolveExperiment } from "../../study/experiment-path.ts";
import type { JobPart } from "../../study/jobs/analyze-jobs.ts";
import { readExperiment } from "../../study/read-experiment.ts";
import { message } from "../../words/message.ts";
import type { ExitStatus } from "../command.ts";
import { interruptible } from "../interrupted.ts";
import { readKeys } from "../keys-option.ts";
import { printLine } from "../print-line.ts";
import { startProgress } from "../progress.ts";
import type { CompareRequest } from "./compare-request.ts";

/** @throws Failure, Interrupted */
export async function runPart(request: CompareRequest, part: JobPart): Promise<ExitStatus> {
  const { path, keys, analysis, quiet } = request;
  if (analysis.cacheFolder === undefined) throw new Failure(message("partNeedsCache"), 2);
  // Without a manifest every share would have to look into every capture.
  if ((await resolveExperiment(path)).kind !== "manifest") throw new Failure(message("partNeedsManifest"), 2);
  const progress = startProgress(quiet);
  try {
    const secrets = await readKeys(keys);
    const { experiment } = await interruptible((signal) =>
      readExperiment(path, { ...analysis, ...secrets, part, signal, onProgress: progress.update }),
    );
    progress.stop();
    if (!quiet) printLine(message("partDone", experiment.runs.length, part.index + 1, part.count));
    return 0;
  } finally {
    progress.stop();
  }
}

/**
 * `3/8`: the third of eight shares.
 * @throws Failure (status 2)
 */
export function parsePart(text: string): JobPart {
  const [, index, count] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? [];
  if (index === undefined || count === undefined || Number(index) > Number(count)) {
    throw new Failure(message("notPart", text), 2);
  }
  return { index: Number(index) - 1, count: Number(count) };
}
