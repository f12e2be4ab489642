/** Where the time of exchanges went: on the way there, in the host, on the way back. */
import type { ExchangeRow } from "../metrics/exchanges/exchange-row.ts";
import type { ClockModel } from "./clock-model.ts";
import { distributionOf } from "./delay-distribution.ts";
import type { HostTimeMetrics } from "./path-metrics.ts";
import type { TapExchanges } from "./tap-exchanges.ts";

/** Matches exchanges of both taps. Where addresses are translated between the taps, none matches. */
export class HostTimes {
  readonly #first: TapExchanges;
  readonly #clocks: ClockModel;
  readonly #there: number[] = [];
  readonly #host: number[] = [];
  readonly #back: number[] = [];
  #only = 0;

  /** @param first all exchanges of the first tap */
  constructor(first: TapExchanges, clocks: ClockModel) {
    this.#first = first;
    this.#clocks = clocks;
  }

  /** An exchange at the second tap. */
  addSecond(row: ExchangeRow): void {
    if (row.timeToFirstByteMs === null || row.requestDurationMs === null) return;
    const parts = this.#first.partsOfSecond(row, this.#clocks);
    if (parts === null) {
      this.#only++;
      return;
    }
    this.#there.push(parts.networkThereMs);
    this.#host.push(parts.serverMs);
    this.#back.push(parts.networkBackMs);
  }

  /** `null`: no exchange was seen at both taps. */
  get metrics(): HostTimeMetrics | null {
    const [thereMs, hostMs, backMs] = [this.#there, this.#host, this.#back].map((times) =>
      distributionOf(Float64Array.from(times)),
    );
    if (!thereMs || !hostMs || !backMs) return null;
    // By the bound of the clocks a mean on the way may be below zero: a picture has no such part.
    const means = [thereMs, hostMs, backMs].map(({ mean }) => Math.max(0, mean));
    const all = means.reduce((sum, mean) => sum + mean, 0);
    const [there = 0, host = 0, back = 0] = means.map((mean) => (all === 0 ? 0 : (100 * mean) / all));
    return {
      exchanges: this.#host.length,
      onlyAtSecondTap: this.#only,
      thereMs,
      hostMs,
      backMs,
      sharePercent: { there, host, back },
    };
  }
}
