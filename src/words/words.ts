/**
 * The languages of lbqos, and every text that a user reads, by language: a folder each, of the shape of the English one.
 * A new language is its folder and a line in `LANGUAGES`.
 */
import { grammar as enGrammar } from "./en/grammar.ts";
import { messages as enMessages } from "./en/messages.ts";
import { en, type Words } from "./en/words.ts";
import { grammar as idGrammar } from "./id/grammar.ts";
import { messages as idMessages } from "./id/messages.ts";
import { id } from "./id/words.ts";

export type { Words };
export type Messages = typeof enMessages;
type Grammar = typeof enGrammar;

interface LanguageTexts {
  readonly words: Words;
  readonly messages: Messages;
  readonly grammar: Grammar;
}

const LANGUAGES = {
  en: { words: en, messages: enMessages, grammar: enGrammar },
  id: { words: id, messages: idMessages, grammar: idGrammar },
} as const satisfies Readonly<Record<string, LanguageTexts>>;

export type Language = keyof typeof LANGUAGES;

/** Their codes, English first. */
export const languages = Object.keys(LANGUAGES) as readonly Language[];

/** The texts of a language. */
export function wordsOf(language: Language): Words {
  return LANGUAGES[language].words;
}

/** The sentences of a language that are said as data: see message.ts. */
export function messagesOf(language: Language): Messages {
  return LANGUAGES[language].messages;
}

/** How a language writes numbers and lists. */
export function grammarOf(language: Language): Grammar {
  return LANGUAGES[language].grammar;
}
