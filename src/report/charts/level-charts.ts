/** Each metric over the levels of a factor, a line per method; bars where the levels are no numbers. */
import type { Comparison } from "../../experiment/comparison/comparison.ts";
import type { MetricFacts } from "../../experiment/experiment-metrics.ts";
import { factorTitle } from "../../experiment/factors/factor.ts";
import { type LevelGrid, levelGrid, rowAt } from "../../experiment/factors/level-grid.ts";
import { type Levels, levelsText } from "../../experiment/levels.ts";
import { slug } from "../../experiment/manifest/method-names.ts";
import type { Language } from "../../words/language.ts";
import { wordsOf } from "../../words/words.ts";
import type { BarChart, LineChart, Point } from "./chart-spec.ts";
import { methodDimension, metricQuantity } from "./dimensions.ts";
import { levelMetrics } from "./level-metrics.ts";
import { barOf } from "./metric-bars.ts";

/** Levels that reach this many times as far as the first are shown on a logarithmic axis. */
const WIDE = 50;

/** A chart per metric and combination of the other factors' levels; none without factors. */
export function levelCharts(comparison: Comparison, language: Language): (LineChart | BarChart)[] {
  const grid = levelGrid(comparison.factors ?? [], comparison.summaries);
  if (grid === null) return [];
  return levelMetrics(comparison).flatMap((metric) =>
    grid.strata.map((stratum) =>
      grid.axis.numbers === null
        ? bars(comparison, metric, grid, stratum, language)
        : lines(comparison, metric, grid, stratum, grid.axis.numbers, language),
    ),
  );
}

function lines(
  comparison: Comparison,
  metric: MetricFacts,
  grid: LevelGrid,
  stratum: Levels,
  numbers: readonly number[],
  language: Language,
): LineChart {
  const { axis } = grid;
  const names = methodsOn(comparison, grid, stratum);
  const [least = 0, most = 0] = [numbers[0], numbers.at(-1)];
  return {
    kind: "lines",
    ...head(metric, grid, stratum, wordsOf(language).charts.overLevels.points, language),
    x: { key: slug(axis.name).replaceAll("-", "_") || "level", title: factorTitle(axis) },
    xScale: least > 0 && most >= WIDE * least ? "logarithmic" : "linear",
    xTicks: numbers,
    series: methodDimension(names, methodNames(comparison), language),
    panels: [
      {
        quantity: metricQuantity(metric, language),
        lines: names.map((name) =>
          axis.levels.map((level, index): Point => {
            const bar = barAt(comparison, metric, grid, stratum, name, level);
            const x = numbers[index] ?? 0;
            return bar === null
              ? { x, y: null }
              : { x, y: bar.value, interval: { low: bar.low, high: bar.high, runs: bar.runs } };
          }),
        ),
        top: null,
        levels: [],
      },
    ],
  };
}

function bars(
  comparison: Comparison,
  metric: MetricFacts,
  grid: LevelGrid,
  stratum: Levels,
  language: Language,
): BarChart {
  const { axis } = grid;
  const names = methodsOn(comparison, grid, stratum);
  return {
    kind: "bars",
    ...head(metric, grid, stratum, wordsOf(language).charts.bars.mean, language),
    stacked: false,
    categories: {
      key: slug(axis.name).replaceAll("-", "_") || "level",
      title: factorTitle(axis),
      names: axis.levels,
      styles: axis.levels.map((_, index) => index),
    },
    series: methodDimension(names, methodNames(comparison), language),
    panels: [
      {
        quantity: metricQuantity(metric, language),
        bars: names.map((name) =>
          axis.levels.map((level) => barAt(comparison, metric, grid, stratum, name, level)),
        ),
      },
    ],
  };
}

function head(
  { key, label }: MetricFacts,
  { axis }: LevelGrid,
  stratum: Levels,
  mean: string,
  language: Language,
): Pick<LineChart, "id" | "language" | "title" | "note"> {
  const words = wordsOf(language).charts;
  const where = levelsText(stratum);
  const id = [levelChartId(key), slug(where)].filter((part) => part !== "").join("-");
  const title = words.overLevels.title(label[language], axis.name);
  return {
    id,
    language,
    title: where === "" ? title : `${title} (${where})`,
    note: `${mean}; ${words.bars.interval}`,
  };
}

/** How the names of a metric's charts begin. */
export function levelChartId(key: string): string {
  return `levels-${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function barAt(
  { summaries }: Comparison,
  { key }: MetricFacts,
  grid: LevelGrid,
  stratum: Levels,
  method: string,
  level: string,
) {
  return barOf(rowAt(summaries, method, grid, stratum, level)?.summaries, key);
}

/** Methods with runs in a stratum. */
function methodsOn({ methods, summaries }: Comparison, grid: LevelGrid, stratum: Levels): string[] {
  return methods
    .map(({ name }) => name)
    .filter((name) =>
      grid.axis.levels.some((level) => rowAt(summaries, name, grid, stratum, level) !== undefined),
    );
}

function methodNames({ methods }: Comparison): string[] {
  return methods.map(({ name }) => name);
}
