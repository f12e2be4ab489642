/** Hands exchanges to who listens, as rows with names and with their links. */
import { BalancedExchangeReadings } from "../engine/readings/balanced-exchange-readings.ts";
import { ExchangeReadings } from "../engine/readings/exchange-readings.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import { addressOf, endpointText, portOf } from "../metrics/endpoints.ts";
import { type ExchangeRow, exchangeRow } from "../metrics/exchanges/exchange-row.ts";
import { LinkedExchanges } from "../metrics/exchanges/linked-exchanges.ts";
import { balancedExchangeRow } from "../metrics/measure-balancer.ts";
import type { RunMeasurement } from "../metrics/measure-run.ts";
import { parseIpAddress } from "../packet/ip-address.ts";
import { communityId, type PacketEndpoint } from "./community-id.ts";
import type { RecordCounter } from "./count-records.ts";

export class ExchangeTeller {
  readonly #counter: RecordCounter;
  readonly #measurement: RunMeasurement;
  readonly #options: AnalysisOptions;
  /** `null` where nobody wants exchanges, or wants each at once. */
  readonly #linked: LinkedExchanges | null;

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
      communityId: communityIdOfRow,
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
}

/** The Community ID of a row, by its ends. */
const communityIdOfRow = {
  enumerable: true,
  get(this: ExchangeRow): string {
    return communityId(packetEndpoint(this.client), packetEndpoint(this.server));
  },
} as const;

function packetEndpoint(endpoint: string): PacketEndpoint {
  return { address: parseIpAddress(addressOf(endpoint)), port: portOf(endpoint) };
}
