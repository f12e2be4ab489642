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

function total(all: readonly SegmentCounts[], count: (one: SegmentCounts) => number): number {
  return all.reduce((sum, one) => sum + count(one), 0);
}
