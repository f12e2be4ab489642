/** Captures that a job may have opened: regular files below the root, with a capture's name, wherever links lead. */
import { realpath, stat } from "node:fs/promises";
import { isCaptureName } from "../../experiment/manifest/capture-name.ts";
import { type Message, message } from "../../words/message.ts";
import { type AnalysisJob, jobPaths } from "../jobs/analysis-job.ts";
import { pathBelow } from "./path-below.ts";

/** Why a job's captures are not to be had here; `null`: they are. */
export async function whyNotAllowed(root: string, job: AnalysisJob): Promise<Message | null> {
  const realRoot = await realpath(root).catch(() => null);
  if (realRoot === null) return message("rootNotThere", root);
  for (const [index, path] of jobPaths(job).entries()) {
    const name = job.files[index] ?? path;
    // A path outside is refused without a look at what is there.
    if (pathBelow(root, path) === null || !isCaptureName(path)) return message("captureNotAllowed", name);
    const real = await realpath(path).catch(() => null);
    if (real === null) return message("captureNotHere", name);
    const status = pathBelow(realRoot, real) !== null ? await stat(real).catch(() => null) : null;
    if (status?.isFile() !== true) return message("captureNotAllowed", name);
  }
  return null;
}
