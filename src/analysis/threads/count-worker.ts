/** The thread that counts what another one finds in frames, and measures it. */
import { parentPort } from "node:worker_threads";
import type { BalancedExchangeRow } from "../../metrics/balancer-metrics.ts";
import type { ExchangeRow } from "../../metrics/exchanges/exchange-row.ts";
import { serveCalls } from "../../threads/serve-calls.ts";
import { RecordAnalysis } from "../record-analysis.ts";
import type {
  CountCalls,
  CountOrder,
  EndedExchanges,
  MeasuredRun,
  RecordsOrder,
  TrackingEnded,
} from "./count-calls.ts";

class Counter {
  readonly #analysis: RecordAnalysis;
  #exchanges: ExchangeRow[] = [];
  #balancedExchanges: BalancedExchangeRow[] = [];

  /** @throws Failure (status 2) where an option names no address or no profile */
  constructor({ options, wantsExchanges, wantsBalancedExchanges }: CountOrder) {
    this.#analysis = new RecordAnalysis({
      ...options,
      ...(wantsExchanges && { onExchange: (row) => this.#exchanges.push(row) }),
      ...(wantsBalancedExchanges && { onBalancedExchange: (row) => this.#balancedExchanges.push(row) }),
    });
  }

  /** @throws Failure where memory runs out */
  count({ records, startNs }: RecordsOrder): EndedExchanges {
    this.#analysis.feed(records, startNs);
    return this.#ended();
  }

  finish({ facts, capture }: TrackingEnded): MeasuredRun {
    const metrics = this.#analysis.finish(facts, capture);
    return { metrics, ...this.#ended() };
  }

  #ended(): EndedExchanges {
    const ended = { exchanges: this.#exchanges, balancedExchanges: this.#balancedExchanges };
    this.#exchanges = [];
    this.#balancedExchanges = [];
    return ended;
  }
}

serveCalls<CountCalls>(parentPort, () => {
  let begun: Counter | null = null;
  const counter = (): Counter => {
    if (begun === null) throw new Error("counting has not begun");
    return begun;
  };
  return {
    begin: (order) => {
      begun = new Counter(order);
    },
    count: (order) => counter().count(order),
    finish: (order) => counter().finish(order),
  };
});
