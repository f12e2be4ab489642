/** Options that take a whole number. */

import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";

/** Reads a whole number within bounds. */
export function wholeNumber(option: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new Failure(message("notWholeNumber", option, text, least, most), 2);
  };
}
