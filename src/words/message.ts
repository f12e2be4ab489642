/**
 * A sentence for the user as data: which text it is, and the values in it. So it crosses threads, caches and JSON, and
 * is said in the language of whoever reads it, when they read it.
 */

import { messages as english } from "./en/messages.ts";
import type { Text } from "./language.ts";
import type { Language, Messages } from "./words.ts";

/** The name of a text. */
export type MessageKey = keyof Messages;

/** What stands in a message: plain values, other messages, and texts that exist in every language already. */
export type MessageValue = string | number | boolean | null | Message | Text | readonly MessageValue[];

export interface Message {
  readonly key: MessageKey;
  readonly values: readonly MessageValue[];
}

/** Where a text takes words, it takes a message as well. */
type Given<T> = T extends string
  ? string extends T
    ? T | Message | Text
    : T
  : T extends readonly (infer Element)[]
    ? readonly Given<Element>[]
    : T;

type GivenAll<Values extends readonly unknown[]> = { [Index in keyof Values]: Given<Values[Index]> };

/** The message with this text and these values. */
export function message<Key extends MessageKey>(
  key: Key,
  ...values: GivenAll<Parameters<Messages[Key]>> & readonly MessageValue[]
): Message {
  return { key, values };
}

/** A message in English, for JSON and logs. What only measures says no more, and needs no other language: see `say.ts`. */
export function sayInEnglish(told: Message): string {
  return saidWith(told, english, "en");
}

/** A message in the language of these texts. */
export function saidWith(told: Message, messages: Messages, language: Language): string {
  const { [told.key]: write } = messages;
  return (write as (...values: readonly unknown[]) => string)(
    ...told.values.map((value) => inWords(value, messages, language)),
  );
}

/** The messages without those that say the same as an earlier one. */
export function distinctMessages(told: readonly Message[]): readonly Message[] {
  const said = told.map(sayInEnglish);
  return told.filter((_, index) => said.indexOf(said[index] ?? "") === index);
}

/** The same message with other words for some of its own: a file under another name. */
export function withNames(told: Message, nameOf: (words: string) => string): Message {
  return { key: told.key, values: told.values.map((value) => renamed(value, nameOf)) };
}

function inWords(value: MessageValue, messages: Messages, language: Language): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map((one) => inWords(one, messages, language));
  return "key" in value ? saidWith(value, messages, language) : value[language];
}

function renamed(value: MessageValue, nameOf: (words: string) => string): MessageValue {
  if (typeof value === "string") return nameOf(value);
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map((one) => renamed(one, nameOf));
  return "key" in value ? withNames(value, nameOf) : value;
}

function isList(value: MessageValue): value is readonly MessageValue[] {
  return Array.isArray(value);
}
