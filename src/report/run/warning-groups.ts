/** Warnings of one kind together, so that many pairs with the same doubt don't bury the others. */
import type { Warning } from "../../failure.ts";
import type { Language } from "../../words/language.ts";
import { say } from "../../words/say.ts";
import type { Words } from "../../words/words.ts";
import type { WarningGroup } from "../document.ts";
import { numberText } from "../number-text.ts";

/** Messages of one kind that are printed; of the rest the count is given. */
const NAMED_MESSAGES = 5;

/** Groups in the order of their first warnings. */
export function warningGroups(
  warnings: readonly Warning[],
  labels: Words["report"],
  language: Language,
): readonly WarningGroup[] {
  const groups = new Map<string, Warning[]>();
  for (const warning of warnings) {
    const key = JSON.stringify([warning.code, warning.advice]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [warning]);
    else group.push(warning);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const more = group.length - NAMED_MESSAGES;
    return {
      code: first.code,
      messages: group.slice(0, NAMED_MESSAGES).map(({ words }) => say(words.message, language)),
      more: more <= 0 ? null : labels.moreWarnings(numberText(more, 0, labels.numberStyle)),
      advice: say(first.words.advice, language),
    };
  });
}
