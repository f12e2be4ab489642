/** A distribution of samples; `null` for what its count does not allow. */
export interface Distribution {
  readonly count: number;
  readonly mean: number | null;
  /** Sample standard deviation (n − 1); `null` below 2 samples. */
  readonly standardDeviation: number | null;
  readonly min: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}
