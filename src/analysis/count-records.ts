/**
 * The later half of an analysis: HTTP exchanges are paired, and everything is counted. A WebAssembly program does it
 * (`counter/entry.ts`), made of the http and tally rooms' own sources, in a memory of its own.
 */
import bytes from "../engine/counting.wasm";
import { PairListing, PairReadings } from "../engine/readings/pair-readings.ts";
import { ReadingsReader } from "../engine/readings/readings-reader.ts";
import { RunReadings } from "../engine/readings/run-readings.ts";
import type { Findings } from "../engine/records/records.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import type { CountedRun } from "../metrics/measure-run.ts";
import { formatIpAddress, parseIpAddress } from "../packet/ip-address.ts";
import { Program, type ProgramExports } from "./program.ts";

type Exports = typeof import("../engine/counting.ts") & ProgramExports;

const IPV6_WORDS = 4;

/** Takes what was found in the frames, and counts it. Everything in it is synchronous. */
export class RecordCounter implements CountedRun {
  readonly #program: Program<Exports>;
  readonly #addressTexts: string[] = [];

  /** @throws Failure (status 2) where an option names no address */
  constructor({ balancer, backends, onExchange, onBalancedExchange, chartData, live }: AnalysisOptions) {
    this.#program = new Program(bytes, {
      wantsExchanges: () => onExchange !== undefined,
      wantsBalancedExchanges: () => onBalancedExchange !== undefined,
      wantsChartData: () => chartData === true,
      wantsLive: () => live === true,
    });
    const { exports } = this.#program;
    if (balancer !== undefined) exports.nameBalancer(this.#putAddress(balancer));
    for (const { address, port } of backends ?? []) exports.nameBackend(this.#putAddress(address), port ?? 0);
  }

  /** Takes findings, in the order in which they were found. @throws Failure when there is no memory for what they tell */
  read({ words, octets }: Findings): void {
    const program = this.#program;
    program.run((exports) => {
      exports.reserve(words.length, octets.length);
      program.words(exports.wordsAt(), words.length).set(words);
      program.octets(exports.octetsAt(), octets.length).set(octets);
      exports.read(words.length);
    });
    program.collect();
  }

  /** All findings were read. */
  finish(): void {
    this.#program.run((exports) => exports.finish());
  }

  /** Exchanges that ended since the last time, for `ExchangeReadings` to take. */
  exchanges(): ReadingsReader {
    const { exports } = this.#program;
    const reader = this.#copied(exports.exchangesAt(), exports.exchangesLength());
    exports.forgetExchanges();
    return reader;
  }

  /** Balanced exchanges since the last time, for `BalancedExchangeReadings` to take. */
  balancedExchanges(): ReadingsReader {
    const { exports } = this.#program;
    const reader = this.#copied(exports.balancedExchangesAt(), exports.balancedExchangesLength());
    exports.forgetBalancedExchanges();
    return reader;
  }

  addressBytes(number: number): Uint8Array {
    const { exports } = this.#program;
    const view = new DataView(new ArrayBuffer(4 * (exports.addressVersion(number) === 4 ? 1 : IPV6_WORDS)));
    for (let word = 0; 4 * word < view.byteLength; word++)
      view.setInt32(4 * word, exports.addressWord(number, word));
    return new Uint8Array(view.buffer);
  }

  addressText(number: number): string {
    let text = this.#addressTexts[number];
    if (text === undefined) {
      text = formatIpAddress(this.addressBytes(number));
      this.#addressTexts[number] = text;
    }
    return text;
  }

  totals(): RunReadings {
    const readings = new RunReadings();
    readings.take(this.#readings((exports) => exports.putTotals()));
    return readings;
  }

  list(): PairListing[] {
    const reader = this.#readings((exports) => exports.putList());
    const pairs: PairListing[] = [];
    while (reader.hasMore) {
      const listing = new PairListing();
      listing.take(reader);
      pairs.push(listing);
    }
    return pairs;
  }

  pair(place: number, nowNs: number): PairReadings {
    const readings = new PairReadings();
    readings.take(this.#readings((exports) => exports.putPair(place, nowNs)));
    return readings;
  }

  /** The readings that are put. */
  #readings(put: (exports: Exports) => void): ReadingsReader {
    return this.#program.run((exports) => {
      put(exports);
      return this.#copied(exports.readingsAt(), exports.readingsLength());
    });
  }

  /** Readings in the program's memory, as a copy, so that they outlast further calls. */
  #copied(at: number, length: number): ReadingsReader {
    return new ReadingsReader(this.#program.doubles(at, length).slice());
  }

  /** Puts an address where the program reads it; returns its version. */
  #putAddress(text: string): number {
    const address = parseIpAddress(text);
    this.#program.octets(this.#program.exports.addressAt(), address.length).set(address);
    return address.length === 4 ? 4 : 6;
  }
}
