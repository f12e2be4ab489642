/** Throughput and delay over the time of a run: for each method, its first run. */
import type { Comparison } from "../../experiment/comparison/comparison.ts";
import { slug } from "../../experiment/manifest/method-names.ts";
import type { RunCurves } from "../../experiment/runs/run-curves.ts";
import { commonStepSeconds, type TimeStep, timeSteps } from "../../metrics/time-steps.ts";
import { MILLISECONDS_PER_SECOND } from "../../units.ts";
import { type Language, numberText } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import type { LineChart, LinePanel, Point } from "./chart-spec.ts";
import { backendDimension } from "./dimensions.ts";

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
  const stepSeconds = commonStepSeconds(withTraffic.map((one) => one.series));
  const steps = withTraffic.map((one) => timeSteps(one.series, stepSeconds));
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

/** Steps without traffic are zero; two points at its ends stand for a gap of any length. */
function throughputLine(steps: readonly TimeStep[], stepSeconds: number): Point[] {
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
function delayLine(steps: readonly TimeStep[], stepSeconds: number): Point[] {
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
