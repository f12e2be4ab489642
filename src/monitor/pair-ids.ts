/** Short names for pairs (`p0`, `p1`, …), the same as long as the page or its history shows them. Their number gives the colour. */
import type { PairMetrics } from "../metrics/run-metrics.ts";

/** Ids remembered; beyond it the oldest are forgotten, and a pair that comes back is a new one. */
const MAX_IDS = 1000;

export class PairIds {
  readonly #ids = new Map<string, string>();
  #next = 0;

  idOf({ name, source, destination, destinationPort }: PairMetrics): string {
    const key = JSON.stringify([name, source, destination, destinationPort]);
    const known = this.#ids.get(key);
    if (known !== undefined) {
      // Asked for again: to the end, so that pairs shown are never the oldest.
      this.#ids.delete(key);
      this.#ids.set(key, known);
      return known;
    }
    const id = `p${this.#next++}`;
    this.#ids.set(key, id);
    const oldest = this.#ids.keys().next().value;
    if (this.#ids.size > MAX_IDS && oldest !== undefined) this.#ids.delete(oldest);
    return id;
  }
}
