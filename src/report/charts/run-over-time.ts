/** Throughput and delay over the time of a run: for each method, its first run. */
import type { Comparison } from "../../experiment/comparison/comparison.ts";
import { slug } from "../../experiment/manifest/method-names.ts";
import type { RunCurves } from "../../experiment/runs/run-curves.ts";
import type { TimeSeries } from "../../metrics/time-series.ts";
import { type Language, numberText } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import type { LineChart, LinePanel, Point } from "./chart-spec.ts";
import { backendDimension } from "./dimensions.ts";

/** More steps than this are too fine for a column of a paper. */
const MAX_STEPS = 60;
const FEWEST_STEPS = 10;
/** A step should hold so many requests: with few, one more or less is all that a line shows. */
const REQUESTS_PER_STEP = 15;
const MILLISECONDS_PER_SECOND = 1000;

/** A last step that the traffic reaches into less far has too few requests to stand beside the others. */
const MIN_LAST_STEP = 0.5;
/** Shorter traffic is shown as it is. */
const FEWEST_BINS_TO_TRIM = 3;

/** What one backend did in one step of time. */
interface BackendBin {
  readonly index: number;
  readonly toBackendMbps: number;
  readonly delayMs: number | null;
}

/** A chart per method that has curves. */
export function runOverTime(comparison: Comparison, language: Language): LineChart[] {
  return comparison.methods.flatMap(({ name }, index) => {
    const own = comparison.curves.filter((one) => one.method === name);
    const run = Math.min(...own.map((one) => one.run));
    const curves = comparison.backends.flatMap((backend) =>
      own.filter((one) => one.run === run && one.backend === backend),
    );
    const chart = chartOf(curves, run, name, comparison.backends, language);
    if (chart === null) return [];
    const isTwin = comparison.methods.slice(0, index).some((other) => slug(other.name) === slug(name));
    return [{ ...chart, id: `over-time-${slug(name)}${isTwin ? `-${index + 1}` : ""}` }];
  });
}

function chartOf(
  curves: readonly RunCurves[],
  run: number,
  method: string,
  backends: readonly string[],
  language: Language,
): LineChart | null {
  const withTraffic = curves.filter(({ series }) => series.bins.length > 0);
  if (withTraffic.length === 0) return null;
  const stepSeconds = commonStep(withTraffic.map((one) => one.series));
  const steps = withTraffic.map((one) => rebin(one.series, stepSeconds));
  const words = wordsOf(language).charts.overTime;
  const panel = (key: string, title: string, lines: readonly Point[][]): LinePanel => ({
    quantity: { key, title },
    lines,
    top: null,
    levels: [],
  });
  return {
    kind: "lines",
    id: "",
    language,
    title: words.title(method, run),
    note: words.note(numberText(stepSeconds * MILLISECONDS_PER_SECOND, language)),
    x: { key: "time_s", title: words.x },
    xScale: "linear",
    series: backendDimension(
      withTraffic.map((one) => one.backend),
      backends,
      language,
    ),
    panels: [
      panel(
        "throughput_to_backend_mbps",
        words.throughput,
        steps.map((one) => throughputLine(one, stepSeconds)),
      ),
      panel(
        "delay_ms",
        words.delay,
        steps.map((one) => delayLine(one, stepSeconds)),
      ),
    ],
  };
}

/**
 * The widest bin of the series, times what gives each step enough requests. Bin widths are 10 ms times a power of two,
 * so the step is a multiple of each.
 */
function commonStep(series: readonly TimeSeries[]): number {
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
function rebin(whole: TimeSeries, stepSeconds: number): BackendBin[] {
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

/** Steps without traffic are zero; two points at its ends stand for a gap of any length. */
function throughputLine(steps: readonly BackendBin[], stepSeconds: number): Point[] {
  return steps.flatMap((step, position) => {
    const point = { x: middle(step.index, stepSeconds), y: step.toBackendMbps };
    const before = steps[position - 1];
    if (before === undefined || before.index === step.index - 1) return [point];
    return [
      { x: middle(before.index + 1, stepSeconds), y: 0 },
      { x: middle(step.index - 1, stepSeconds), y: 0 },
      point,
    ];
  });
}

/** A step without requests breaks the line: there was no delay to measure. */
function delayLine(steps: readonly BackendBin[], stepSeconds: number): Point[] {
  return steps.flatMap((step, position) => {
    const point = { x: middle(step.index, stepSeconds), y: step.delayMs };
    const before = steps[position - 1];
    if (before === undefined || before.index === step.index - 1) return [point];
    return [{ x: middle(before.index + 1, stepSeconds), y: null }, point];
  });
}

/** The middle of a step, in seconds, without the noise of binary fractions. */
function middle(index: number, stepSeconds: number): number {
  return Number(((index + 0.5) * stepSeconds).toPrecision(12));
}
