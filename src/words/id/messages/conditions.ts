import type { conditions as english } from "../../en/messages/conditions.ts";
import { didYouMean } from "../grammar.ts";

/** `--fail-if`: syarat yang membuat sebuah run atau eksperimen dianggap gagal. */
export const conditions: typeof english = {
  notCondition: (text) => `--fail-if: "${text}" bukan syarat seperti "unansweredPercent > 1"`,
  notConditionMetric: (name, near, names) =>
    `--fail-if: "${name}" bukan metrik${didYouMean(near)}; yang ada: ${names}`,
  junitAlone: () => "--junit menulis temuan --fail-if: berikan juga sebuah syarat",
  backendInRun: (method, backend, run) => `${method}, ${backend}, run ke-${run}`,
  conditionHolds: (row, metric, value, condition) =>
    `gagal: ${row}: ${metric} adalah ${value} (--fail-if "${condition}")`,
  moreConditionsHold: (count) => `gagal: ${count} lagi; --junit FILE menulis semuanya`,
  conditionUnjudged: (condition) =>
    `gagal: --fail-if "${condition}": metrik itu tidak terukur di mana pun, jadi tidak ada yang bisa lulus`,
};
