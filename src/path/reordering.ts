/** Packets that arrive after one that was sent later (RFC 4737 §3). */
import { millisecondsFromNanoseconds } from "../units.ts";
import type { ReorderingMetrics } from "./path-metrics.ts";

/** How far back the packet is looked for that overtook another. */
const LOOK_BACK = 1 << 16;

export class Reordering {
  #count = 0;
  #sumExtent = 0;
  #maxExtent = 0;
  #maxLateNs = 0;
  #arrived = 0;
  /** Packets that were sent later than all that arrived before them: when they were sent, when they arrived, as the how-manieth. */
  readonly #sentNs = new Float64Array(LOOK_BACK);
  readonly #arrivalNs = new Float64Array(LOOK_BACK);
  readonly #order = new Float64Array(LOOK_BACK);
  #latest = 0;

  /** The next packet that arrived. Packets with equal times of sending are in order. */
  add(sentNs: number, arrivalNs: number): void {
    const order = this.#arrived++;
    const last = (this.#latest - 1) % LOOK_BACK;
    if (this.#latest === 0 || sentNs >= (this.#sentNs[last] as number)) {
      const place = this.#latest++ % LOOK_BACK;
      this.#sentNs[place] = sentNs;
      this.#arrivalNs[place] = arrivalNs;
      this.#order[place] = order;
      return;
    }
    const overtaking = this.#firstSentAfter(sentNs) % LOOK_BACK;
    const extent = order - (this.#order[overtaking] as number);
    this.#count++;
    this.#sumExtent += extent;
    this.#maxExtent = Math.max(this.#maxExtent, extent);
    this.#maxLateNs = Math.max(this.#maxLateNs, arrivalNs - (this.#arrivalNs[overtaking] as number));
  }

  get metrics(): ReorderingMetrics {
    const reordered = this.#count;
    return {
      reordered,
      meanExtent: reordered === 0 ? null : this.#sumExtent / reordered,
      maxExtent: this.#maxExtent,
      maxLateMs: reordered === 0 ? null : millisecondsFromNanoseconds(this.#maxLateNs),
    };
  }

  /** Times of sending grow along the ring, so that halving finds the earliest arrival that was sent later. */
  #firstSentAfter(sentNs: number): number {
    let low = Math.max(0, this.#latest - LOOK_BACK);
    let high = this.#latest - 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.#sentNs[middle % LOOK_BACK] as number) > sentNs) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
