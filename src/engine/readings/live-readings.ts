import { DistributionReadings } from "./distribution-readings.ts";
import * as FailureReason from "./failure-reason.ts";
import { HistogramReadings } from "./histogram-readings.ts";
import * as LiveState from "./live-state.ts";
import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

/** What happened to a pair in the last seconds, in both directions unless it says which. */
export class RecentReadings {
  /** What the counts span. */
  spanNs: f64 = 0;
  requests: f64 = 0;
  toBackendBytes: f64 = 0;
  fromBackendBytes: f64 = 0;
  /**
   * As in `DirectionReadings`. A loss that an earlier second counted may be taken back in these: `lostBeyondTap` may be below 0,
   * its sum with `lostBeforeTap` is not.
   */
  wireSegments: f64 = 0;
  lostBeyondTap: f64 = 0;
  lostBeforeTap: f64 = 0;
  captureDrops: f64 = 0;
  /** Exchanges that ended without an answer. */
  unanswered: f64 = 0;
  roundTrips: DistributionReadings = new DistributionReadings();
  timeToFirstByte: DistributionReadings = new DistributionReadings();

  put(to: ReadingsWriter): void {
    to.put(this.spanNs);
    to.put(this.requests);
    to.put(this.toBackendBytes);
    to.put(this.fromBackendBytes);
    to.put(this.wireSegments);
    to.put(this.lostBeyondTap);
    to.put(this.lostBeforeTap);
    to.put(this.captureDrops);
    to.put(this.unanswered);
    this.roundTrips.put(to);
    this.timeToFirstByte.put(to);
  }

  take(from: ReadingsReader): void {
    this.spanNs = from.number();
    this.requests = from.number();
    this.toBackendBytes = from.number();
    this.fromBackendBytes = from.number();
    this.wireSegments = from.number();
    this.lostBeyondTap = from.number();
    this.lostBeforeTap = from.number();
    this.captureDrops = from.number();
    this.unanswered = from.number();
    this.roundTrips.take(from);
    this.timeToFirstByte.take(from);
  }
}

/** What a pair of a run under way has beside its totals. */
export class LiveReadings {
  /** Of `live-state.ts`, and of `failure-reason.ts`. */
  state: i32 = LiveState.UNKNOWN;
  reason: i32 = FailureReason.NONE;
  /** Since when, in ns since the capture's first packet; −1 while unknown. */
  sinceNs: f64 = 0;
  /** Requests that wait for their answer. */
  inFlight: f64 = 0;
  recent: RecentReadings = new RecentReadings();
  /** Requests in each of the last whole seconds, oldest first. */
  requestsBySecond: Float64Array = new Float64Array(0);
  timeToFirstByte: HistogramReadings = new HistogramReadings();
  timeToLastByte: HistogramReadings = new HistogramReadings();
  roundTrips: HistogramReadings = new HistogramReadings();
  handshakes: HistogramReadings = new HistogramReadings();

  put(to: ReadingsWriter): void {
    to.put(this.state);
    to.put(this.reason);
    to.put(this.sinceNs);
    to.put(this.inFlight);
    this.recent.put(to);
    to.putNumbers(this.requestsBySecond);
    this.timeToFirstByte.put(to);
    this.timeToLastByte.put(to);
    this.roundTrips.put(to);
    this.handshakes.put(to);
  }

  take(from: ReadingsReader): void {
    this.state = from.number() as i32;
    this.reason = from.number() as i32;
    this.sinceNs = from.number();
    this.inFlight = from.number();
    this.recent.take(from);
    this.requestsBySecond = from.numbers();
    this.timeToFirstByte.take(from);
    this.timeToLastByte.take(from);
    this.roundTrips.take(from);
    this.handshakes.take(from);
  }
}
