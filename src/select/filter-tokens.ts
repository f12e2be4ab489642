/** The words of a display filter, as Wireshark 4.0's scanner cuts them. */

export interface FilterToken {
  readonly kind: "word" | "mark" | "text" | "other";
  /** As it was written. */
  readonly text: string;
}

/**
 * Blanks; marks, the longest first; quoted texts and characters; words, which end before the two dots of a range; anything else.
 */
const TOKEN =
  /\s+|(?<mark>&&|\|\||[!=]==|[=!~<>]=|\.\.|[(){},<>!])|(?<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<word>(?:(?!\.\.)[\w.:/%+-])+)|(?<other>.)/gsu;

/** The tokens of an expression, in order; blanks are left out. */
export function filterTokens(expression: string): FilterToken[] {
  const tokens: FilterToken[] = [];
  for (const { groups = {} } of expression.matchAll(TOKEN)) {
    for (const kind of ["word", "mark", "text", "other"] as const) {
      const text = groups[kind];
      if (text !== undefined) tokens.push({ kind, text });
    }
  }
  return tokens;
}
