import { type Warning, warningOf } from "../failure.ts";
import type { Text } from "../words/language.ts";
import { message } from "../words/message.ts";

/** A doubt about an experiment, in every language of the reports. */
export type ExperimentWarning = Warning;

/** A warning from its texts. */
export function experimentWarning(code: string, text: Text, advice: Text): ExperimentWarning {
  return warningOf(code, message("verbatim", text), message("verbatim", advice));
}
