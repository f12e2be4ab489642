/** Durations, sizes and counts as users write them after an option. */

import { Failure } from "../../failure.ts";
import { message } from "../../words/message.ts";

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, min: 60, h: 3600 };
const BYTES_PER_UNIT: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
  ti: 2 ** 40,
};

/** Longer than anybody captures: 10 years. */
const LONGEST_SECONDS = 10 * 366 * 24 * 3600;

/**
 * `60s`, `90` (seconds), `1.5m`, `1h30m`, `500ms`: in seconds.
 * @throws Failure (status 2)
 */
export function parseDuration(option: string, text: string): number {
  const refuse = (): never => {
    throw new Failure(message("notTime", option, text), 2);
  };
  const compact = text.trim().toLowerCase();
  if (/^\d+(\.\d+)?$/.test(compact)) return positive(Number(compact), LONGEST_SECONDS, refuse);
  if (!/^(\d+(\.\d+)?(ms|min|s|m|h))+$/.test(compact)) refuse();
  let seconds = 0;
  for (const [, value, unit = ""] of compact.matchAll(/(\d+(?:\.\d+)?)(ms|min|s|m|h)/g)) {
    seconds += Number(value) * (SECONDS_PER_UNIT[unit] ?? Number.NaN);
  }
  return positive(seconds, LONGEST_SECONDS, refuse);
}

/**
 * `100M` (10⁶ bytes each), `64MiB` (2²⁰), `2gb`, `65536`: in bytes.
 * @throws Failure (status 2)
 */
export function parseSize(option: string, text: string): number {
  const refuse = (): never => {
    throw new Failure(message("notSize", option, text), 2);
  };
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?i?)b?$/i.exec(text.trim());
  const factor = BYTES_PER_UNIT[(match?.[2] ?? "?").toLowerCase()];
  if (match === null || factor === undefined) return refuse();
  return positive(Math.round(Number(match[1]) * factor), Number.MAX_SAFE_INTEGER, refuse);
}

/**
 * A whole number in digits.
 * @throws Failure (status 2)
 */
export function parseCount(option: string, text: string, lowest: number, highest: number): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < lowest || count > highest) {
    throw new Failure(message("notWholeNumber", option, text, lowest, highest), 2);
  }
  return count;
}

function positive(value: number, highest: number, refuse: () => never): number {
  return value > 0 && value <= highest ? value : refuse();
}
