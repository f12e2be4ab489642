/** The later half of an analysis: HTTP exchanges are paired, and everything is counted. The engine's counting program does it. */
import { PairListing, PairReadings } from "../engine/readings/pair-readings.ts";
import { ReadingsReader } from "../engine/readings/readings-reader.ts";
import { RunReadings } from "../engine/readings/run-readings.ts";
import { TogetherReadings } from "../engine/readings/together-readings.ts";
import type { RecordBatch } from "../engine/records/record-batch.ts";
import type { AnalysisOptions } from "../metrics/analysis-options.ts";
import type { CountedRun } from "../metrics/measure-run.ts";
import { formatIpAddress, parseIpAddress } from "../packet/ip-address.ts";
import { CompiledCounting } from "./compiled-counting.ts";
import type { EndedExchanges, WantedExchanges } from "./ended-exchanges.ts";
import type { CountingEngine, Engine } from "./engine.ts";

const NOTHING: WantedExchanges = { exchanges: false, balancedExchanges: false };

/** Counts what records say. Everything in it is synchronous. */
export class RecordCounter implements CountedRun {
  readonly #engine: CountingEngine;
  readonly #addressTexts: string[] = [];

  /**
   * @param listened exchanges that somebody listens to
   * @param engine absent: the compiled one
   * @throws Failure (status 2) where an option names no address
   */
  constructor(options: AnalysisOptions, listened: WantedExchanges = NOTHING, engine?: Engine) {
    const { balancer, otherBalancerAddresses = [], backends, chartData, live } = options;
    const wanted = { ...listened, chartData: chartData === true, live: live === true };
    this.#engine = engine?.counting(wanted) ?? new CompiledCounting(wanted);
    for (const address of balancer === undefined ? [] : [balancer, ...otherBalancerAddresses])
      this.#engine.nameBalancer(parseIpAddress(address));
    for (const { address, port = 0, weight = 1 } of backends ?? [])
      this.#engine.nameBackend(parseIpAddress(address), port, weight);
  }

  /** Takes records, in their order. @throws Failure when there is no memory for what has to be remembered of them */
  read(records: RecordBatch): void {
    this.#engine.read(records);
  }

  /** All records were read. */
  finish(): void {
    this.#engine.finish();
  }

  /** What ended since the last time, as far as somebody listens. */
  takeEnded(): EndedExchanges {
    return {
      exchanges: this.#engine.takeExchanges(),
      balancedExchanges: this.#engine.takeBalancedExchanges(),
    };
  }

  /** Texts of the addresses from this number on. */
  addressTextsFrom(first: number): string[] {
    const length = this.#engine.addressCount() - first;
    return Array.from({ length }, (_, index) => this.addressText(first + index));
  }

  addressText(number: number): string {
    let text = this.#addressTexts[number];
    if (text === undefined) {
      text = formatIpAddress(this.#engine.addressBytes(number));
      this.#addressTexts[number] = text;
    }
    return text;
  }

  totals(): RunReadings {
    const readings = new RunReadings();
    readings.take(new ReadingsReader(this.#engine.totals()));
    return readings;
  }

  list(): PairListing[] {
    const reader = new ReadingsReader(this.#engine.list());
    const pairs: PairListing[] = [];
    while (reader.hasMore) {
      const listing = new PairListing();
      listing.take(reader);
      pairs.push(listing);
    }
    return pairs;
  }

  together(places: readonly number[]): TogetherReadings {
    const readings = new TogetherReadings();
    readings.take(new ReadingsReader(this.#engine.together(places)));
    return readings;
  }

  pair(place: number, nowNs: number, hasTimeline: boolean): PairReadings {
    const readings = new PairReadings();
    readings.take(new ReadingsReader(this.#engine.pair(place, nowNs, hasTimeline)));
    return readings;
  }
}
