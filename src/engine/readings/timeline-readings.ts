import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

/**
 * A step of a pair's timeline, and what was counted in it. Requests and what became of them stand in the step in which they
 * were asked, everything else in the step in which it was seen.
 */
export const INDEX: i32 = 0;
export const REQUESTS: i32 = 1;
/** Those with a whole answer below 500. */
export const ANSWERS: i32 = 2;
/** Those with an answer of 500 or above. */
export const SERVER_ERRORS: i32 = 3;
/** Those without a whole answer. */
export const WITHOUT_ANSWER: i32 = 4;
/** Those that still waited for the first byte when the capture ended. */
export const WAITING: i32 = 5;
/** Failures by their reason: see `failure-reason.ts`. */
export const REFUSED: i32 = 6;
export const GIVEN_UP: i32 = 7;
export const RESETS: i32 = 8;
/** Connections that never came about. */
export const FAILED_CONNECTS: i32 = 9;
/** Connections whose SYN was repeated before it was answered, and how long they took in all. */
export const REPEATED_CONNECTS: i32 = 10;
export const REPEATED_CONNECT_NS: i32 = 11;
/** Segments of both directions lost beyond the tap, and before it. */
export const LOST_BEYOND: i32 = 12;
export const LOST_BEFORE: i32 = 13;
/** Sum of the times to first byte. */
export const FIRST_BYTE_NS: i32 = 14;
/** Requests that were sent on a connection when the backend had closed it, or was just closing it. */
export const RACED: i32 = 15;
/** Requests for paths by which health is checked. */
export const HEALTH_CHECKS: i32 = 16;
/** Answers that took as long from first to last byte as Linux delays an acknowledgment, and those near that; the same of requests. */
export const PAUSED_ANSWERS: i32 = 17;
export const NEARLY_PAUSED_ANSWERS: i32 = 18;
export const PAUSED_REQUESTS: i32 = 19;
export const NEARLY_PAUSED_REQUESTS: i32 = 20;
/** Answers that took long from first to last byte, and how long in all; the same of requests. */
export const LONG_ANSWERS: i32 = 21;
export const LONG_ANSWERS_NS: i32 = 22;
export const LONG_REQUESTS: i32 = 23;
export const LONG_REQUESTS_NS: i32 = 24;
/** Times to first byte, and round trips to the backend (handshakes, data acknowledged without an answer), by bucket. */
export const FIRST_BYTES: i32 = 25;
export const BUCKETS: i32 = 96;
export const ROUND_TRIPS: i32 = FIRST_BYTES + BUCKETS;
/** Maxima. */
export const FIRST_BYTE_MAX_NS: i32 = ROUND_TRIPS + BUCKETS;
export const REPEATED_CONNECT_MAX_NS: i32 = FIRST_BYTE_MAX_NS + 1;
/** Numbers of a step. */
export const STEP_SIZE: i32 = REPEATED_CONNECT_MAX_NS + 1;

/** Each power of two is cut into so many buckets; the first one begins at 2 to this power, ns, and holds what is shorter. */
export const BUCKETS_PER_OCTAVE = 4;
export const FIRST_OCTAVE = 12;

/** What a pair did, step by step. */
export class TimelineReadings {
  /** Width of a step. */
  widthNs: f64 = 0;
  /** The steps in order of time, without the empty ones, `STEP_SIZE` numbers each. */
  steps: Float64Array = new Float64Array(0);

  put(to: ReadingsWriter): void {
    to.put(this.widthNs);
    to.putNumbers(this.steps);
  }

  take(from: ReadingsReader): void {
    this.widthNs = from.number();
    this.steps = from.numbers();
  }
}
