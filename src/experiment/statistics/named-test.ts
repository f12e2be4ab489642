/** Tests and intervals that examiners ask for by name, of the metric that decides; they stand beside lbqos's own tests, never in their place. */
import type { AtLevels } from "../levels.ts";

export const namedTests = [
  "shapiro-wilk",
  "brown-forsythe",
  "anova",
  "welch-anova",
  "tukey",
  "games-howell",
  "paired-t",
  "wilcoxon",
  "tost",
  "bootstrap",
  "power",
] as const;
export type NamedTest = (typeof namedTests)[number];

/** What one of them says of a method, of two, or of all. */
export interface NamedResult extends AtLevels {
  readonly test: NamedTest;
  /** One, two (the first against the second), or all that were compared. */
  readonly methods: readonly string[];
  /** W, F, q, t or V; `null`: there is none. */
  readonly statistic: number | null;
  /** One, or two of F; empty: none. */
  readonly degreesOfFreedom: readonly number[];
  /** `null`: the method gives none, or nothing varies. */
  readonly p: number | null;
  /** Of pairs that are tested one by one, after Holm's correction over all pairs and levels; `null` for all others. */
  readonly adjustedP: number | null;
  /** A difference of means, a shift, or a median, in the metric's unit, with its interval; `null`: there is none. */
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Of `power`: runs of each method that find the difference seen in four of five experiments; `null`: more than 1000. */
  readonly runs: number | null;
}
