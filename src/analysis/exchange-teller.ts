/** Hands exchanges to who listens, as rows with names and with their links. */
import { BalancedExchangeReadings } from "../engine/readings/balanced-exchange-readings.ts";
import { ExchangeReadings } from "../engine/readings/exchange-readings.ts";
import { ReadingsReader } from "../engine/readings/readings-reader.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import { BackendNames } from "../metrics/backend-names.ts";
import { endpointText } from "../metrics/endpoints.ts";
import {
  type ExchangeLinks,
  type ExchangeNames,
  type ExchangeRow,
  exchangeRow,
} from "../metrics/exchanges/exchange-row.ts";
import { LinkedExchanges } from "../metrics/exchanges/linked-exchanges.ts";
import { balancedExchangeRow } from "../metrics/measure-balancer.ts";
import { isoTimesSince } from "../units.ts";
import { CommunityIds } from "./community-id.ts";
import { type EndedExchanges, wantsLinks } from "./ended-exchanges.ts";

/** An exchange that waits for its links: where its readings are. A row would be a dozen times as large. */
interface ToldLater {
  readonly rows: ReadingsReader;
  readonly place: number;
}

const NO_LINKS: ExchangeLinks = { upstream: null, downstream: null };

export class ExchangeTeller {
  readonly #options: AnalysisOptions;
  readonly #addressText: (number: number) => string;
  readonly #exchangeNames: ExchangeNames;
  /** `null` before the first frame. */
  #isoTime: ((elapsedNs: number) => string | null) | null = null;
  readonly #exchange = new ExchangeReadings();
  /** `null` where nobody wants exchanges, or wants each at once. */
  readonly #linked: LinkedExchanges<ToldLater> | null;

  /**
   * @param addressText an address by its number
   * @throws Failure (status 2) where a backend has no address
   */
  constructor(options: AnalysisOptions, addressText: (number: number) => string) {
    const { backends, onExchange } = options;
    this.#options = options;
    this.#addressText = addressText;
    const names = new BackendNames(backends);
    const communityIds = new CommunityIds();
    this.#exchangeNames = {
      endpoint: this.#endpoint,
      pair: (destination, port) => names.of(addressText(destination), port),
      communityId: {
        enumerable: true,
        get(this: ExchangeRow): string {
          return communityIds.of(this.client, this.server);
        },
      },
      isoTime: (elapsedNs) => this.#isoTime?.(elapsedNs) ?? null,
    };
    this.#linked =
      onExchange === undefined || !wantsLinks(options)
        ? null
        : new LinkedExchanges(({ rows, place }, links) => {
            rows.moveTo(place);
            this.#exchange.take(rows);
            onExchange(exchangeRow(this.#exchange, links, this.#exchangeNames));
          });
  }

  /**
   * Tells what ended, as far as its links are known.
   * @param startNs absolute time of the capture's time 0, `null` before its first frame
   */
  tell({ exchanges, balancedExchanges }: EndedExchanges, startNs: bigint | null): void {
    if (startNs !== null) this.#isoTime ??= isoTimesSince(startNs);
    this.#tellExchanges(new ReadingsReader(exchanges));
    this.#tellBalancedExchanges(new ReadingsReader(balancedExchanges));
    this.#linked?.release();
  }

  /** Nothing more will come: tells what waits for its links. */
  finish(): void {
    this.#linked?.finish();
  }

  #tellExchanges(rows: ReadingsReader): void {
    const { onExchange } = this.#options;
    if (onExchange === undefined) return;
    const exchange = this.#exchange;
    while (rows.hasMore) {
      const { place } = rows;
      exchange.take(rows);
      if (this.#linked === null) onExchange(exchangeRow(exchange, NO_LINKS, this.#exchangeNames));
      else this.#linked.add(exchange.connection, exchange.ordinal + 1, { rows, place });
    }
  }

  #tellBalancedExchanges(rows: ReadingsReader): void {
    const { onBalancedExchange } = this.#options;
    const exchange = new BalancedExchangeReadings();
    while (rows.hasMore) {
      exchange.take(rows);
      const row = balancedExchangeRow(exchange, this.#endpoint);
      this.#linked?.link(row);
      onBalancedExchange?.(row);
    }
  }

  readonly #endpoint = (address: number, port: number): string =>
    endpointText(this.#addressText(address), port);
}
