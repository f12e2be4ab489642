/** All taps of a study: paths in a row, where each tap hands on to the next, or from the first one to each of the others. */
import { analyze } from "../analysis/analyze.ts";
import type { CaptureSource } from "../capture/capture-source.ts";
import { Failure } from "../failure.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import { message } from "../words/message.ts";
import { besidePapers } from "./beside-papers.ts";
import { measurePath, NoPathFailure, type PathOptions, type TapSource } from "./measure-path.ts";
import type { MeasuredPath, PathMetrics, TapsMetrics } from "./path-metrics.ts";

export interface TapsOptions
  extends PathOptions,
    Pick<AnalysisOptions, "profile" | "bandwidthBitsPerSecond"> {
  /** Whether the papers' figures are computed too, which takes an analysis of the first tap's capture. By default they are. */
  readonly papers?: boolean;
}

/**
 * Measures the paths between taps.
 * @param taps in the order in which requests pass them; or the balancer's first, then the backends'
 * @throws Failure as `measurePath`, and where the taps are in another order
 */
export async function measureTaps(
  taps: readonly TapSource[],
  options: TapsOptions = {},
): Promise<TapsMetrics> {
  const [first, ...others] = taps;
  if (first === undefined || others.length === 0) throw new Failure(message("pathFewTaps"), 2);
  const inRow = await pathsInRow(taps, options);
  const paths: PathMetrics[] = [...inRow];
  const isStar = inRow.length < others.length;
  if (isStar)
    for (const other of others.slice(inRow.length)) paths.push(await measurePath(first, other, options));
  else refuseOtherOrder(paths);
  return {
    arrangement: isStar ? "star" : "row",
    paths: options.papers === false ? paths.map(withoutPapers) : await withPapers(first, paths, options),
  };
}

/** Paths from each tap to the next, as long as the next one records the same packets: one at least. */
async function pathsInRow(taps: readonly TapSource[], options: PathOptions): Promise<PathMetrics[]> {
  const paths: PathMetrics[] = [];
  for (let tap = 1; tap < taps.length; tap++) {
    try {
      paths.push(await measurePath(taps[tap - 1] as TapSource, taps[tap] as TapSource, options));
    } catch (error) {
      if (tap === 2 && error instanceof NoPathFailure && error.reason === "nothingMatches") return paths;
      throw error;
    }
  }
  return paths;
}

/** Requests that pass the first two taps in this order pass all others so. @throws Failure */
function refuseOtherOrder(paths: readonly PathMetrics[]): void {
  const [first] = paths;
  for (const path of paths.slice(1)) {
    const isTurned = path.hosts[0].some((host) => first?.hosts[1].includes(host));
    if (isTurned)
      throw new Failure(message("pathWrongOrder", path.taps[0].files[0] ?? "", path.taps[1].files[0] ?? ""));
  }
}

function withoutPapers(path: PathMetrics): MeasuredPath {
  return { ...path, papers: null };
}

/** One analysis of the first tap, from which each path takes the pair of its hosts. */
async function withPapers(
  first: TapSource,
  paths: readonly PathMetrics[],
  { profile, bandwidthBitsPerSecond }: TapsOptions,
): Promise<MeasuredPath[]> {
  const run = await analyze(first as CaptureSource | readonly CaptureSource[], {
    ...(profile === undefined ? {} : { profile }),
    ...(bandwidthBitsPerSecond === undefined ? {} : { bandwidthBitsPerSecond }),
  });
  return paths.map((path) => ({ ...path, papers: besidePapers(path, run, profile) }));
}
