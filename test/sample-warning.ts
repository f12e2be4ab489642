import { type Warning, warningOf } from "../src/failure.ts";
import { message as words } from "../src/words/message.ts";

/** A warning that says these words in every language. */
export function sampleWarning({
  code,
  message,
  advice,
}: Pick<Warning, "code" | "message" | "advice">): Warning {
  return warningOf(code, words("verbatim", message), words("verbatim", advice));
}
