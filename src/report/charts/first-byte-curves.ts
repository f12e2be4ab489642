/** Time to first byte as cumulative distribution, a curve per method. */
import type { Comparison } from "../../experiment/comparison/comparison.ts";
import { pooledQuantiles } from "../../metrics/pooled-quantiles.ts";
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
    const quantiles = pooledQuantiles(curves);
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

function hasLongTail(quantiles: readonly number[]): boolean {
  const [least = 0, median = 0, most = 0] = [quantiles[0], quantiles[PERCENT / 2], quantiles[PERCENT]];
  // A logarithmic axis has no place for zero.
  return least > 0 && (most > LONG_TAIL * median || median > LONG_TAIL * least);
}
