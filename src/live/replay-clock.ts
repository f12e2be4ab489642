/** The time of a replay: what was recorded over again, at a speed of one's own. */
import { NANOSECONDS_PER_MILLISECOND } from "../units.ts";

export class ReplayClock {
  readonly #speed: number | "max";
  /** When the replay was started, ms on the clock of this process; NaN before. */
  #startedMs = Number.NaN;
  /** The latest frame that had its turn. */
  #latestNs = 0;
  /** The frame whose turn is next, once it is known; else the latest one. */
  #nextNs = 0;
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

  /** ns since the first frame. It never runs ahead of a frame that waits for whoever reads, nor beyond the last one. */
  get timeNs(): number {
    return this.#speed === "max" ? this.#latestNs : Math.min(this.#plannedNs(this.#speed), this.#nextNs);
  }

  /** Whether a frame of this time, the next one, has its turn. */
  isDue(timeNs: number): boolean {
    if (this.#speed === "max") return true;
    this.#nextNs = Math.max(this.#latestNs, timeNs);
    return timeNs <= this.#plannedNs(this.#speed);
  }

  /** Takes note of a frame that had its turn. */
  passed(timeNs: number): void {
    if (timeNs > this.#latestNs) this.#latestNs = timeNs;
    this.#nextNs = this.#latestNs;
  }

  /** ms of this process until a frame has its turn. */
  msUntil(timeNs: number): number {
    if (this.#speed === "max") return 0;
    return Math.max(0, (timeNs - this.#plannedNs(this.#speed)) / this.#speed / NANOSECONDS_PER_MILLISECOND);
  }

  /** Where the replay would be if nobody kept it waiting. */
  #plannedNs(speed: number): number {
    if (Number.isNaN(this.#startedMs)) return 0;
    return Math.round((this.#now() - this.#startedMs) * speed * NANOSECONDS_PER_MILLISECOND);
  }
}
