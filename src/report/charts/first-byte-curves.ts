/** Time to first byte as cumulative distribution, a curve per method. */
import type { Comparison } from "../../experiment/comparison/comparison.ts";
import type { RunCurves } from "../../experiment/runs/run-curves.ts";
import type { Language } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import type { LineChart, Point } from "./chart-spec.ts";
import { methodDimension } from "./dimensions.ts";

/** A tail that reaches this many times as far as the middle is shown on a logarithmic axis. */
const LONG_TAIL = 10;
const PERCENT = 100;

/** One chart, or none where no captures were analyzed for curves. */
export function firstByteCurves(comparison: Comparison, language: Language): LineChart[] {
  const pooled = comparison.methods.flatMap(({ name }) => {
    const curves = comparison.curves.filter((one) => one.method === name);
    const quantiles = poolQuantiles(curves);
    return quantiles.length === 0 ? [] : [{ name, quantiles }];
  });
  if (pooled.length === 0) return [];
  const words = wordsOf(language).charts.firstByte;
  return [
    {
      kind: "lines",
      id: "time-to-first-byte",
      language,
      title: words.title,
      note: words.note,
      x: { key: "time_to_first_byte_ms", title: words.x },
      xScale: pooled.some(({ quantiles }) => hasLongTail(quantiles)) ? "logarithmic" : "linear",
      series: methodDimension(
        pooled.map(({ name }) => name),
        comparison.methods.map(({ name }) => name),
        language,
      ),
      panels: [
        {
          quantity: { key: "exchanges_percent", title: words.y },
          lines: pooled.map(({ quantiles }) => quantiles.map((x, percent): Point => ({ x, y: percent }))),
          top: PERCENT,
          levels: [
            { y: 50, label: words.median },
            { y: 95, label: words.p95 },
          ],
        },
      ],
    },
  ];
}

/**
 * The quantiles 0, 0.01, … 1 of the exchanges of several runs together. Each run is known by its own 101 quantiles, of
 * which each stands for as many exchanges; so the pooled distribution is right to within one percent of its exchanges.
 */
export function poolQuantiles(curves: readonly RunCurves[]): number[] {
  const weighted = curves
    .flatMap(({ timeToFirstByteQuantilesMs, exchanges }) =>
      timeToFirstByteQuantilesMs.map((value) => ({
        value,
        weight: exchanges / timeToFirstByteQuantilesMs.length,
      })),
    )
    .sort((a, b) => a.value - b.value);
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  const last = weighted[weighted.length - 1];
  if (last === undefined || total === 0) return [];
  const quantiles: number[] = [];
  let below = 0;
  for (const { value, weight } of weighted) {
    below += weight;
    while (quantiles.length < PERCENT && below > (quantiles.length / PERCENT) * total) quantiles.push(value);
  }
  while (quantiles.length <= PERCENT) quantiles.push(last.value);
  return quantiles;
}

function hasLongTail(quantiles: readonly number[]): boolean {
  const [least = 0, median = 0, most = 0] = [quantiles[0], quantiles[PERCENT / 2], quantiles[PERCENT]];
  // A logarithmic axis has no place for zero.
  return least > 0 && (most > LONG_TAIL * median || median > LONG_TAIL * least);
}
