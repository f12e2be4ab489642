/** Time series in wider steps, each with enough requests to say something. */

import { MILLISECONDS_PER_SECOND } from "../units.ts";
import type { TimeSeries } from "./time-series.ts";

/** More steps than this are too fine for a column of a paper. */
const MAX_STEPS = 60;
const FEWEST_STEPS = 10;
/** A step should hold so many requests: with few, one more or less is all that a line shows. */
const REQUESTS_PER_STEP = 15;

/** A last step that the traffic reaches into less far has too few requests to stand beside the others. */
const MIN_LAST_STEP = 0.5;
/** Shorter traffic is shown as it is. */
const FEWEST_BINS_TO_TRIM = 3;

/** What one backend did in one step of time. */
export interface TimeStep {
  /** Steps since the capture's first packet. */
  readonly index: number;
  readonly toBackendMbps: number;
  readonly delayMs: number | null;
}

/**
 * The widest bin of the series, times what gives each step enough requests. Bin widths are 10 ms times a power of two,
 * so the step is a multiple of each.
 */
export function commonStepSeconds(series: readonly TimeSeries[]): number {
  const width = Math.max(...series.map((one) => one.binSeconds));
  const spans = series.map(spanOf);
  const bins =
    (Math.max(...spans.map(({ end }) => end)) - Math.min(...spans.map(({ start }) => start))) / width;
  const busiest = Math.max(...series.map((one) => one.bins.reduce((sum, bin) => sum + bin.requests, 0)));
  const steps = Math.min(MAX_STEPS, Math.max(FEWEST_STEPS, busiest / REQUESTS_PER_STEP));
  return width * Math.max(1, Math.ceil(bins / steps));
}

/** From the first bin with traffic to the last, in seconds. */
function spanOf({ bins, binSeconds }: TimeSeries): { readonly start: number; readonly end: number } {
  const start = bins[0]?.startSeconds ?? 0;
  return { start, end: (bins[bins.length - 1]?.startSeconds ?? start) + binSeconds };
}

/**
 * Bins of a multiple of their width: the bits of all over the new width, and the new width over the requests of all.
 * The first and the last step are as wide as the traffic reaches into them. The last bin is left out, for the traffic ends
 * somewhere within it: it would look like a fall.
 */
export function timeSteps(whole: TimeSeries, stepSeconds: number): TimeStep[] {
  const { binSeconds } = whole;
  const isTrimmed = whole.bins.length >= FEWEST_BINS_TO_TRIM;
  const series = isTrimmed ? { binSeconds, bins: whole.bins.slice(0, -1) } : whole;
  const { start, end } = spanOf(series);
  const sums = new Map<number, { mbps: number; requests: number }>();
  for (const bin of series.bins) {
    // Half a bin keeps rounding of the start from falling into the step before.
    const index = Math.floor((bin.startSeconds + binSeconds / 2) / stepSeconds);
    const sum = sums.get(index) ?? { mbps: 0, requests: 0 };
    sum.mbps += bin.toBackendMbps;
    sum.requests += bin.requests;
    sums.set(index, sum);
  }
  const steps = [...sums].map(([index, { mbps, requests }]) => {
    const seconds = Math.min(end, (index + 1) * stepSeconds) - Math.max(start, index * stepSeconds);
    const bins = Math.round(seconds / binSeconds);
    return {
      index,
      bins,
      toBackendMbps: mbps / bins,
      delayMs: requests === 0 ? null : (bins * binSeconds * MILLISECONDS_PER_SECOND) / requests,
    };
  });
  const last = steps.at(-1);
  const isShort = last !== undefined && last.bins * binSeconds < MIN_LAST_STEP * stepSeconds;
  return isTrimmed && isShort && steps.length > 1 ? steps.slice(0, -1) : steps;
}
