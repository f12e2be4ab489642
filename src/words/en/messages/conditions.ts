import { didYouMean } from "../grammar.ts";

/** `--fail-if`: conditions under which a run or an experiment counts as failed. */
export const conditions = {
  notCondition: (text: string) => `--fail-if: "${text}" is no condition such as "unansweredPercent > 1"`,
  notConditionMetric: (name: string, near: string, names: string) =>
    `--fail-if: "${name}" is no metric${didYouMean(near)}; there are ${names}`,
  junitAlone: () => "--junit writes what --fail-if finds: give a condition too",
  backendInRun: (method: string, backend: string, run: number) => `${method}, ${backend}, run ${run}`,
  conditionHolds: (row: string, metric: string, value: string, condition: string) =>
    `failed: ${row}: ${metric} is ${value} (--fail-if "${condition}")`,
  moreConditionsHold: (count: number) => `failed: ${count} more; --junit FILE writes all of them`,
  conditionUnjudged: (condition: string) =>
    `failed: --fail-if "${condition}": that metric was not measured anywhere, so nothing can pass`,
};
