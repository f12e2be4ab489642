/** A run's warnings for standard error, where its output has no place for them. */
import type { RunMetrics } from "../metrics/run-metrics.ts";
import { printableText } from "../report/printable-text.ts";
import { sentence } from "../report/sentence.ts";
import { type Message, message } from "../words/message.ts";
import { say } from "../words/say.ts";
import { userLanguage } from "./language.ts";

export function warningLines({ warnings }: Pick<RunMetrics, "warnings">): string {
  return warnings
    .map(({ words }) => warningLine(sentenceOf(words.message), sentenceOf(words.advice)))
    .join("");
}

function warningLine(doubt: string, advice: string): string {
  return `lbqos: ${printableText(say(message("warning", `${doubt} ${advice}`), userLanguage()))}\n`;
}

function sentenceOf(words: Message): string {
  return sentence(say(words, userLanguage()));
}
