import { Failure } from "../../failure.ts";
import { message } from "../../words/message.ts";

const EXPONENTS: Readonly<Record<string, number>> = { "": 0, k: 3, m: 6, g: 9, t: 12 };

/**
 * A bandwidth as people write it, in bit/s: `100 Mbps`, `1 Gbit/s`, `2.5Gbps`, `64 kbit/s`, `100000000`. Prefixes
 * count by thousands. `null` for anything else, sizes in bytes included, and for what is not above 0.
 */
export function parseBandwidth(text: string): number | null {
  const match = /^\s*(\d+(?:[.,]\d+)?)\s*(?:([kmgt]?)(?:bps|bits?(?:\/s|ps)|b\/s))?\s*$/i.exec(text);
  const number = match?.[1];
  // A capital B alone would mean bytes.
  if (number === undefined || /B(?:ps|\/s)/.test(text)) return null;
  // Moving the point in the text keeps every digit; a product would not.
  const bits = Number(`${number.replace(",", ".")}e${EXPONENTS[(match?.[2] ?? "").toLowerCase()] ?? 0}`);
  return bits > 0 && Number.isFinite(bits) ? bits : null;
}

/**
 * A bandwidth as users type it; the unit may be just its prefix, `100M`.
 * @throws Failure (status 2) where it is none
 */
export function typedBandwidth(text: string): number {
  const bits = parseBandwidth(text) ?? parseBandwidth(`${text}bit/s`);
  if (bits === null) throw new Failure(message("notRate", text), 2);
  return bits;
}

/** The shortest spelling of a bandwidth in bit/s: `100 Mbps`. */
export function bandwidthText(bitsPerSecond: number): string {
  for (const [unit, factor] of [
    ["Tbps", 1e12],
    ["Gbps", 1e9],
    ["Mbps", 1e6],
    ["kbps", 1e3],
  ] as const) {
    const value = bitsPerSecond / factor;
    if (value >= 1 && Number(value.toFixed(6)) === value) return `${value} ${unit}`;
  }
  return `${bitsPerSecond} bit/s`;
}
