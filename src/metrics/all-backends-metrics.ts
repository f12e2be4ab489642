import type { Distribution } from "./distribution.ts";

/**
 * Which backends the source chose while they had unequal numbers of its requests open, each divided by its weight. Backends that
 * nothing was sent to before, or whose latest request failed, are not counted among them.
 */
export interface BackendChoices {
  /** Choices made then. */
  readonly uneven: number;
  /** Those of a backend with the fewest: with least-connection, nearly all. */
  readonly leastLoaded: number;
  /** How many those would be if every backend were as likely. */
  readonly leastLoadedByChance: number;
}

/** The requests of one source to all of its backends. Distributions are of all samples, not means over backends. */
export interface AllBackendsMetrics {
  readonly source: string;
  /** Pairs that they are. */
  readonly backends: number;
  readonly requests: number;
  /** No whole answer, or status 5xx. */
  readonly failed: number;
  /** `null` where answers do not pass the tap. */
  readonly unanswered: number | null;
  readonly lossToBackendPercent: number | null;
  readonly lossFromBackendPercent: number | null;
  readonly timeToFirstByteMs: Distribution;
  readonly timeToLastByteMs: Distribution;
  readonly handshakeRttMs: Distribution;
  readonly rttMs: Distribution;
  readonly choices: BackendChoices;
}
