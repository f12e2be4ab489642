/** A pair step by step, as a diagnosis needs it. */
import type { DurationCounts } from "./duration-counts.ts";

/**
 * What happened in one step. Requests and what became of them stand in the step in which they were asked, everything else
 * in the step in which it was seen.
 */
export interface TimelineStep {
  /** Start of the step, in seconds since the capture's first frame. */
  readonly startSeconds: number;
  readonly requests: number;
  /** Those with an answer below 500, to its last byte or to the capture's end. */
  readonly goodAnswers: number;
  /** Those with an answer of 500 or above. */
  readonly serverErrors: number;
  /** Those without a whole answer. */
  readonly withoutAnswer: number;
  /** Those that still waited for the first byte when the capture ended. */
  readonly waiting: number;
  /** Failures by `FailureReason`; one connection fails once, whatever waited on it. */
  readonly refused: number;
  readonly givenUp: number;
  readonly resets: number;
  /** Connections that never came about. */
  readonly failedConnects: number;
  /** Connections begun here whose SYN was repeated before it was answered; how long they took in all, and the longest. */
  readonly repeatedConnects: number;
  readonly repeatedConnectMs: number;
  readonly maxRepeatedConnectMs: number;
  /** Segments of both directions, at the frame that shows the loss; negative where a later step takes an earlier count back. */
  readonly lostBeyondTap: number;
  readonly lostBeforeTap: number;
  /** Requests that were sent on a kept connection when the backend had closed it, or was just closing it. */
  readonly raced: number;
  /** Requests for paths by which health is checked. */
  readonly healthChecks: number;
  /** Answers that took 38 to 50 ms from first to last byte, as a delayed acknowledgment does; and others that took 19 to 100 ms. */
  readonly pausedAnswers: number;
  readonly nearlyPausedAnswers: number;
  /** The same of requests. */
  readonly pausedRequests: number;
  readonly nearlyPausedRequests: number;
  /** Answers that took 200 ms or more from first to last byte, and how long in all. */
  readonly longAnswers: number;
  readonly longAnswerMs: number;
  /** The same of requests. */
  readonly longRequests: number;
  readonly longRequestMs: number;
  /** Number, sum and maximum of the times to first byte. */
  readonly timed: number;
  readonly timeToFirstByteMs: number;
  readonly maxTimeToFirstByteMs: number;
  readonly timesToFirstByte: DurationCounts;
  /** Handshakes, and data that the backend acknowledged without an answer: what the network takes. */
  readonly roundTrips: DurationCounts;
}

export interface Timeline {
  readonly stepSeconds: number;
  /** Windows of zero that the backend's source announced, and the backend, in the whole run. */
  readonly zeroWindowsOfSource: number;
  readonly zeroWindowsOfBackend: number;
  /** In order of time, without the empty ones: at most 400, between 200 and 400 of a capture without gaps. */
  readonly steps: readonly TimelineStep[];
}

/** Of each pair, and of each server with all of its clients, in their order in `RunMetrics`; `null` where there were too many. */
export interface RunTimelines {
  readonly pairs: readonly (Timeline | null)[];
  readonly allClients: readonly (Timeline | null)[];
}
