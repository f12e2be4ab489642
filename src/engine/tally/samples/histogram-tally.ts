/** Durations counted in fixed buckets, as Prometheus has them: see `GrowingHistogram` of the metrics room. */
import type { Readings } from "../../readings/readings.ts";

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

export class HistogramTally {
  private readonly boundsNs: Float64Array;
  /** Samples in each bucket, the one above all bounds last. */
  private readonly counts: Float64Array;
  private count: i32 = 0;
  private sumNs: f64 = 0;

  /** @param boundsNs upper bounds of the buckets, inclusive, ascending */
  constructor(boundsNs: Float64Array) {
    this.boundsNs = boundsNs;
    this.counts = new Float64Array(boundsNs.length + 1);
  }

  /** Adds one duration in ns, ≥ 0. */
  add(durationNs: f64): void {
    const boundsNs = this.boundsNs;
    let bucket: i32 = 0;
    while (bucket < boundsNs.length && durationNs > (boundsNs[bucket] as f64)) bucket++;
    this.counts[bucket] = (this.counts[bucket] as f64) + 1;
    this.count++;
    this.sumNs += durationNs;
  }

  /** The samples in the bucket of each bound (not those in the buckets below it), those in all buckets, their sum in ns. */
  readings(out: Readings): void {
    for (let bucket: i32 = 0; bucket < this.boundsNs.length; bucket++) out.put(this.counts[bucket] as f64);
    out.put(this.count);
    out.put(this.sumNs);
  }
}

function boundsOf(bounds: f64[]): Float64Array {
  const array = new Float64Array(bounds.length);
  for (let index: i32 = 0; index < bounds.length; index++) array[index] = bounds[index] as f64;
  return array;
}
