/**
 * The languages of lbqos, and every text that a user reads, by language: a folder each, of the shape of the English one.
 * A new language is its folder, and its code here and in help-texts.ts: what lacks then is a compile error.
 */
import { en } from "./en/texts.ts";
import type { Words } from "./en/words.ts";
import { id } from "./id/texts.ts";

export type { Words };

type LanguageTexts = typeof en;
export type Messages = LanguageTexts["messages"];
type Grammar = LanguageTexts["grammar"];

/** Their codes, English first. */
export const languages = ["en", "id"] as const;

export type Language = (typeof languages)[number];

const LANGUAGES: Readonly<Record<Language, LanguageTexts>> = { en, id };

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
