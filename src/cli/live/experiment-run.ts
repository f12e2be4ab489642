/** `--experiment`: what the manifest says about the run that is recorded. */

import { join } from "node:path";
import type { Manifest } from "../../experiment/manifest/manifest.ts";
import { parseManifest } from "../../experiment/manifest/parse-manifest.ts";
import { recordingPlace } from "../../experiment/manifest/recording-place.ts";
import { Failure } from "../../failure.ts";
import type { AnalysisOptions } from "../../metrics/analysis-options.ts";
import { readText, resolveExperiment } from "../../study/experiment-path.ts";
import { filesFor } from "../../study/list-files.ts";
import type { Language } from "../../words/language.ts";
import { message } from "../../words/message.ts";
import type { ExperimentRunRequest } from "./live-request.ts";

export interface ExperimentRun {
  /** Where the manifest expects the run's capture. */
  readonly path: string;
  readonly analysis: Pick<AnalysisOptions, "balancer" | "backends" | "profile" | "bandwidthBitsPerSecond">;
  readonly language: Language;
}

/** @throws Failure where there is no manifest, or it has no place for the run */
export async function experimentRun(request: ExperimentRunRequest): Promise<ExperimentRun> {
  const at = await resolveExperiment(request.path);
  if (at.kind !== "manifest") {
    throw new Failure(message("notManifest", request.path));
  }
  const manifest = parseManifest(await readText(at.path), at.path);
  const patterns = manifest.methods.flatMap(({ captures }) => captures.flatMap(({ files }) => files));
  const place = recordingPlace(manifest, await filesFor(patterns, at.folder), request, at.path);
  return {
    path: join(at.folder, place.path),
    analysis: {
      ...(place.source === null ? {} : { balancer: place.source }),
      ...(place.backends.length === 0 ? {} : { backends: place.backends }),
      ...rating(manifest),
    },
    language: manifest.language,
  };
}

function rating({
  profile,
  bandwidthBitsPerSecond,
}: Manifest): Pick<AnalysisOptions, "profile" | "bandwidthBitsPerSecond"> {
  return { profile, ...(bandwidthBitsPerSecond === null ? {} : { bandwidthBitsPerSecond }) };
}
