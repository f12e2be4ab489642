/** The thread that counts what another one finds in frames, and measures it. */
import { parentPort } from "node:worker_threads";
import type { BalancedExchangeRow } from "../../metrics/balancer-metrics.ts";
import type { ExchangeRow } from "../../metrics/exchanges/exchange-row.ts";
import { serveCalls } from "../../threads/serve-calls.ts";
import { RecordAnalysis } from "../record-analysis.ts";
import { addSecrets } from "./add-secrets.ts";
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

  /** Before anything is counted. */
  begin({ options }: CountOrder): Promise<void> {
    return addSecrets(this.#analysis, options.keys === undefined ? "" : `${options.keys}\n`);
  }

  /** @throws Failure where memory runs out */
  async count({ records, startNs, secrets }: RecordsOrder): Promise<EndedExchanges> {
    await addSecrets(this.#analysis, secrets);
    this.#analysis.feed(records, startNs);
    return this.#ended();
  }

  breakOff(): EndedExchanges {
    this.#analysis.breakOff();
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
    begin: async (order) => {
      begun = new Counter(order);
      await begun.begin(order);
    },
    count: (order) => counter().count(order),
    breakOff: () => counter().breakOff(),
    finish: (order) => counter().finish(order),
  };
});
