import { type Message, saidWith } from "./message.ts";
import { type Language, messagesOf } from "./words.ts";

/** A message in a language. */
export function say(told: Message, language: Language): string {
  return saidWith(told, messagesOf(language), language);
}
