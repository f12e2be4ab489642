/** The thread that counts what another one finds in frames, and measures it. */
import { parentPort } from "node:worker_threads";
import { serveCalls } from "../../threads/serve-calls.ts";
import { RecordAnalysis } from "../record-analysis.ts";
import { addSecrets } from "./add-secrets.ts";
import type { Addressed, CountCalls, CountOrder } from "./count-calls.ts";

class Counter {
  readonly analysis: RecordAnalysis;
  readonly #hasListener: boolean;
  #knownAddresses = 0;

  /** @throws Failure (status 2) where an option names no address or no profile */
  constructor({ options, listened }: CountOrder) {
    this.analysis = new RecordAnalysis(options, listened);
    this.#hasListener = listened.exchanges || listened.balancedExchanges;
  }

  /** An answer with the addresses that it may name. */
  addressed<Answer>(answer: Answer): Answer & Addressed {
    const newAddresses = this.#hasListener ? this.analysis.addressTextsFrom(this.#knownAddresses) : [];
    this.#knownAddresses += newAddresses.length;
    return { ...answer, newAddresses };
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
      const { keys } = order.options;
      await addSecrets(begun.analysis, keys === undefined ? "" : `${keys}\n`);
    },
    count: async ({ records, secrets }) => {
      const { analysis } = counter();
      await addSecrets(analysis, secrets);
      return counter().addressed(analysis.feed(records));
    },
    finish: ({ facts, capture }) => counter().addressed(counter().analysis.finish(facts, capture)),
  };
});
