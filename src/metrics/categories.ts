/** Indices 4 (best) … 0 by a named category profile; `null` where the figure was not measured or the profile can't rate it. */
export interface Categories {
  readonly profile: string;
  /** Where the profile's thresholds come from, one sentence. */
  readonly source: string;
  readonly packetLoss: number | null;
  readonly delay: number | null;
  readonly jitter: number | null;
  readonly throughput: number | null;
  /** Mean of the indices. */
  readonly index: number | null;
  /** How many of the four figures have an index: fewer than 4, and `index` is a mean of those alone. */
  readonly ratedMetrics: number;
}
