/**
 * The last ten minutes of every pair that the page shows, so that a late visitor sees the past. Bounded: one point per
 * second of the capture's clock, `MAX_POINTS` of them.
 */

/** Points kept: ten minutes of one a second. */
export const MAX_POINTS = 600;

/** What the page draws over time, in this order in every list of values. */
export const chartNames = [
  "requestsPerSecond",
  "throughputMbps",
  "timeToFirstByteP50Ms",
  "timeToFirstByteP95Ms",
  "lossPercent",
  "inFlight",
] as const;
export type ChartName = (typeof chartNames)[number];

/** One moment of one pair, in the order of `chartNames`; `null`: not measured. */
export type ChartValues = readonly (number | null)[];

/** One moment of all pairs shown. */
export interface HistoryPoint {
  /** Seconds since the capture was started. */
  readonly atSeconds: number;
  /** By the pair's id. */
  readonly pairs: Readonly<Record<string, ChartValues>>;
}

/** A ring of moments, oldest first. */
export class History {
  readonly #points: HistoryPoint[] = [];

  /**
   * Takes the next moment. A second point of the same second replaces the first, and where the clock was set back, what
   * it now lives through again is forgotten: times ascend always.
   */
  add(point: HistoryPoint): void {
    const second = Math.floor(point.atSeconds);
    let last = this.#points.at(-1);
    while (last !== undefined && Math.floor(last.atSeconds) >= second) {
      this.#points.pop();
      last = this.#points.at(-1);
    }
    this.#points.push(point);
    if (this.#points.length > MAX_POINTS) this.#points.shift();
  }

  points(): readonly HistoryPoint[] {
    return this.#points;
  }
}
