import type { Warning } from "../failure.ts";
import type { Text } from "../words/language.ts";

/** A doubt about an experiment, in every language of the reports; `message` and `advice` are the English ones. */
export interface ExperimentWarning extends Warning {
  readonly texts: { readonly message: Text; readonly advice: Text };
}

/** A warning from its texts. */
export function experimentWarning(code: string, message: Text, advice: Text): ExperimentWarning {
  return { code, message: message.en, advice: advice.en, texts: { message, advice } };
}
