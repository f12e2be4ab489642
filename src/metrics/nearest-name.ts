import { distance } from "fastest-levenshtein";

/**
 * The known name that a mistyped one was probably meant to be, or `null` when none is near: at most two letters
 * wrong, missing or extra, and less than half of the name. Two swapped letters count as two wrong ones.
 */
export function nearestName(typed: string, known: readonly string[]): string | null {
  let nearest: string | null = null;
  let fewest = Math.min(2, Math.floor(typed.length / 2)) + 1;
  for (const name of known) {
    // A mistyped name of any length must not cost its square.
    if (Math.abs(typed.length - name.length) >= fewest) continue;
    const wrong = distance(typed.toLowerCase(), name.toLowerCase());
    if (wrong < fewest) {
      fewest = wrong;
      nearest = name;
    }
  }
  return nearest;
}
