/** The thread that counts what another one finds in frames, and measures it. */
import { parentPort } from "node:worker_threads";
import { Failure } from "../../failure.ts";
import type { BalancedExchangeRow } from "../../metrics/balancer-metrics.ts";
import type { ExchangeRow } from "../../metrics/exchange-row.ts";
import { RecordAnalysis } from "../record-analysis.ts";
import type { CounterMessage, CounterOrder, CountOrder, EndedExchanges } from "./thread-messages.ts";

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

  /** Does what is ordered, and returns what there is to say of it. @throws Failure where memory runs out */
  take(order: Exclude<CounterOrder, CountOrder>): CounterMessage {
    if (order.kind === "end") {
      const metrics = this.#analysis.finish(order.facts, order.capture);
      return { kind: "metrics", metrics, ...this.#ended() };
    }
    this.#analysis.feed(order.records, order.startNs);
    return { kind: "read", buffer: order.buffer, ...this.#ended() };
  }

  #ended(): EndedExchanges {
    const ended = { exchanges: this.#exchanges, balancedExchanges: this.#balancedExchanges };
    this.#exchanges = [];
    this.#balancedExchanges = [];
    return ended;
  }
}

const port = parentPort;
if (port !== null) {
  const send = (message: CounterMessage): void => port.postMessage(message);
  let counter: Counter | null = null;
  port.on("message", (order: CounterOrder) => {
    try {
      if (order.kind === "count") counter = new Counter(order);
      else if (counter !== null) send(counter.take(order));
    } catch (error) {
      // What comes after a failure is not counted.
      counter = null;
      if (error instanceof Failure) send({ kind: "failure", words: error.words, status: error.status });
      else send({ kind: "bug", error });
    }
  });
}
