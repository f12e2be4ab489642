import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

/** The distribution of durations: times in ns, NaN for what the count does not allow. */
export class DistributionReadings {
  count: f64 = 0;
  mean: f64 = NaN;
  /** Of the sample, n − 1. */
  standardDeviation: f64 = NaN;
  min: f64 = NaN;
  p50: f64 = NaN;
  p90: f64 = NaN;
  p95: f64 = NaN;
  p99: f64 = NaN;
  max: f64 = NaN;

  put(to: ReadingsWriter): void {
    to.put(this.count);
    to.put(this.mean);
    to.put(this.standardDeviation);
    to.put(this.min);
    to.put(this.p50);
    to.put(this.p90);
    to.put(this.p95);
    to.put(this.p99);
    to.put(this.max);
  }

  take(from: ReadingsReader): void {
    this.count = from.number();
    this.mean = from.number();
    this.standardDeviation = from.number();
    this.min = from.number();
    this.p50 = from.number();
    this.p90 = from.number();
    this.p95 = from.number();
    this.p99 = from.number();
    this.max = from.number();
  }
}
