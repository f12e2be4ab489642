import type { ExchangeRow } from "./exchange-row.ts";

/** The exchanges that took longest, of however many. */
export class SlowestExchanges {
  /** Exchanges that were added. */
  added = 0;
  readonly #limit: number;
  #ranked: Ranked[] = [];

  /** @param limit how many are kept, ≥ 1 */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(row: ExchangeRow): void {
    this.#ranked.push({
      row,
      place: this.added++,
      timeMs: row.timeToLastByteMs ?? row.timeToFirstByteMs ?? -1,
    });
    // Sorted each time that there are twice as many: a few comparisons per exchange.
    if (this.#ranked.length >= 2 * this.#limit) this.#keepSlowest();
  }

  /** The slowest first; those without a whole answer by their first byte, those without any at the end; equal ones as they came. */
  rows(): readonly ExchangeRow[] {
    this.#keepSlowest();
    return this.#ranked.map(({ row }) => row);
  }

  #keepSlowest(): void {
    this.#ranked.sort((a, b) => b.timeMs - a.timeMs || a.place - b.place);
    this.#ranked.length = Math.min(this.#ranked.length, this.#limit);
  }
}

interface Ranked {
  readonly row: ExchangeRow;
  /** Which it was of those added. */
  readonly place: number;
  readonly timeMs: number;
}
