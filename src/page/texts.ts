/** The language of the page, for all its parts. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { numberText } from "../report/number-text.ts";
import type { Language } from "../words/language.ts";
import { type Words, wordsOf } from "../words/words.ts";

export const LanguageContext = createContext<Language>("en");

export interface Texts {
  readonly language: Language;
  readonly words: Words["webPage"];
  /** A number as the language writes it. */
  readonly number: (value: number, digits?: number) => string;
}

export function useTexts(): Texts {
  const language = useContext(LanguageContext);
  const { webPage, report } = wordsOf(language);
  return {
    language,
    words: webPage,
    number: (value, digits = 0) => numberText(value, digits, report.numberStyle),
  };
}
