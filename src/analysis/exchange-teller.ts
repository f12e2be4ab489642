/** Hands exchanges to who listens, as rows with names and with their links. */
import { BalancedExchangeReadings } from "../engine/readings/balanced-exchange-readings.ts";
import { ExchangeReadings } from "../engine/readings/exchange-readings.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import { endpointText } from "../metrics/endpoints.ts";
import { exchangeRow, type NumberedEndpoint } from "../metrics/exchanges/exchange-row.ts";
import { LinkedExchanges } from "../metrics/exchanges/linked-exchanges.ts";
import { balancedExchangeRow } from "../metrics/measure-balancer.ts";
import type { RunMeasurement } from "../metrics/measure-run.ts";
import { communityId } from "./community-id.ts";
import type { RecordCounter } from "./count-records.ts";

/** Community IDs that are remembered: of the latest connections. */
const MAX_REMEMBERED = 4096;

export class ExchangeTeller {
  readonly #counter: RecordCounter;
  readonly #measurement: RunMeasurement;
  readonly #options: AnalysisOptions;
  /** `null` where nobody wants exchanges, or wants each at once. */
  readonly #linked: LinkedExchanges | null;
  /** By the connection's number. */
  readonly #communityIds = new Map<number, string>();

  constructor(counter: RecordCounter, measurement: RunMeasurement, options: AnalysisOptions) {
    const { onExchange, live } = options;
    this.#counter = counter;
    this.#measurement = measurement;
    this.#options = options;
    this.#linked = onExchange === undefined || live === true ? null : new LinkedExchanges(onExchange);
  }

  /** Tells what ended since the last time, as far as its links are known. */
  tell(startNs: bigint): void {
    this.#tellExchanges(startNs);
    this.#tellBalancedExchanges();
    this.#linked?.release();
  }

  /** The capture has ended: tells what is left. */
  finish(startNs: bigint): void {
    this.tell(startNs);
    this.#linked?.finish();
  }

  /** The analysis is broken off: tells what waits for links that nobody will find any more. */
  breakOff(): void {
    this.#linked?.finish();
  }

  #tellExchanges(startNs: bigint): void {
    const { onExchange } = this.#options;
    if (onExchange === undefined) return;
    const linked = this.#linked;
    const names = {
      endpoint: this.#endpoint,
      pair: (destination: number, port: number) =>
        this.#measurement.nameOf(this.#counter.addressText(destination), port),
      communityId: this.#communityId,
      startNs,
    };
    const rows = this.#counter.exchanges();
    const exchange = new ExchangeReadings();
    while (rows.hasMore) {
      exchange.take(rows);
      const row = exchangeRow(exchange, names);
      if (linked === null) onExchange(row);
      else linked.add(row);
    }
  }

  #tellBalancedExchanges(): void {
    const { onBalancedExchange } = this.#options;
    if (onBalancedExchange === undefined && this.#linked === null) return;
    const rows = this.#counter.balancedExchanges();
    const exchange = new BalancedExchangeReadings();
    while (rows.hasMore) {
      exchange.take(rows);
      const row = balancedExchangeRow(exchange, this.#endpoint);
      this.#linked?.link(row);
      onBalancedExchange?.(row);
    }
  }

  readonly #endpoint = (address: number, port: number): string =>
    endpointText(this.#counter.addressText(address), port);

  readonly #communityId = (
    connection: number,
    client: NumberedEndpoint,
    server: NumberedEndpoint,
  ): string => {
    const known = this.#communityIds.get(connection);
    if (known !== undefined) return known;
    if (this.#communityIds.size >= MAX_REMEMBERED) this.#communityIds.clear();
    const id = communityId(this.#packetEndpoint(client), this.#packetEndpoint(server));
    this.#communityIds.set(connection, id);
    return id;
  };

  #packetEndpoint([address, port]: NumberedEndpoint) {
    return { address: this.#counter.addressBytes(address), port };
  }
}
