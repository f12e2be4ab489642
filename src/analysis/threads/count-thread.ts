/**
 * One capture over two threads: this one reads it, decodes it and follows its connections; another pairs HTTP, counts and
 * measures. What the one finds reaches the other in the same order as in `Analysis`, so the result is the same to the last bit.
 */
import type { Worker } from "node:worker_threads";
import type { Capture } from "../../capture/capture.ts";
import { openCapture } from "../../capture/open-capture.ts";
import { Failure } from "../../failure.ts";
import type { AnalysisOptions } from "../../metrics/analysis-options.ts";
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import { summaryOf } from "../record-analysis.ts";
import { FrameTracker, type TrackedFacts, wantsEverySegment } from "../track-frames.ts";
import { takeThread } from "./start-thread.ts";
import {
  type CounterMessage,
  type CounterOrder,
  type EndedExchanges,
  MAX_ON_THEIR_WAY,
} from "./thread-messages.ts";

/** Bytes of records that are handed on together: those of some 10,000 small frames. A message costs as much as following a thousand. */
const WORTH_A_MESSAGE_BYTES = 1.25 * 2 ** 20;

/** @throws Failure where the captures can't be read or an option is wrong */
export async function analyzeInTwoThreads(
  paths: readonly string[],
  options: AnalysisOptions,
): Promise<RunMetrics> {
  const tracker = new FrameTracker(wantsEverySegment(options));
  const thread = new CountThread(takeThread(), tracker, options);
  try {
    const capture = await openCapture(paths, tracker.batch);
    try {
      for (let batch = await capture.nextBatch(); batch !== null; batch = await capture.nextBatch()) {
        tracker.feed(batch);
        if (tracker.waitingBytes < WORTH_A_MESSAGE_BYTES) continue;
        await thread.hand(capture.startNs);
        options.onProgress?.(capture.bytesRead, capture.bytesTotal);
      }
      tracker.finish();
      await thread.hand(capture.startNs);
      return await thread.finish(tracker.facts, capture);
    } finally {
      await capture.close();
    }
  } finally {
    thread.end();
  }
}

/** The other thread, as this one sees it. */
class CountThread {
  readonly #worker: Worker;
  readonly #options: AnalysisOptions;
  readonly #tracker: FrameTracker;
  /** Batches that were handed on and not given back yet. */
  #onTheirWay = 0;
  /** Why nothing more will come. */
  #failure: { readonly error: unknown } | null = null;
  #metrics: RunMetrics | null = null;
  /** Goes on when the other thread has said something. */
  #wake: () => void = () => {};

  constructor(worker: Worker, tracker: FrameTracker, options: AnalysisOptions) {
    const { onExchange, onBalancedExchange, onProgress, ...plain } = options;
    this.#worker = worker;
    this.#tracker = tracker;
    this.#options = options;
    this.#post({
      kind: "count",
      options: plain,
      wantsExchanges: onExchange !== undefined,
      wantsBalancedExchanges: onBalancedExchange !== undefined,
    });
    worker.on("message", (message: CounterMessage) => this.#take(message));
    worker.on("error", (error) => this.#fail(error));
    worker.on("exit", () => this.#fail(new Error("the thread that counts ended in the middle of its work")));
  }

  /** Hands on what was found, once not too much is on its way. */
  async hand(startNs: bigint | null): Promise<void> {
    await this.#said(() => (this.#onTheirWay < MAX_ON_THEIR_WAY ? true : undefined));
    this.#onTheirWay++;
    this.#post({ kind: "records", ...this.#tracker.share(), startNs });
  }

  /** Everything was found and handed on: the metrics. */
  finish(facts: TrackedFacts, capture: Capture): Promise<RunMetrics> {
    this.#post({ kind: "end", facts, capture: summaryOf(capture) });
    return this.#said(() => this.#metrics ?? undefined);
  }

  /** Ends the thread, whatever it does. */
  end(): void {
    this.#worker.removeAllListeners();
    void this.#worker.terminate();
  }

  /** What `look` finds, as soon as it finds something. @throws what ended the analysis */
  async #said<Found>(look: () => Found | undefined): Promise<Found> {
    for (;;) {
      if (this.#failure !== null) throw this.#failure.error;
      const found = look();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #take(message: CounterMessage): void {
    // What a listener of the options throws ends the analysis, as it would in one thread: it is not called again.
    if (this.#failure !== null) return;
    try {
      switch (message.kind) {
        case "read":
          this.#tell(message);
          this.#onTheirWay--;
          this.#tracker.release(message.buffer);
          break;
        case "metrics":
          this.#tell(message);
          this.#metrics = message.metrics;
          break;
        case "failure":
          throw new Failure(message.words, message.status);
        default:
          throw message.error;
      }
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#wake();
  }

  #tell({ exchanges, balancedExchanges }: EndedExchanges): void {
    const { onExchange, onBalancedExchange } = this.#options;
    for (const row of exchanges) onExchange?.(row);
    for (const row of balancedExchanges) onBalancedExchange?.(row);
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake();
  }

  #post(order: CounterOrder): void {
    this.#worker.postMessage(order);
  }
}
