/** What the command says of its options, by language. */
import { helpTexts as en, type HelpTexts } from "./en/help-texts.ts";
import { helpTexts as id } from "./id/help-texts.ts";
import type { Language } from "./words.ts";

export type { HelpTexts };

const LANGUAGES: Readonly<Record<Language, HelpTexts>> = { en, id };

/** The help texts of a language. */
export function helpTextsOf(language: Language): HelpTexts {
  return LANGUAGES[language];
}
