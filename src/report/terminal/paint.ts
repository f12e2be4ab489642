/** Colours of a terminal (ECMA-48 SGR), or none. */
import type { Tone } from "../document.ts";

export type Ink = Tone | "strong" | "faint" | "plain";

/** Gives a text its colour; the text's width on the terminal stays the same. */
export type Paint = (ink: Ink, text: string) => string;

const CODES: Record<Exclude<Ink, "plain">, readonly [on: number, off: number]> = {
  strong: [1, 22],
  faint: [2, 22],
  good: [32, 39],
  fair: [33, 39],
  bad: [31, 39],
};

export const paintNothing: Paint = (_ink, text) => text;

export const paintColours: Paint = (ink, text) => {
  if (ink === "plain" || text === "") return text;
  const [on, off] = CODES[ink];
  return `\u001b[${on}m${text}\u001b[${off}m`;
};
