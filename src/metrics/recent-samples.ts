/**
 * The durations of the last seconds, each with the time at which it was known, in a ring that grows with what the window
 * holds and shrinks when it is empty. Above `MOST_SAMPLES` the newest are kept, so that the window is shorter: that is
 * 6,500 samples/s of one pair.
 */
import type { Distribution } from "./run-metrics.ts";
import { Samples } from "./samples.ts";

/** Kept at most, for one pair and metric; a power of two. */
export const MOST_SAMPLES = 65_536;
/** Kept room for, from the first sample on. */
const FEWEST = 16;

export class RecentSamples {
  readonly #windowNs: number;
  /** Time and duration of each sample, side by side. */
  #ring: Float64Array | null = null;
  /** Index of the oldest sample, and how many there are. */
  #first = 0;
  #count = 0;

  /** @param windowNs samples older than this may be forgotten */
  constructor(windowNs: number) {
    this.#windowNs = windowNs;
  }

  /** Adds one duration in ns, known at `timeNs`. */
  add(timeNs: number, durationNs: number): void {
    let ring = this.#ring ?? this.#resized(FEWEST);
    let capacity = ring.length / 2;
    while (this.#count > 0 && (ring[2 * this.#first] as number) < timeNs - this.#windowNs)
      this.#dropOldest(capacity);
    if (this.#count === 0 && capacity > FEWEST) ring = this.#resized(FEWEST);
    else if (this.#count === MOST_SAMPLES) this.#dropOldest(capacity);
    else if (this.#count === capacity) ring = this.#resized(capacity * 2);
    capacity = ring.length / 2;
    const at = 2 * ((this.#first + this.#count) % capacity);
    ring[at] = timeNs;
    ring[at + 1] = durationNs;
    this.#count++;
  }

  /** The distribution in ms of what became known from `fromNs` on. */
  distribution(fromNs: number): Distribution {
    const samples = new Samples();
    const ring = this.#ring;
    if (ring === null) return samples.distribution();
    const capacity = ring.length / 2;
    for (let index = 0; index < this.#count; index++) {
      const at = 2 * ((this.#first + index) % capacity);
      if ((ring[at] as number) >= fromNs) samples.add(ring[at + 1] as number);
    }
    return samples.distribution();
  }

  #dropOldest(capacity: number): void {
    this.#first = (this.#first + 1) % capacity;
    this.#count--;
  }

  /** The samples in a ring for `capacity` of them, oldest first. */
  #resized(capacity: number): Float64Array {
    const resized = new Float64Array(2 * capacity);
    const ring = this.#ring;
    if (ring !== null) {
      const old = ring.length / 2;
      for (let index = 0; index < this.#count; index++) {
        const at = 2 * ((this.#first + index) % old);
        resized[2 * index] = ring[at] as number;
        resized[2 * index + 1] = ring[at + 1] as number;
      }
    }
    this.#ring = resized;
    this.#first = 0;
    return resized;
  }
}
