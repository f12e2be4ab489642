/** All taps of a study: paths in a row, where each tap hands on to the next, or from the first one to each of the others. */
import { analyze } from "../analysis/analyze.ts";
import { Failure } from "../failure.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import type { ExchangeRow } from "../metrics/exchanges/exchange-row.ts";
import { message } from "../words/message.ts";
import { besidePapers } from "./beside-papers.ts";
import type { DescribedPath } from "./describe-path.ts";
import { HostTimes } from "./host-times.ts";
import { describedPath, NoPathFailure, refuseStandardInput, refuseWithoutPath } from "./match-captures.ts";
import type { HostTimeMetrics, PathMetrics, TapsMetrics } from "./path-metrics.ts";
import type { PathOptions, TapSource } from "./path-options.ts";
import { TapExchanges } from "./tap-exchanges.ts";

export interface TapsOptions
  extends PathOptions,
    Pick<AnalysisOptions, "profile" | "bandwidthBitsPerSecond"> {
  /** Whether the papers' figures are computed too, which takes an analysis of the first tap's capture. By default they are. */
  readonly papers?: boolean;
  /**
   * Whether each exchange's time is parted into network there, host, network back: both captures are analyzed, and all exchanges of
   * the first are kept in memory. By default it is not.
   */
  readonly hostTimes?: boolean;
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
  refuseStandardInput(taps);
  const { papers = true, hostTimes = false, profile } = options;
  const exchanges = new TapExchanges();
  const [second = first] = others;
  // A wrong pair of captures is told at once. What a long run's analysis needs is given back before its packets are matched.
  if (papers || hostTimes) await refuseWithoutPath(first, second);
  const run =
    papers || hostTimes
      ? await analyze(first, {
          ...ratingOf(options),
          ...(hostTimes ? { onExchange: (row: ExchangeRow) => exchanges.add(row) } : {}),
        })
      : null;
  const inRow = await pathsInRow(taps, options);
  const found = [...inRow];
  const isStar = inRow.length < others.length;
  if (isStar)
    for (const other of others.slice(inRow.length)) found.push(await describedPath(first, other, options));
  else refuseOtherOrder(found.map(({ path }) => path));
  const times = hostTimes ? await hostTimesOf(others, found, exchanges, isStar) : [];
  const paths = found.map(({ path }, index) => ({
    ...path,
    papers: papers && run !== null ? besidePapers(path, run, profile) : null,
    hostTimes: times[index] ?? null,
  }));
  return { arrangement: isStar ? "star" : "row", paths };
}

/** Paths from each tap to the next, as long as the next one records the same packets: one at least. */
async function pathsInRow(taps: readonly TapSource[], options: PathOptions): Promise<DescribedPath[]> {
  const paths: DescribedPath[] = [];
  for (let tap = 1; tap < taps.length; tap++) {
    try {
      paths.push(await describedPath(taps[tap - 1] as TapSource, taps[tap] as TapSource, options));
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

/** Each tap is analyzed once. @param exchanges of the first tap */
async function hostTimesOf(
  others: readonly TapSource[],
  paths: readonly DescribedPath[],
  exchanges: TapExchanges,
  isStar: boolean,
): Promise<(HostTimeMetrics | null)[]> {
  const found: (HostTimeMetrics | null)[] = [];
  let near = exchanges;
  for (const [index, { clocks }] of paths.entries()) {
    const times = new HostTimes(near, clocks);
    // In a row this tap is the next path's first one.
    const far = isStar || index === paths.length - 1 ? null : new TapExchanges();
    await analyze(others[index] as TapSource, {
      onExchange: (row) => {
        times.addSecond(row);
        far?.add(row);
      },
    });
    found.push(times.metrics);
    near = far ?? near;
  }
  return found;
}

function ratingOf({
  profile,
  bandwidthBitsPerSecond,
}: TapsOptions): Pick<AnalysisOptions, "profile" | "bandwidthBitsPerSecond"> {
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(bandwidthBitsPerSecond === undefined ? {} : { bandwidthBitsPerSecond }),
  };
}
