/** How each method shared the requests among the backends, as parts of 100 %. */
import type { Comparison } from "../../experiment/comparison/comparison.ts";
import type { Language } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import type { BarChart } from "./chart-spec.ts";
import { backendDimension, methodDimension } from "./dimensions.ts";

/** One chart of the methods behind the balancer, or none where requests were not counted. */
export function requestShareBars(comparison: Comparison, language: Language): BarChart[] {
  const shares = comparison.shares.filter(
    ({ method, percent }) => method !== comparison.baseline && percent.some((part) => part !== null),
  );
  if (shares.length === 0) return [];
  const words = wordsOf(language).charts.share;
  const backends = comparison.backends.filter((backend) =>
    shares.some((share) => share.backends.includes(backend)),
  );
  return [
    {
      kind: "bars",
      id: "request-share",
      language,
      title: words.title,
      note: words.note,
      stacked: true,
      categories: methodDimension(
        shares.map((share) => share.method),
        comparison.methods.map((method) => method.name),
        language,
      ),
      series: backendDimension(backends, comparison.backends, language),
      panels: [
        {
          quantity: { key: "requests_percent", title: words.y },
          bars: backends.map((backend) =>
            shares.map((share) => {
              const value = share.percent[share.backends.indexOf(backend)] ?? null;
              return value === null ? null : { value, low: null, high: null, runs: null };
            }),
          ),
        },
      ],
    },
  ];
}
