/** The time of a replay: what was recorded over again, at a speed of one's own. */
import { NANOSECONDS_PER_MILLISECOND } from "../units.ts";

export class ReplayClock {
  readonly #speed: number | "max";
  /** When the replay was started, ms on the clock of this process; NaN before. */
  #startedMs = Number.NaN;
  /** At full speed: the latest frame so far. */
  #latestNs = 0;
  readonly #now: () => number;

  /**
   * @param speed how many recorded seconds pass in one; `max`: as many as can be read
   * @param now this process's clock in ms
   */
  constructor(speed: number | "max", now: () => number) {
    this.#speed = speed;
    this.#now = now;
  }

  start(): void {
    this.#startedMs = this.#now();
  }

  /** ns since the first frame. */
  get timeNs(): number {
    if (this.#speed === "max") return this.#latestNs;
    if (Number.isNaN(this.#startedMs)) return 0;
    return Math.round((this.#now() - this.#startedMs) * this.#speed * NANOSECONDS_PER_MILLISECOND);
  }

  /** Whether a frame of this time has its turn. */
  isDue(timeNs: number): boolean {
    return this.#speed === "max" || timeNs <= this.timeNs;
  }

  /** Takes note of a frame that had its turn. */
  passed(timeNs: number): void {
    if (timeNs > this.#latestNs) this.#latestNs = timeNs;
  }

  /** ms of this process until a frame has its turn. */
  msUntil(timeNs: number): number {
    if (this.#speed === "max") return 0;
    return Math.max(0, (timeNs - this.timeNs) / this.#speed / NANOSECONDS_PER_MILLISECOND);
  }
}
