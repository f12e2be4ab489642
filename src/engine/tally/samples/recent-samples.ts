/**
 * The durations of the last seconds, each with the time at which it was known, in a ring that grows with what the window
 * holds and shrinks when it is empty. Above `MAX_SAMPLES` the newest are kept, so that the window is shorter: that is
 * 6,500 samples/s of one pair.
 */
import type { DistributionReadings } from "../../readings/distribution-readings.ts";
import { Samples } from "./samples.ts";

/** Kept at most, for one pair and metric; a power of two. */
export const MAX_SAMPLES: i32 = 65_536;
/** Kept room for, from the first sample on. */
const FEWEST: i32 = 16;

export class RecentSamples {
  private readonly windowNs: f64;
  /** Time and duration of each sample, side by side. */
  private ring: Float64Array | null = null;
  /** Index of the oldest sample, and how many there are. */
  private first: i32 = 0;
  private count: i32 = 0;

  /** @param windowNs samples older than this may be forgotten */
  constructor(windowNs: f64) {
    this.windowNs = windowNs;
  }

  /** Adds one duration in ns, known at `timeNs`. */
  add(timeNs: f64, durationNs: f64): void {
    let ring = this.ring;
    if (ring === null) ring = this.resized(FEWEST);
    let capacity = ring.length >> 1;
    const fromNs = timeNs - this.windowNs;
    while (this.count > 0 && (ring[2 * this.first] as f64) < fromNs) this.dropOldest(capacity);
    if (this.count === 0 && capacity > FEWEST) ring = this.resized(FEWEST);
    else if (this.count === MAX_SAMPLES) this.dropOldest(capacity);
    else if (this.count === capacity) ring = this.resized(capacity * 2);
    capacity = ring.length >> 1;
    const at = 2 * ((this.first + this.count) % capacity);
    ring[at] = timeNs;
    ring[at + 1] = durationNs;
    this.count++;
  }

  /** The distribution, as `Samples` has it, of what became known from `fromNs` on. */
  distribution(fromNs: f64): DistributionReadings {
    const samples = new Samples();
    const ring = this.ring;
    if (ring !== null) {
      const capacity = ring.length >> 1;
      for (let index: i32 = 0; index < this.count; index++) {
        const at = 2 * ((this.first + index) % capacity);
        if ((ring[at] as f64) >= fromNs) samples.add(ring[at + 1] as f64);
      }
    }
    return samples.distribution();
  }

  private dropOldest(capacity: i32): void {
    this.first = (this.first + 1) % capacity;
    this.count--;
  }

  /** The samples in a ring for `capacity` of them, oldest first. */
  private resized(capacity: i32): Float64Array {
    const resized = new Float64Array(2 * capacity);
    const ring = this.ring;
    if (ring !== null) {
      const old = ring.length >> 1;
      for (let index: i32 = 0; index < this.count; index++) {
        const at = 2 * ((this.first + index) % old);
        resized[2 * index] = ring[at] as f64;
        resized[2 * index + 1] = ring[at + 1] as f64;
      }
    }
    this.ring = resized;
    this.first = 0;
    return resized;
  }
}
