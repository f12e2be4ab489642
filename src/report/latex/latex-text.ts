/**
 * Text for LaTeX: its special characters escaped, characters beyond Latin letters as commands that pdfLaTeX knows
 * without further packages. What it can't set becomes `[U+4E2D]`, so that the document always compiles.
 */
import { printableText } from "../printable-text.ts";

const COMMANDS: ReadonlyMap<string, string> = new Map([
  ["\\", "\\textbackslash{}"],
  ["{", "\\{"],
  ["}", "\\}"],
  ["$", "\\$"],
  ["&", "\\&"],
  ["#", "\\#"],
  ["%", "\\%"],
  ["_", "\\_"],
  ["^", "\\textasciicircum{}"],
  ["~", "\\textasciitilde{}"],
  ["<", "$<$"],
  [">", "$>$"],
  ["|", "$|$"],
  ['"', "''"],
  ["\u00a0", "~"],
  ["\u200b", "{}"],
  ["–", "--"],
  ["—", "---"],
  ["−", "$-$"],
  ["±", "$\\pm$"],
  ["×", "$\\times$"],
  ["·", "$\\cdot$"],
  ["→", "$\\rightarrow$"],
  ["←", "$\\leftarrow$"],
  ["≤", "$\\le$"],
  ["≥", "$\\ge$"],
  ["≈", "$\\approx$"],
  ["δ", "$\\delta$"],
  ["Δ", "$\\Delta$"],
  ["Σ", "$\\Sigma$"],
  ["µ", "$\\mu$"],
  ["μ", "$\\mu$"],
  ["°", "$^\\circ$"],
  ["…", "\\ldots{}"],
  ["“", "``"],
  ["”", "''"],
  ["‘", "`"],
  ["’", "'"],
  ["€", "EUR"],
]);

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A hyphen after a hyphen stands apart, since TeX would make a dash of them. */
const HYPHENS = /-(?=-)/g;

/**
 * Letters that TeX's own fonts have or compose, without further packages: Latin-1's, and those of Central Europe and
 * Turkey that have no ogonek or stroke of their own.
 */
const SETTABLE =
  /[\u0020-\u007e\u00c0-\u00cf\u00d1-\u00d6\u00d8-\u00dd\u00df-\u00ef\u00f1-\u00f6\u00f8-\u00fd\u00ff\u0102\u0103\u0106\u0107\u010c-\u010f\u011a\u011b\u011e\u011f\u0130\u0131\u0139\u013a\u0141-\u0144\u0147\u0148\u0150-\u0155\u0158-\u015b\u015e-\u0161\u0164\u0165\u016e-\u0171\u0178-\u017e\u00a1\u00bf\u00a7]/;

export function latexText(text: string): string {
  let written = "";
  for (const character of printableText(text).replace(HYPHENS, "-\u200b"))
    written += latexCharacter(character);
  return written;
}

function latexCharacter(character: string): string {
  const command = COMMANDS.get(character);
  if (command !== undefined) return command;
  const power = SUPERSCRIPTS.indexOf(character);
  if (power >= 0) return `\\textsuperscript{${power}}`;
  if (SETTABLE.test(character)) return character;
  return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;
}
