/** The counter's own sources run as plain TypeScript: what `FindingsCounter` does with the program, without it. */
import { FindingsReader } from "../../src/counter/findings-reader.ts";
import type { Findings } from "../../src/findings/findings.ts";
import type { AnalysisOptions } from "../../src/metrics/analysis-options.ts";
import { parseIpAddress } from "../../src/packet/ip-address.ts";
import { ConnectionEnds } from "../../src/tally/connection-ends.ts";
import { Figures } from "../../src/tally/figures.ts";
import { RunTally } from "../../src/tally/run-tally.ts";
import { AddressTable } from "../../src/tcp/address-table.ts";

export class PlainCounter {
  readonly #addresses = new AddressTable();
  readonly #exchanges = new Figures();
  readonly #balancedExchanges = new Figures();
  readonly #tally: RunTally;
  readonly #reader: FindingsReader;

  constructor({ balancer, backends, onExchange, onBalancedExchange, chartData, live }: AnalysisOptions) {
    const ends = new ConnectionEnds();
    this.#tally = new RunTally(
      this.#addresses,
      ends,
      chartData === true,
      live === true,
      onExchange === undefined ? null : this.#exchanges,
      onBalancedExchange === undefined ? null : this.#balancedExchanges,
    );
    this.#reader = new FindingsReader(this.#addresses, ends, this.#tally, onExchange !== undefined);
    if (balancer !== undefined) {
      const number = this.#intern(balancer);
      this.#tally.directory.nameBalancer(number);
      this.#tally.balancer.watchOnly(number);
    }
    for (const { address, port } of backends ?? [])
      this.#tally.directory.nameBackend(this.#intern(address), port ?? 0);
  }

  /** As `FindingsCounter.read`. */
  read({ words, octets }: Findings): void {
    this.#reader.read(words, words.length, octets);
  }

  /** As `FindingsCounter.finish`. */
  finish(): void {
    this.#tally.finish();
  }

  /** Everything that may be asked: totals, list, every pair; and what was told of exchanges since the last time. */
  everything(nowNs: number): number[][] {
    const totals = numbersOf((figures) => this.#tally.totals(figures));
    const pairs = this.#tally.directory.pairs.map((_, place) =>
      numbersOf((figures) => this.#tally.pair(place, nowNs, figures)),
    );
    return [
      totals,
      numbersOf((figures) => this.#tally.list(figures)),
      ...pairs,
      taken(this.#exchanges),
      taken(this.#balancedExchanges),
    ];
  }

  #intern(text: string): number {
    const bytes = parseIpAddress(text);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return this.#addresses.intern(view, 0, bytes.length === 4 ? 4 : 6);
  }
}

function numbersOf(put: (figures: Figures) => void): number[] {
  const figures = new Figures();
  put(figures);
  return taken(figures);
}

function taken(figures: Figures): number[] {
  const numbers = Array.from(figures.values.subarray(0, figures.length));
  figures.begin();
  return numbers;
}
