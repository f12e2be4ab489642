/**
 * The one loss formula: segments lost beyond or before the tap, over the segments sent. The capture holds neither those lost
 * before the tap nor those that the recorder missed, but they were sent all the same; the latter were not lost.
 */

/** Counts of segments that occupy sequence space: of a direction, or of several together. */
export interface SegmentCounts {
  /** As they were on the wire of those recorded, retransmissions included: a frame of offload holds several. */
  readonly wireSegments: number;
  readonly lostBeyondTap: number;
  readonly lostBeforeTap: number;
  /** Missed by the recorder. */
  readonly captureDrops: number;
}

export function lostSegments({ lostBeyondTap, lostBeforeTap }: SegmentCounts): number {
  return lostBeyondTap + lostBeforeTap;
}

export function sentSegments({ wireSegments, lostBeforeTap, captureDrops }: SegmentCounts): number {
  return wireSegments + lostBeforeTap + captureDrops;
}

/** Lost over sent, of all these together; `null` where nothing was sent. */
export function lossPercent(...all: readonly SegmentCounts[]): number | null {
  const lost = total(all, lostSegments);
  const sent = total(all, sentSegments);
  return sent === 0 ? null : (100 * lost) / sent;
}

/** What bounds a direction's losses, beside their number. */
export interface LossDoubts {
  /** Of the segments counted as lost, those of which nothing tells that they were, and those not counted that may have been. */
  readonly fewer: number;
  readonly more: number;
  /** Those counted because as many are expected: of segments sent again in vain. */
  readonly expected: number;
  /** Whether losses before the tap were counted by holes: then a repeat that was lost, too, leaves no trace. */
  readonly byHoles: boolean;
  /** Segments that were seen again, but for those known to be in vain; connections; and the share of segments lost in the other direction, 0 … 1. */
  readonly repeated: number;
  readonly connections: number;
  readonly otherShare: number;
}

/** How far the share of what was sent again in vain may be from that of all: of neighbours more were lost, or fewer. */
const EXPECTED_ERROR = 0.2;
/** Of needless repeats, those that no duplicate SACK names though none was lost, as reordering beyond the tap makes them. */
const UNTOLD_SHARE = 0.1;

/**
 * The range that holds the losses in 95 of 100 cases: what the evidence leaves open, and what leaves no evidence. The latter is
 * expected from the shares lost there (p) and back (q), and taken as Poisson's distribution has it.
 *
 * - At a connection's two ends (SYN, the last data, FIN) a repeat that was lost as what it repeats looks like a lost ACK:
 *   3 · p · max(p, q) per connection.
 * - Where holes tell, the same happens to every lost segment, p times.
 * - A duplicate SACK that was lost, q times, or stands for several repeats, one time in ten, leaves a needless repeat counted as
 *   a loss.
 * - Where a receiver has no SACK, segments sent again in vain are lost as often as others: Poisson's distribution about what is
 *   expected, and a fifth of it.
 */
export function lossBounds(
  counts: SegmentCounts,
  doubts: LossDoubts,
): { readonly atLeast: number; readonly atMost: number } {
  const lost = lostSegments(counts);
  const share = lost / Math.max(1, sentSegments(counts));
  const atEnds = 3 * share * Math.max(share, doubts.otherShare) * doubts.connections;
  const unseen = atEnds + (doubts.byHoles ? share * counts.lostBeforeTap : 0);
  const expectedError = EXPECTED_ERROR * doubts.expected;
  const byChance = poissonAtMost(doubts.expected) - doubts.expected + expectedError;
  const cleared = Math.max(0, doubts.repeated - counts.lostBeyondTap);
  const needless = atEnds + (doubts.otherShare + UNTOLD_SHARE) * cleared;
  return {
    atLeast: Math.max(0, lost - doubts.fewer - Math.ceil(byChance) - poissonAtMost(needless)),
    atMost: lost + doubts.more + Math.ceil(byChance) + poissonAtMost(unseen),
  };
}

/** The least number that a Poisson distributed one of this mean exceeds in fewer than 2.5 % of cases. */
function poissonAtMost(mean: number): number {
  // Beyond this the normal distribution is as good (and the sum of small numbers is not).
  if (mean > 500) return Math.ceil(mean + 1.96 * Math.sqrt(mean));
  let number = 0;
  let probability = Math.exp(-mean);
  for (let sum = probability; sum < 0.975; sum += probability) {
    number++;
    probability *= mean / number;
  }
  return number;
}

function total(all: readonly SegmentCounts[], count: (one: SegmentCounts) => number): number {
  return all.reduce((sum, one) => sum + count(one), 0);
}
