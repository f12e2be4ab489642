/** Texts of the live view, short enough for a line that is read at a glance. */

import type { NumberStyle } from "../../words/number-style.ts";
import { characterWidth, displayWidth } from "../display-width.ts";
import { numberText } from "../number-text.ts";

const ELLIPSIS = "…";
const SIZE_UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** `0:07`, `12:34`, `1:02:03`: whole seconds since the start. */
export function elapsedText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours}:${two(minutes % 60)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** A size in its largest decimal unit: `999 B`, `1.9 MB`. */
export function sizeText(bytes: number, style: NumberStyle): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < SIZE_UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${numberText(value, unit === 0 ? 0 : 1, style)} ${SIZE_UNITS[unit] ?? ""}`;
}

/** A text of at most `width` columns; of a longer one the middle is left out, for names differ at their ends. */
export function shortened(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (width <= 1) return ELLIPSIS.slice(0, width);
  const characters = [...text];
  const head = taken(characters, Math.floor((width - 1) / 2));
  const tail = taken(characters.toReversed(), width - 1 - displayWidth(head));
  return head + ELLIPSIS + [...tail].toReversed().join("");
}

/** As many characters as fit into the columns. */
function taken(characters: readonly string[], width: number): string {
  let text = "";
  let used = 0;
  for (const character of characters) {
    const wide = characterWidth(character);
    if (used + wide > width) break;
    text += character;
    used += wide;
  }
  return text;
}
