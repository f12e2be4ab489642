/**
 * Category profiles: thresholds as data, by which papers rate the four metrics. Papers differ in their tables, so a
 * profile has a name and a source, and both are printed with every category.
 *
 * Source of the built-in ones: the tables that Indonesian QoS papers quote from TIPHON (ETSI TR 101 329, 1999). The
 * ETSI document itself defines telephony classes; only the quoted tables rate data traffic.
 */
import { Failure } from "../failure.ts";
import { profileSources } from "../words/en/profile-sources.ts";
import { message } from "../words/message.ts";

import type { Categories } from "./categories.ts";
import type { PaperMetrics } from "./run-metrics.ts";

/** One band: values from `from` upwards (included, unless `exclusive`) to the next band have this index. */
export interface CategoryBand {
  readonly from: number;
  readonly exclusive?: boolean;
  /** 4 best … 0 worst. */
  readonly index: number;
}

/** Thresholds of one published rating. Bands are in ascending order of `from`. */
export interface CategoryProfile {
  readonly name: string;
  /** Where the thresholds come from, one sentence. */
  readonly source: string;
  /** In percent. */
  readonly packetLoss: readonly CategoryBand[];
  /** In ms. */
  readonly delay: readonly CategoryBand[];
  /** In ms. */
  readonly jitter: readonly CategoryBand[];
  readonly throughput: {
    /** `kbps`: thousands of bit/s; `percentOfBandwidth`: needs the link's bandwidth, without it nothing is rated. */
    readonly unit: "kbps" | "percentOfBandwidth";
    readonly bands: readonly CategoryBand[];
  };
}

const TIPHON_LOSS: readonly CategoryBand[] = [
  { from: 0, index: 4 },
  { from: 3, index: 3 },
  { from: 15, index: 2 },
  { from: 25, index: 1 },
];

const TIPHON_DELAY: readonly CategoryBand[] = [
  { from: 0, index: 4 },
  { from: 150, index: 3 },
  { from: 300, index: 2 },
  { from: 450, index: 1 },
];

const TIPHON_JITTER: readonly CategoryBand[] = [
  { from: 0, index: 4 },
  { from: 0, exclusive: true, index: 3 },
  { from: 75, index: 2 },
  { from: 125, exclusive: true, index: 1 },
];

/** Every built-in profile, the default first. */
export const categoryProfiles: readonly CategoryProfile[] = [
  {
    name: "tiphon",
    source: profileSources.tiphon,
    packetLoss: TIPHON_LOSS,
    delay: TIPHON_DELAY,
    jitter: TIPHON_JITTER,
    throughput: {
      unit: "percentOfBandwidth",
      bands: [
        { from: 0, index: 1 },
        { from: 50, index: 2 },
        { from: 75, index: 3 },
        { from: 100, index: 4 },
      ],
    },
  },
  {
    name: "tiphon-kbps",
    source: profileSources["tiphon-kbps"],
    packetLoss: TIPHON_LOSS,
    delay: TIPHON_DELAY,
    jitter: TIPHON_JITTER,
    throughput: {
      unit: "kbps",
      bands: [
        { from: 0, index: 0 },
        { from: 338, index: 1 },
        { from: 700, index: 2 },
        { from: 1200, index: 3 },
        { from: 2100, exclusive: true, index: 4 },
      ],
    },
  },
];

/**
 * The built-in profile of that name.
 * @throws Failure (status 2) naming the profiles that there are
 */
export function findProfile(name: string): CategoryProfile {
  const profile = categoryProfiles.find((candidate) => candidate.name === name);
  if (profile === undefined) {
    const known = categoryProfiles.map((candidate) => candidate.name).join(", ");
    throw new Failure(message("noSuchProfile", name, known), 2);
  }
  return profile;
}

const DEFAULT_PROFILE = "tiphon";

/**
 * The profile to rate by: one's own, a built-in one by its name, or the default.
 * @throws Failure (status 2) where there is no profile of that name
 */
export function ratingProfile(profile: string | CategoryProfile = DEFAULT_PROFILE): CategoryProfile {
  return typeof profile === "string" ? findProfile(profile) : profile;
}

/** The index of a value by its bands; `null` where the value was not measured or lies below the first band. */
export function categoryIndex(bands: readonly CategoryBand[], value: number | null): number | null {
  if (value === null) return null;
  let index: number | null = null;
  for (const band of bands) {
    if (band.exclusive === true ? value > band.from : value >= band.from) index = band.index;
  }
  return index;
}

/** The four figures that a profile rates. */
export type RatedFigures = Pick<
  PaperMetrics,
  "packetLossPercent" | "delayMs" | "jitterMs" | "throughputMbps"
>;

/**
 * Rates the paper's four figures.
 * @param bandwidthBitsPerSecond the link's, for a profile that rates throughput as a share of it
 */
export function rateCategories(
  profile: CategoryProfile,
  figures: RatedFigures,
  bandwidthBitsPerSecond?: number,
): Categories {
  const packetLoss = categoryIndex(profile.packetLoss, figures.packetLossPercent);
  const delay = categoryIndex(profile.delay, figures.delayMs);
  const jitter = categoryIndex(profile.jitter, figures.jitterMs);
  const throughput = categoryIndex(
    profile.throughput.bands,
    throughputInProfileUnit(profile, figures.throughputMbps, bandwidthBitsPerSecond),
  );
  const rated = [packetLoss, delay, jitter, throughput].filter((index) => index !== null);
  const index = rated.length === 0 ? null : rated.reduce((sum, one) => sum + one, 0) / rated.length;
  return {
    profile: profile.name,
    source: profile.source,
    packetLoss,
    delay,
    jitter,
    throughput,
    index,
    ratedMetrics: rated.length,
  };
}

function throughputInProfileUnit(
  profile: CategoryProfile,
  throughputMbps: number | null,
  bandwidthBitsPerSecond: number | undefined,
): number | null {
  if (throughputMbps === null) return null;
  if (profile.throughput.unit === "kbps") return throughputMbps * 1000;
  return bandwidthBitsPerSecond === undefined ? null : (throughputMbps * 1e8) / bandwidthBitsPerSecond;
}

/** The figures that a profile rates, when all were measured. */
export const RATED_METRICS = 4;

/** The names of total indices (means of the metrics' indices). */
export type Satisfaction = "poor" | "less" | "satisfying" | "very";

/** How satisfying a total index is. */
export function satisfactionOf(index: number): Satisfaction {
  if (index >= 3.8) return "very";
  if (index >= 3) return "satisfying";
  return index >= 2 ? "less" : "poor";
}
