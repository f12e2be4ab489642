import type { WarningGroup } from "./document.ts";

/** The text with a full stop, unless it ends a sentence already: texts of warnings come with and without. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** Doubts of one kind and their advice, as sentences. */
export function warningText({ messages, more, advice }: WarningGroup): string {
  return [...messages.map(sentence), ...(more === null ? [] : [more]), sentence(advice)].join(" ");
}
