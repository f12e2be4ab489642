/** Ctrl-C, kill and a closed terminal while a command goes on until then: the first ends it in order, the second at once. */
import { once } from "node:events";
import { constants } from "node:os";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
export type StopSignal = (typeof SIGNALS)[number];

/** Waits for one of the signals. */
export async function nextStopSignal(): Promise<void> {
  const any = new AbortController();
  await Promise.race(SIGNALS.map((signal) => once(process, signal, { signal: any.signal })));
  any.abort();
}

export class StopSignals {
  readonly #atOnce: (status: number) => void;
  readonly #listener = (signal: StopSignal) => this.#take(signal);
  #first: StopSignal | null = null;
  #stop: (() => void) | null = null;

  /** @param atOnce what a second signal does, with the exit status that belongs to it */
  constructor(atOnce: (status: number) => void) {
    this.#atOnce = atOnce;
    for (const signal of SIGNALS) process.on(signal, this.#listener);
  }

  /** The first signal so far. */
  get first(): StopSignal | null {
    return this.#first;
  }

  /** What the first signal does from now on; done now where it has come already. */
  onStop(stop: () => void): void {
    this.#stop = stop;
    if (this.#first !== null) stop();
  }

  /** From now on signals do what they do without us. */
  release(): void {
    for (const signal of SIGNALS) process.removeListener(signal, this.#listener);
  }

  #take(signal: StopSignal): void {
    if (this.#first !== null) {
      this.#atOnce(128 + constants.signals[signal]);
      return;
    }
    this.#first = signal;
    this.#stop?.();
  }
}
