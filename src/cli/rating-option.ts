/** `--profile` and `--bandwidth`, which say how figures are rated. */

import { readFile } from "node:fs";
import { promisify } from "node:util";
import { typedBandwidth } from "../experiment/manifest/bandwidth.ts";
import { Failure } from "../failure.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import { categoryProfiles, findProfile } from "../metrics/category-profiles.ts";
import { message } from "../words/message.ts";
import { systemReason } from "./system-reason.ts";

/** `node:fs/promises` has the same, but every analysis would load it, which takes 1 ms. */
const readFileAsync = promisify(readFile);

/** The profiles that there are, for help texts. */
export const profileNames = categoryProfiles.map(({ name }) => name).join(", ");

/** How figures are rated, as the user said it: a profile by its name, or in a file. */
export interface RatingRequest {
  readonly profile?: string;
  readonly bandwidthBitsPerSecond?: number;
}

/** @throws Failure (status 2) for a profile that does not exist or a rate that is none */
export function parseRating(options: {
  readonly profile?: string;
  readonly bandwidth?: string;
}): RatingRequest {
  const { profile, bandwidth } = options;
  // Only to refuse an unknown name before a big capture is read.
  if (profile !== undefined && !isFile(profile)) findProfile(profile);
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(bandwidth === undefined ? {} : { bandwidthBitsPerSecond: typedBandwidth(bandwidth) }),
  };
}

/**
 * Reads the profile's file, where it is one.
 * @throws Failure where it can't be read or is no profile
 */
export async function readRating(
  request: RatingRequest,
): Promise<Pick<AnalysisOptions, "profile" | "bandwidthBitsPerSecond">> {
  const { profile } = request;
  if (profile === undefined || !isFile(profile)) return request;
  const { parseProfile } = await import("../experiment/manifest/parse-manifest.ts");
  let text: string;
  try {
    text = await readFileAsync(profile, "utf8");
  } catch (error) {
    throw new Failure(message("profileNotRead", profile, systemReason(error)));
  }
  return { ...request, profile: parseProfile(text, profile) };
}

/** A profile of one's own is a YAML or JSON file; the built-in ones have names without a dot. */
function isFile(profile: string): boolean {
  return /\.(ya?ml|json)$/i.test(profile);
}
