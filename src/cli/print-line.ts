/** A line for the user on standard error. */
import { printableText } from "../report/printable-text.ts";
import type { Message } from "../words/message.ts";
import { say } from "../words/say.ts";
import { userLanguage } from "./language.ts";
import { writeText } from "./write-text.ts";

/** Prints a message in the user's language. */
export function printLine(told: Message): void {
  writeText("stderr", `lbqos: ${printableText(say(told, userLanguage()))}\n`);
}
