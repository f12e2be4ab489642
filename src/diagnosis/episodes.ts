/**
 * Times in which something went wrong much more often than usual: a cumulative sum (E. S. Page, "Continuous inspection schemes",
 * Biometrika 41, 1954, pp. 100-115). Each bad request adds 1 − θ, each good one takes θ away, never below zero. Where the sum
 * leaves zero an episode begins; where it was highest it ends. So within an episode, from its begin and to its end, more
 * than the share θ is bad, and few bad ones, or many spread thinly, make none.
 */

/** What happened in one step, in order of time. */
export interface CountedStep {
  readonly startSeconds: number;
  readonly all: number;
  readonly bad: number;
}

/** What was so shortly before the last step is so still. */
const STILL_SECONDS = 0.5;

/** What makes an episode. */
export interface EpisodeRule {
  /** θ: more than this share must be bad. */
  readonly share: number;
  /** The sum must have reached this. */
  readonly evidence: number;
  /** It is over when the sum has fallen by this … */
  readonly recovery: number;
  /** … and nothing bad came for so long, … */
  readonly quietSeconds: number;
  /** … or when nothing bad came for so long. */
  readonly maxQuietSeconds: number;
}

/** From the first bad step to the end of the last one; to the end of all where it was over so shortly before that it may go on. */
export interface Episode {
  readonly beginSeconds: number;
  readonly endSeconds: number;
}

export function episodesOf(
  steps: readonly CountedStep[],
  stepSeconds: number,
  rule: EpisodeRule,
): readonly Episode[] {
  const episodes: Episode[] = [];
  let sum = 0;
  let peak = 0;
  let beginSeconds = 0;
  let endSeconds = 0;
  const lastSeconds = steps.at(-1)?.startSeconds ?? 0;
  const close = () => {
    const goesOn = endSeconds > lastSeconds - STILL_SECONDS;
    const untilSeconds = goesOn ? lastSeconds + stepSeconds : endSeconds;
    if (peak >= rule.evidence) episodes.push({ beginSeconds, endSeconds: untilSeconds });
    sum = 0;
    peak = 0;
  };
  for (const { startSeconds, all, bad } of steps) {
    const quietSeconds = startSeconds - endSeconds;
    const hasRecovered = peak - sum >= rule.recovery && quietSeconds >= rule.quietSeconds;
    if (peak > 0 && (hasRecovered || quietSeconds >= rule.maxQuietSeconds)) close();
    if (sum <= 0 && bad > 0 && peak < rule.evidence) {
      sum = 0;
      peak = 0;
      beginSeconds = startSeconds;
    }
    sum += bad - rule.share * all;
    if (sum <= peak) continue;
    peak = sum;
    endSeconds = startSeconds + stepSeconds;
  }
  close();
  return episodes;
}
