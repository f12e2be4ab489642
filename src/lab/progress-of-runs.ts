/** How far an experiment is, and how long it will take. */
import { sumOf } from "../metrics/run-totals.ts";
import type { Message } from "../words/message.ts";

export interface RunsProgress {
  /** Runs made so far, and how many there will be. */
  readonly done: number;
  readonly total: number;
  /** Title of the run under way; `null` before the first. */
  readonly run: Message | null;
  /** Requests that its capture shows so far. */
  readonly requests: number;
  /** Estimate from the runs made so far, and before the first from their loads; `null` where these don't say. */
  readonly secondsLeft: number | null;
}

export class ProgressOfRuns {
  readonly #total: number;
  readonly #there: number;
  readonly #tell: (progress: RunsProgress) => void;
  readonly #started = performance.now();
  readonly #expected: readonly number[] | null;
  #made = 0;
  #run: Message | null = null;

  /**
   * @param there runs that were there before
   * @param expected how long each of the others will take, in seconds, in their order; `null`: it can't be told, as where it is absent
   */
  constructor(
    total: number,
    there: number,
    tell: (progress: RunsProgress) => void,
    expected: readonly (number | null)[] = [],
  ) {
    this.#expected = expected.includes(null) || expected.length === 0 ? null : expected.map(Number);
    this.#total = total;
    this.#there = there;
    this.#tell = tell;
    this.requests(0);
  }

  /** A run begins. */
  begin(title: Message): void {
    this.#run = title;
    this.requests(0);
  }

  /** The run is there. */
  end(): void {
    this.#made += 1;
    this.requests(0);
  }

  /** Takes the number of requests of the run seen so far. */
  readonly requests = (requests: number): void => {
    const done = this.#there + this.#made;
    this.#tell({ done, total: this.#total, run: this.#run, requests, secondsLeft: this.#secondsLeft() });
  };

  /** Runs at a low rate take longer: what is left counts by what was expected of it. */
  #secondsLeft(): number | null {
    const elapsed = (performance.now() - this.#started) / 1000;
    const made = this.#made;
    const expected = this.#expected;
    if (expected === null) return made === 0 ? null : (elapsed / made) * (this.#total - this.#there - made);
    const sum = (seconds: readonly number[]) => sumOf(seconds, (one) => one);
    const left = sum(expected.slice(made));
    return made === 0 ? left : (elapsed / sum(expected.slice(0, made))) * left;
  }
}
