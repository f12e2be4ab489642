import { type Algorithm, algorithms, SPELLINGS } from "./algorithms.ts";

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
  for (const algorithm of algorithms) {
    const match = SPELLINGS[algorithm]?.exec(text) ?? null;
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
