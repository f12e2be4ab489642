/** How far an experiment is, and how long it will take. */
import type { Message } from "../words/message.ts";

export interface RunsProgress {
  /** Runs made so far, and how many there will be. */
  readonly done: number;
  readonly total: number;
  /** Title of the run under way; `null` before the first. */
  readonly run: Message | null;
  /** Requests that its capture shows so far. */
  readonly requests: number;
  /** Estimate from the runs made so far; `null` before the first. */
  readonly secondsLeft: number | null;
}

export class ProgressOfRuns {
  readonly #total: number;
  readonly #there: number;
  readonly #tell: (progress: RunsProgress) => void;
  readonly #started = performance.now();
  #made = 0;
  #run: Message | null = null;

  /** @param there runs that were there before */
  constructor(total: number, there: number, tell: (progress: RunsProgress) => void) {
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
    const elapsed = (performance.now() - this.#started) / 1000;
    const secondsLeft = this.#made === 0 ? null : (elapsed / this.#made) * (this.#total - done);
    this.#tell({ done, total: this.#total, run: this.#run, requests, secondsLeft });
  };
}
