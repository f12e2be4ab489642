import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

const US: f64 = 1e3;
const MS: f64 = 1e6;
const S: f64 = 1e9;

/**
 * Bounds in ns for answers of web servers: 1–2.5–5 per decade and ≤ 10 s, as the default buckets of Prometheus' client
 * libraries (5 ms … 10 s), begun a decade earlier for servers on the local network.
 */
export const ANSWER_BOUNDS_NS: Float64Array = boundsOf([
  0.5 * MS,
  1 * MS,
  2.5 * MS,
  5 * MS,
  10 * MS,
  25 * MS,
  50 * MS,
  100 * MS,
  250 * MS,
  500 * MS,
  1 * S,
  2.5 * S,
  5 * S,
  10 * S,
]);

/** Bounds in ns for round trips, by the same steps: from two hosts on one machine (10 µs) to a satellite and back (1 s). */
export const ROUND_TRIP_BOUNDS_NS: Float64Array = boundsOf([
  10 * US,
  25 * US,
  50 * US,
  100 * US,
  250 * US,
  500 * US,
  1 * MS,
  2.5 * MS,
  5 * MS,
  10 * MS,
  25 * MS,
  50 * MS,
  100 * MS,
  250 * MS,
  500 * MS,
  1 * S,
]);

/** Durations counted in fixed buckets, as Prometheus has them. */
export class HistogramReadings {
  /** Samples in the bucket of each bound (not those in the buckets below it); the bucket above all bounds is the last. */
  counts: Float64Array = new Float64Array(0);
  /** Samples in all buckets, and their sum. */
  count: f64 = 0;
  sumNs: f64 = 0;

  put(to: ReadingsWriter): void {
    to.putNumbers(this.counts);
    to.put(this.count);
    to.put(this.sumNs);
  }

  take(from: ReadingsReader): void {
    this.counts = from.numbers();
    this.count = from.number();
    this.sumNs = from.number();
  }
}

function boundsOf(bounds: f64[]): Float64Array {
  const array = new Float64Array(bounds.length);
  for (let index: i32 = 0; index < bounds.length; index++) array[index] = bounds[index] as f64;
  return array;
}
