import { type Language, languages } from "../../words/words.ts";
import { useTexts } from "../texts.ts";
import { THEMES, type Theme } from "../theme.ts";

const NAMES: Readonly<Record<Language, string>> = { en: "English", id: "Indonesia" };

interface TopBarProps {
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
  readonly theme: Theme;
  readonly onTheme: (theme: Theme) => void;
  /** Goes back to the beginning; `null`: this is the beginning. */
  readonly onAgain: (() => void) | null;
}

/** Name, language, light or dark, and the way back. */
export function TopBar({ language, onLanguage, theme, onTheme, onAgain }: TopBarProps) {
  const { words } = useTexts();
  return (
    <header class="bar">
      <a class="skip" href="#content">
        {words.skip}
      </a>
      <span class="brand">lbqos</span>
      {onAgain !== null && (
        <button type="button" onClick={onAgain}>
          {words.newCaptures}
        </button>
      )}
      <span class="gap" />
      <select
        aria-label={words.language}
        value={language}
        onChange={(event) => onLanguage(event.currentTarget.value as Language)}
      >
        {languages.map((one) => (
          <option key={one} value={one} lang={one}>
            {NAMES[one]}
          </option>
        ))}
      </select>
      <select
        aria-label={words.theme}
        value={theme}
        onChange={(event) => onTheme(event.currentTarget.value as Theme)}
      >
        {THEMES.map((one) => (
          <option key={one} value={one}>
            {words.themes[one]}
          </option>
        ))}
      </select>
    </header>
  );
}
