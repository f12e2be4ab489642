/** `--profile` and `--bandwidth`, which say how figures are rated. */
import { parseBandwidth } from "../experiment/bandwidth.ts";
import { Failure } from "../failure.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import { categoryProfiles, findProfile } from "../metrics/category-profiles.ts";

/** The profiles that there are, for help texts. */
export const profileNames = categoryProfiles.map(({ name }) => name).join(", ");

/** @throws Failure (status 2) for a profile that does not exist or a rate that is none */
export function parseRating(options: {
  readonly profile?: string;
  readonly bandwidth?: string;
}): Pick<AnalysisOptions, "profile" | "bandwidthBitsPerSecond"> {
  const { profile, bandwidth } = options;
  // Only to refuse an unknown name before a big capture is read.
  if (profile !== undefined) findProfile(profile);
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(bandwidth === undefined ? {} : { bandwidthBitsPerSecond: bitsPerSecond(bandwidth) }),
  };
}

/** A bandwidth; on the command line the unit may be just its prefix, `100M`. */
function bitsPerSecond(text: string): number {
  const bits = parseBandwidth(text) ?? parseBandwidth(`${text}bit/s`);
  if (bits === null) throw new Failure(`--bandwidth: "${text}" is no rate such as 100M or 1Gbit/s`, 2);
  return bits;
}
