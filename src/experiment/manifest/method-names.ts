import type { Algorithm } from "./manifest.ts";

/**
 * Spellings of the methods in file names, folders, tables and nginx configurations; `-` stands for whatever
 * separates words. Looked for from the top, as whole words.
 */
const SPELLINGS: readonly (readonly [Algorithm, RegExp])[] = [
  [
    "direct",
    /(^|-)(direct|baseline|langsung|(no|without|tanpa)-?(an?-)?(lb|load-?balanc(er|ing)|balanc(er|ing)|penyeimbang))(?=-|\d|$)/,
  ],
  ["round-robin", /(^|-)(round-?robin|rr)(?=-|\d|$)/],
  [
    "least-connection",
    /(^|-)(least-?conn(ections?)?|koneksi-?(terkecil|tersedikit|paling-sedikit)|lc)(?=-|\d|$)/,
  ],
  ["ip-hash", /(^|-)ip-?hash(?=-|\d|$)/],
  ["random", /(^|-)(random|acak)(?=-|\d|$)/],
];

/** Lower case, words separated by single dashes: `Round_Robin ` → `round-robin`. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
}

/** A method's name recognised in a text. */
export interface RecognisedMethod {
  readonly algorithm: Algorithm;
  /** The slug without the method's name: `flask-a` of `direct-flask-a`. */
  readonly rest: string;
}

/** Finds the method that a name speaks of; `null` when it speaks of none that lbqos knows. */
export function recogniseMethod(name: string): RecognisedMethod | null {
  const text = slug(name);
  for (const [algorithm, spelling] of SPELLINGS) {
    const match = spelling.exec(text);
    if (match === null) continue;
    const before = text.slice(0, match.index);
    const after = text.slice(match.index + match[0].length);
    // Digits right after the name (`rr1`) number the run.
    return { algorithm, rest: slug(`${before}-${after.replace(/^\d+$/, "")}`) };
  }
  return null;
}

/** The algorithm that a method's name promises; `other` when lbqos knows none of that name. */
export function algorithmOf(name: string): Algorithm {
  return recogniseMethod(name)?.algorithm ?? "other";
}
