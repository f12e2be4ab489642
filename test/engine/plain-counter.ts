/** The counter's own sources run as plain TypeScript: what `RecordCounter` does with the program, without it. */

import { ReadingsWriter } from "../../src/engine/readings/readings-writer.ts";
import { RecordReader } from "../../src/engine/records/record-reader.ts";
import type { Findings } from "../../src/engine/records/records.ts";
import { ConnectionEnds } from "../../src/engine/tally/connection-ends.ts";
import { RunTally } from "../../src/engine/tally/run-tally.ts";
import { AddressTable } from "../../src/engine/tcp/address-table.ts";
import type { AnalysisOptions } from "../../src/metrics/analysis-options.ts";
import { parseIpAddress } from "../../src/packet/ip-address.ts";

export class PlainCounter {
  readonly #addresses = new AddressTable();
  readonly #exchanges = new ReadingsWriter();
  readonly #balancedExchanges = new ReadingsWriter();
  readonly #tally: RunTally;
  readonly #reader: RecordReader;

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
    this.#reader = new RecordReader(this.#addresses, ends, this.#tally, onExchange !== undefined);
    if (balancer !== undefined) {
      const number = this.#intern(balancer);
      this.#tally.directory.nameBalancer(number);
      this.#tally.balancer.watchOnly(number);
    }
    for (const { address, port } of backends ?? [])
      this.#tally.directory.nameBackend(this.#intern(address), port ?? 0);
  }

  /** As `RecordCounter.read`. */
  read({ words, octets }: Findings): void {
    this.#reader.read(words, words.length, octets);
  }

  /** As `RecordCounter.finish`. */
  finish(): void {
    this.#tally.finish();
  }

  /** Everything that may be asked: totals, list, every pair; and what was told of exchanges since the last time. */
  everything(nowNs: number): number[][] {
    const tally = this.#tally;
    const totals = numbersOf((readings) => tally.totals().put(readings));
    const places = Array.from({ length: tally.pairCount }, (_, place) => place);
    const pairs = places.map((place) => numbersOf((readings) => tally.pair(place, nowNs).put(readings)));
    return [
      totals,
      places.flatMap((place) => numbersOf((readings) => tally.listing(place).put(readings))),
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

function numbersOf(put: (readings: ReadingsWriter) => void): number[] {
  const readings = new ReadingsWriter();
  put(readings);
  return taken(readings);
}

function taken(readings: ReadingsWriter): number[] {
  const numbers = Array.from(readings.values.subarray(0, readings.length));
  readings.begin();
  return numbers;
}
