/** Durations counted in fixed buckets, as Prometheus has them. */
import { HistogramReadings } from "../../readings/histogram-readings.ts";

export class HistogramTally {
  private readonly boundsNs: Float64Array;
  private readonly counted: HistogramReadings = new HistogramReadings();

  /** @param boundsNs upper bounds of the buckets, inclusive, ascending: of `histogram-readings.ts` */
  constructor(boundsNs: Float64Array) {
    this.boundsNs = boundsNs;
    this.counted.counts = new Float64Array(boundsNs.length + 1);
  }

  /** Adds one duration in ns, ≥ 0. */
  add(durationNs: f64): void {
    const boundsNs = this.boundsNs;
    let bucket: i32 = 0;
    while (bucket < boundsNs.length && durationNs > (boundsNs[bucket] as f64)) bucket++;
    const counted = this.counted;
    counted.counts[bucket] = (counted.counts[bucket] as f64) + 1;
    counted.count++;
    counted.sumNs += durationNs;
  }

  readings(): HistogramReadings {
    return this.counted;
  }
}
