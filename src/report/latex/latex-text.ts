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
  ["|", "\\textbar{}"],
  ['"', "\\textquotedbl{}"],
  ["'", "'"],
  ["\u00a0", "~"],
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
  ["€", "\\texteuro{}"],
]);

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Letters that the T1 font encoding has: Latin-1 and its neighbours of Central Europe and Turkey. */
const SETTABLE =
  /[\u0020-\u007e\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0102-\u0107\u010c-\u0111\u0118-\u011b\u011e\u011f\u0130\u0131\u0139-\u013e\u0141-\u0144\u0147\u0148\u0150-\u0155\u0158-\u015b\u015e-\u0165\u016e-\u0171\u0178-\u017e¡¿§]/;

export function latexText(text: string): string {
  let written = "";
  for (const character of printableText(text)) written += latexCharacter(character);
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
