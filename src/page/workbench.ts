/** The page's analyses: one worker, started anew where an analysis is cancelled. */

import type { ExchangeFormatName } from "../report/exchanges/exchange-formats.ts";
import type { Channel } from "../threads/channel.ts";
import type { ExchangeQuery } from "./worker/exchange-store.ts";
import type {
  AnalysisAnswer,
  ExchangePage,
  PageCalls,
  PageOrder,
  PageProgress,
} from "./worker/page-calls.ts";
import { startPageWorker } from "./worker/start-worker.ts";

/** An analysis was cancelled: nobody waits for it any more. */
export class Cancelled extends Error {}

export class Workbench {
  /** Called with the progress of the analysis under way. */
  onProgress: (progress: PageProgress) => void = () => {};
  #channel: Channel<PageCalls> | null = null;
  #cancel: (error: Cancelled) => void = () => {};

  /** @throws Failure where the capture can't be read, Cancelled */
  async analyze(order: PageOrder): Promise<AnalysisAnswer> {
    const cancelled = new Promise<never>((_, reject) => {
      this.#cancel = reject;
    });
    return Promise.race([this.#line().call("analyze", order), cancelled]);
  }

  /** Of the run that was analyzed last with its exchanges kept. */
  exchanges(query: ExchangeQuery): Promise<ExchangePage> {
    return this.#line().call("exchanges", query);
  }

  exportExchanges(query: ExchangeQuery, format: ExchangeFormatName): Promise<Blob> {
    return this.#line().call("exportExchanges", { query, format });
  }

  /** Ends what is under way. */
  cancel(): void {
    void this.#channel?.close();
    this.#channel = null;
    this.#cancel(new Cancelled());
  }

  #line(): Channel<PageCalls> {
    this.#channel ??= startPageWorker((progress) => this.onProgress(progress));
    return this.#channel;
  }
}
