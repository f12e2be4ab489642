/** Conditions under which a run or an experiment counts as failed, for pipelines: `unansweredPercent > 1`. */
import { nearestName } from "../../metrics/nearest-name.ts";
import { type MetricKey, type MetricValues, metricKeys } from "../experiment-metrics.ts";

const COMPARISONS = {
  ">": (value: number, limit: number) => value > limit,
  ">=": (value: number, limit: number) => value >= limit,
  "<": (value: number, limit: number) => value < limit,
  "<=": (value: number, limit: number) => value <= limit,
  "==": (value: number, limit: number) => value === limit,
  "!=": (value: number, limit: number) => value !== limit,
} as const satisfies Readonly<Record<string, (value: number, limit: number) => boolean>>;

type ComparisonSign = keyof typeof COMPARISONS;

/** A metric, and the values of it that fail. */
export interface Condition {
  readonly metric: MetricKey;
  readonly sign: ComparisonSign;
  /** In the metric's unit, which its name ends with. */
  readonly limit: number;
}

/** What is wrong with the text of a condition. */
export type ConditionProblem =
  | { readonly kind: "shape" }
  | { readonly kind: "metric"; readonly name: string; readonly nearest: MetricKey | null };

/** What was measured, by the name that reports have for it: a pair, or a method's backend in one run. */
export interface JudgedRow {
  /** The captures of the run, or the method. */
  readonly group: string;
  readonly name: string;
  readonly values: MetricValues;
}

/** A condition looked at in one row. */
export interface Judgement {
  readonly condition: Condition;
  readonly row: JudgedRow;
  /** `null`: not measured there. */
  readonly value: number | null;
  /** Whether the condition holds, so that the row fails; never where it was not measured. */
  readonly hasFailed: boolean;
}

/** Reads `METRIC SIGN NUMBER`; blanks don't matter. */
export function parseCondition(text: string): Condition | ConditionProblem {
  const parts = /^\s*(\w+)\s*(>=|<=|==|!=|>|<)\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*$/i.exec(text);
  if (parts === null) return { kind: "shape" };
  const [, name = "", sign, limit] = parts;
  const metric = metricKeys.find((key) => key === name);
  if (metric === undefined) {
    return { kind: "metric", name, nearest: nearestName(name, metricKeys) as MetricKey | null };
  }
  return { metric, sign: sign as ComparisonSign, limit: Number(limit) };
}

/** The condition as it is written in reports: `unansweredPercent > 1`. */
export function conditionText({ metric, sign, limit }: Condition): string {
  return `${metric} ${sign} ${limit}`;
}

/** Every condition in every row, conditions first. */
export function judge(conditions: readonly Condition[], rows: readonly JudgedRow[]): readonly Judgement[] {
  return conditions.flatMap((condition) =>
    rows.map((row) => {
      const value = row.values[condition.metric] ?? null;
      const hasFailed = value !== null && COMPARISONS[condition.sign](value, condition.limit);
      return { condition, row, value, hasFailed };
    }),
  );
}

/** Conditions whose metric no row has: that nothing failed would say nothing. */
export function unjudged(
  conditions: readonly Condition[],
  judgements: readonly Judgement[],
): readonly Condition[] {
  const judged = new Set(judgements.filter(({ value }) => value !== null).map(({ condition }) => condition));
  return conditions.filter((condition) => !judged.has(condition));
}
