/**
 * One capture over two threads: this one reads it, decodes it and follows its connections; another pairs HTTP, counts and
 * measures. What the one finds reaches the other in the same order as in `Analysis`, so the result is the same to the last bit.
 */
import type { Capture } from "../../capture/capture.ts";
import type { AnalysisOptions } from "../../metrics/analysis-options.ts";
import type { RunMetrics } from "../../metrics/run-metrics.ts";
import type { Channel } from "../../threads/channel.ts";
import { unlessAborted } from "../../threads/unless-aborted.ts";
import { summaryOf } from "../capture-summary.ts";
import { type EndedExchanges, wantedExchanges } from "../ended-exchanges.ts";
import { ExchangeTeller } from "../exchange-teller.ts";
import { openUnlessAborted } from "../open-unless-aborted.ts";
import { FrameTracker, type TrackedFacts, wantsEverySegment } from "../track-frames.ts";
import type { CountCalls } from "./count-calls.ts";
import { takeThread } from "./prepared-thread.ts";

/** Batches of records that may be on their way at a time: enough to wait for a thread that is still starting. */
const MAX_ON_THEIR_WAY = 3;

/** Bytes of records that are handed on together: those of some 10,000 small frames. A message costs as much as following a thousand. */
const WORTH_A_MESSAGE_BYTES = 1.25 * 2 ** 20;

/** @throws Failure where the captures can't be read or an option is wrong; the signal's reason once it is aborted */
export async function analyzeInTwoThreads(
  paths: readonly string[],
  options: AnalysisOptions,
  signal: AbortSignal | undefined,
): Promise<RunMetrics> {
  const tracker = new FrameTracker(wantsEverySegment(options));
  const thread = new CountThread(takeThread(), tracker, options);
  try {
    const capture = await openUnlessAborted(paths, signal, tracker.batch);
    const next = () => unlessAborted(signal, capture.nextBatch());
    let secrets = "";
    try {
      for (let batch = await next(); batch !== null; batch = await next()) {
        const more = capture.takeSecrets();
        if (more !== "") {
          // They hold from this batch on: what was found before goes ahead.
          await thread.hand(capture.startNs, secrets);
          secrets = more;
        }
        tracker.feed(batch);
        if (tracker.waitingBytes < WORTH_A_MESSAGE_BYTES) continue;
        await thread.hand(capture.startNs, secrets);
        secrets = "";
        options.onProgress?.(capture.bytesRead, capture.bytesTotal);
      }
      tracker.finish();
      await thread.hand(capture.startNs, secrets);
      return await thread.finish(tracker.facts, capture);
    } catch (error) {
      if (signal?.aborted === true) await thread.breakOff(capture.startNs, secrets);
      throw error;
    } finally {
      await capture.close();
    }
  } finally {
    thread.end();
  }
}

/** The other thread, as this one sees it. */
class CountThread {
  readonly #channel: Channel<CountCalls>;
  readonly #teller: ExchangeTeller;
  /** By their numbers. */
  readonly #addresses: string[] = [];
  readonly #tracker: FrameTracker;
  /** Batches that were handed on, oldest first: each done when its records were read and its exchanges told. */
  readonly #handed: Promise<void>[] = [];
  /** The last of them. What goes wrong in one goes wrong in all that follow: nothing more is told. */
  #last: Promise<void>;

  constructor(channel: Channel<CountCalls>, tracker: FrameTracker, options: AnalysisOptions) {
    const { onExchange, onBalancedExchange, onProgress, ...plain } = options;
    this.#channel = channel;
    this.#tracker = tracker;
    this.#teller = new ExchangeTeller(options, (number) => this.#addresses[number] ?? "");
    this.#last = channel.call("begin", { options: plain, listened: wantedExchanges(options) });
  }

  /** Hands on what was found, once not too much is on its way. */
  async hand(startNs: bigint | null, secrets: string): Promise<void> {
    if (this.#handed.length === MAX_ON_THEIR_WAY) await this.#handed.shift();
    const records = this.#tracker.share();
    const answer = this.#channel.call("count", { ...records, secrets });
    this.#last = this.#last.then(async () => {
      const { newAddresses, ...ended } = await answer;
      this.#tell(ended, newAddresses, startNs);
      this.#tracker.release(records.buffer);
    });
    // It is thrown where it is awaited, here or in the end.
    this.#last.catch(() => {});
    this.#handed.push(this.#last);
  }

  /** Everything was found and handed on: the metrics. */
  async finish(facts: TrackedFacts, capture: Capture): Promise<RunMetrics> {
    const answer = this.#channel.call("finish", { facts, capture: summaryOf(capture) });
    await this.#last;
    const { metrics, ended, newAddresses } = await answer;
    this.#tell(ended, newAddresses, capture.startNs);
    this.#teller.finish();
    return metrics;
  }

  /** The analysis is broken off: what was found up to here is told, as far as it was an exchange. */
  async breakOff(startNs: bigint | null, secrets: string): Promise<void> {
    await this.hand(startNs, secrets);
    await this.#last;
    this.#teller.finish();
  }

  #tell(ended: EndedExchanges, newAddresses: readonly string[], startNs: bigint | null): void {
    for (const address of newAddresses) this.#addresses.push(address);
    this.#teller.tell(ended, startNs);
  }

  /** Ends the thread, whatever it does. */
  end(): void {
    void this.#channel.close();
  }
}
