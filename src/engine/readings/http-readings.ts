import { DistributionReadings } from "./distribution-readings.ts";
import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

/** Classes of statuses: 0xx … 9xx, which holds everything above. */
export const STATUS_CLASSES: i32 = 10;

/** HTTP between a source and a destination: exchanges counted and timed. */
export class HttpReadings {
  requests: f64 = 0;
  /** Final responses. */
  responses: f64 = 0;
  unanswered: f64 = 0;
  aborted: f64 = 0;
  running: f64 = 0;
  malformed: f64 = 0;
  /** Final responses by class of their status. */
  statuses: Float64Array = new Float64Array(STATUS_CLASSES);
  timeToFirstByte: DistributionReadings = new DistributionReadings();
  timeToLastByte: DistributionReadings = new DistributionReadings();
  /** Differences of successive times to first byte: how many, Σ|difference|, and RFC 3550's estimate. */
  differences: f64 = 0;
  differencesNs: f64 = 0;
  rfc3550Ns: f64 = 0;
  /** First to last request; −∞ without any. */
  requestSpanNs: f64 = 0;

  /** Takes the counts of another, but for the distributions. */
  copyFrom(other: HttpReadings): void {
    this.requests = other.requests;
    this.responses = other.responses;
    this.unanswered = other.unanswered;
    this.aborted = other.aborted;
    this.running = other.running;
    this.malformed = other.malformed;
    this.statuses = other.statuses.slice(0);
    this.differences = other.differences;
    this.differencesNs = other.differencesNs;
    this.rfc3550Ns = other.rfc3550Ns;
  }

  put(to: ReadingsWriter): void {
    to.put(this.requests);
    to.put(this.responses);
    to.put(this.unanswered);
    to.put(this.aborted);
    to.put(this.running);
    to.put(this.malformed);
    to.putNumbers(this.statuses);
    this.timeToFirstByte.put(to);
    this.timeToLastByte.put(to);
    to.put(this.differences);
    to.put(this.differencesNs);
    to.put(this.rfc3550Ns);
    to.put(this.requestSpanNs);
  }

  take(from: ReadingsReader): void {
    this.requests = from.number();
    this.responses = from.number();
    this.unanswered = from.number();
    this.aborted = from.number();
    this.running = from.number();
    this.malformed = from.number();
    this.statuses = from.numbers();
    this.timeToFirstByte.take(from);
    this.timeToLastByte.take(from);
    this.differences = from.number();
    this.differencesNs = from.number();
    this.rfc3550Ns = from.number();
    this.requestSpanNs = from.number();
  }
}
