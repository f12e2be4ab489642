/** The tail of the times to first byte: how many of a server's, or a method's, requests took longer than so long. */
import type { Comparison } from "../../experiment/comparison/comparison.ts";
import { type Survival, sumOfCounts, survivalOf, totalOf } from "../../metrics/duration-counts.ts";
import { pooledQuantiles, survivalByQuantiles } from "../../metrics/pooled-quantiles.ts";
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import type { Language } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import { serverLines } from "./answers-over-time.ts";
import type { Dimension, LineChart, Point } from "./chart-spec.ts";
import { backendDimension, methodDimension } from "./dimensions.ts";

const PERCENT = 100;
/** A tail of fewer requests has no 99th percentile. */
const FEWEST_REQUESTS = 100;
const P99_PERCENT = 1;

/** A curve for each server of a run; `null` where none has enough requests. */
export function serverTails(run: RunMetrics, language: Language): LineChart | null {
  const lines = serverLines(run).flatMap(({ label, timeline }) => {
    const counts = sumOfCounts(timeline.steps.map((step) => step.timesToFirstByte));
    const longestMs = Math.max(...timeline.steps.map((step) => step.maxTimeToFirstByteMs));
    const points = pointsOf(survivalOf(counts, longestMs));
    if (totalOf(counts) < FEWEST_REQUESTS || points.length < 2) return [];
    return [{ label, points }];
  });
  const labels = serverLines(run).map(({ label }) => label);
  const named = backendDimension(
    lines.map(({ label }) => label),
    labels,
    language,
  );
  return tailChart(
    named,
    lines.map(({ points }) => points),
    language,
    wordsOf(language).charts.tail.ofServers,
  );
}

/** A curve for each method, over all its runs and backends, down to the 99th percentile; none where no captures were analyzed for curves. */
export function methodTails({ methods, curves }: Comparison, language: Language): LineChart[] {
  const lines = methods.flatMap(({ name }) => {
    const quantiles = pooledQuantiles(curves.filter((one) => one.method === name));
    const points = pointsOf(survivalByQuantiles(quantiles));
    return points.length < 2 ? [] : [{ name, points }];
  });
  const named = methodDimension(
    lines.map(({ name }) => name),
    methods.map(({ name }) => name),
    language,
  );
  const chart = tailChart(
    named,
    lines.map(({ points }) => points),
    language,
    wordsOf(language).charts.tail.ofMethods,
  );
  return chart === null ? [] : [chart];
}

/** A logarithmic axis has no place for zero. */
function pointsOf(survival: readonly Survival[]): readonly Point[] {
  return survival.flatMap(({ milliseconds, percent }) =>
    milliseconds > 0 ? [{ x: milliseconds, y: percent }] : [],
  );
}

function tailChart(
  series: Dimension,
  lines: readonly (readonly Point[])[],
  language: Language,
  { title, note }: { readonly title: string; readonly note: string },
): LineChart | null {
  if (lines.length === 0) return null;
  const words = wordsOf(language).charts.tail;
  return {
    kind: "lines",
    id: "time-to-first-byte-tail",
    language,
    title,
    note,
    x: { key: "time_to_first_byte_ms", title: words.x },
    xScale: "logarithmic",
    series,
    panels: [
      {
        quantity: { key: "slower_percent", title: words.y },
        lines,
        top: PERCENT,
        scale: "logarithmic",
        levels: [{ y: P99_PERCENT, label: words.p99 }],
      },
    ],
  };
}
