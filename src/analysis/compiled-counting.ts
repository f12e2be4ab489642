/** The counting program as WebAssembly, in a memory of its own. */
import bytes from "../engine/counting.wasm";
import type { RecordBatch } from "../engine/records/record-batch.ts";
import { ipAddressBytes } from "../packet/ip-address.ts";
import type { Counted, CountingEngine } from "./engine.ts";
import { Program, type ProgramExports } from "./program.ts";

type CountingExports = typeof import("../engine/counting.ts") & ProgramExports;

export class CompiledCounting implements CountingEngine {
  readonly #program: Program<CountingExports>;

  constructor({ exchanges, balancedExchanges, chartData, live }: Counted) {
    this.#program = new Program(bytes, {
      wantsExchanges: () => exchanges,
      wantsBalancedExchanges: () => balancedExchanges,
      wantsChartData: () => chartData,
      wantsLive: () => live,
    });
  }

  nameBalancer(address: Uint8Array): void {
    this.#program.exports.nameBalancer(this.#putAddress(address));
  }

  nameBackend(address: Uint8Array, port: number, weight: number): void {
    this.#program.exports.nameBackend(this.#putAddress(address), port, weight);
  }

  read({ words, octets }: RecordBatch): void {
    const program = this.#program;
    program.run((exports) => {
      exports.reserve(words.length, octets.length);
      program.words(exports.wordsAt(), words.length).set(words);
      program.octets(exports.octetsAt(), octets.length).set(octets);
      exports.read(words.length);
    });
    program.collect(words.byteLength + octets.byteLength);
  }

  finish(): void {
    this.#program.run((exports) => exports.finish());
  }

  takeExchanges(): Float64Array {
    const { exports } = this.#program;
    const readings = this.#copied(exports.exchangesAt(), exports.exchangesLength());
    exports.forgetExchanges();
    return readings;
  }

  takeBalancedExchanges(): Float64Array {
    const { exports } = this.#program;
    const readings = this.#copied(exports.balancedExchangesAt(), exports.balancedExchangesLength());
    exports.forgetBalancedExchanges();
    return readings;
  }

  totals(): Float64Array {
    return this.#readings((exports) => exports.putTotals());
  }

  list(): Float64Array {
    return this.#readings((exports) => exports.putList());
  }

  pair(place: number, nowNs: number, hasTimeline: boolean): Float64Array {
    return this.#readings((exports) => exports.putPair(place, nowNs, hasTimeline));
  }

  together(places: readonly number[]): Float64Array {
    return this.#readings((exports) => {
      exports.beginTogether();
      for (const place of places) exports.addTogether(place);
      exports.putTogether();
    });
  }

  addressCount(): number {
    return this.#program.exports.addressCount();
  }

  addressBytes(number: number): Uint8Array {
    const { exports } = this.#program;
    return ipAddressBytes(exports.addressVersion(number), (word) => exports.addressWord(number, word));
  }

  /** The readings that are put. */
  #readings(put: (exports: CountingExports) => void): Float64Array {
    return this.#program.run((exports) => {
      put(exports);
      return this.#copied(exports.readingsAt(), exports.readingsLength());
    });
  }

  /** Readings in the program's memory, as a copy, so that they outlast further calls. */
  #copied(at: number, length: number): Float64Array {
    return this.#program.doubles(at, length).slice();
  }

  /** Puts an address where the program reads it; returns its version. */
  #putAddress(address: Uint8Array): number {
    this.#program.octets(this.#program.exports.addressAt(), address.length).set(address);
    return versionOf(address);
  }
}

function versionOf(address: Uint8Array): number {
  return address.length === 4 ? 4 : 6;
}
