/** Every text that a user reads, by language: a folder each, of the shape of the English one. */
import { en, type Words } from "./en/words.ts";
import { id } from "./id/words.ts";
import type { Language } from "./language.ts";

export type { Words };

const WORDS: Readonly<Record<Language, Words>> = { en, id };

/** The texts of a language. */
export function wordsOf(language: Language): Words {
  return WORDS[language];
}
