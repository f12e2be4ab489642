import type { ExchangeRow } from "./exchange-row.ts";

/** The exchanges that took longest, of however many: a binary heap whose root is the fastest of them (Knuth, TAOCP 3, §5.2.3). */
export class SlowestExchanges {
  /** Exchanges that were added. */
  added = 0;
  readonly #limit: number;
  readonly #heap: Ranked[] = [];

  /** @param limit how many are kept, ≥ 1 */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(row: ExchangeRow): void {
    const heap = this.#heap;
    const ranked = { row, place: this.added++, timeMs: row.timeToLastByteMs ?? row.timeToFirstByteMs ?? -1 };
    if (heap.length < this.#limit) {
      heap.push(ranked);
      this.#rise(heap.length - 1);
    } else if (isSlower(ranked, heap[0])) {
      heap[0] = ranked;
      this.#sink();
    }
  }

  /** The slowest first; those without a whole answer by their first byte, those without any at the end; equal ones as they came. */
  rows(): readonly ExchangeRow[] {
    return [...this.#heap].sort((a, b) => (isSlower(a, b) ? -1 : 1)).map(({ row }) => row);
  }

  #rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!isSlower(this.#heap[parent], this.#heap[at])) return;
      this.#swap(parent, at);
      at = parent;
    }
  }

  #sink(): void {
    const heap = this.#heap;
    for (let at = 0; ; ) {
      let fastest = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && isSlower(heap[fastest], heap[child])) fastest = child;
      }
      if (fastest === at) return;
      this.#swap(fastest, at);
      at = fastest;
    }
  }

  #swap(a: number, b: number): void {
    const [one, other] = [this.#heap[a], this.#heap[b]];
    if (one === undefined || other === undefined) return;
    this.#heap[a] = other;
    this.#heap[b] = one;
  }
}

interface Ranked {
  readonly row: ExchangeRow;
  /** Which it was of those added. */
  readonly place: number;
  readonly timeMs: number;
}

/** Whether the first belongs before the second. */
function isSlower(a: Ranked | undefined, b: Ranked | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.timeMs > b.timeMs || (a.timeMs === b.timeMs && a.place < b.place);
}
