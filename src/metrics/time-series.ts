/** One bin of a pair's time series; what was not measured in it is `null`. */
export interface TimeBin {
  /** Start of the bin, in seconds since the capture's first packet. */
  readonly startSeconds: number;
  /** Wire bits per direction over the bin's width. */
  readonly toBackendMbps: number;
  readonly fromBackendMbps: number;
  /** Requests completed in the bin. */
  readonly requests: number;
  /** The paper's delay in the bin: width / requests, the mean time between request frames. */
  readonly delayMs: number | null;
  /** Mean over the exchanges whose response began in the bin. */
  readonly timeToFirstByteMs: number | null;
}

/** A pair over time. */
export interface TimeSeries {
  readonly binSeconds: number;
  /** In order of time, without the empty ones. */
  readonly bins: readonly TimeBin[];
}
