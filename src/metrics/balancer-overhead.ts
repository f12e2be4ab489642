/** What the balancer added, retried and answered itself: matched exchanges, added up. */
import type { BalancerMetrics } from "./balancer-metrics.ts";
import type { ClientExchange } from "./balancer-records.ts";
import type { Pair } from "./pair-directory.ts";
import type { Distribution } from "./run-metrics.ts";
import { emptyDistribution, Samples } from "./samples.ts";

/** How a client exchange was served. */
export type BalancerOutcome = "matched" | "answeredItself" | "unfinished";

/** Times of one exchange that only the balancer accounts for, in ns; −1 = not measured. */
export interface AddedTime {
  firstByteNs: number;
  lastByteNs: number;
  /** Begin of the first attempt → begin of the last; 0 with one attempt. */
  retriesNs: number;
}

export class BalancerTally {
  #clientExchanges = 0;
  #matched = 0;
  #uncertain = 0;
  #retried = 0;
  #unfinished = 0;
  #upstreamOnly = 0;
  readonly #answeredItself = new Map<number, number>();
  #firstByte = new Samples();
  #lastByte = new Samples();
  #retries = new Samples();
  /** Added to the time to first byte, by the pair of the backend that answered. */
  readonly #byPair = new Map<Pair, Samples>();

  /** The same counts once more, to be added to apart from these. */
  copy(): BalancerTally {
    const copy = new BalancerTally();
    copy.#clientExchanges = this.#clientExchanges;
    copy.#matched = this.#matched;
    copy.#uncertain = this.#uncertain;
    copy.#retried = this.#retried;
    copy.#unfinished = this.#unfinished;
    copy.#upstreamOnly = this.#upstreamOnly;
    for (const [status, count] of this.#answeredItself) copy.#answeredItself.set(status, count);
    copy.#firstByte = this.#firstByte.copy();
    copy.#lastByte = this.#lastByte.copy();
    copy.#retries = this.#retries.copy();
    for (const [pair, samples] of this.#byPair) copy.#byPair.set(pair, samples.copy());
    return copy;
  }

  /** Pairs whose exchanges were matched. */
  get pairs(): Iterable<Pair> {
    return this.#byPair.keys();
  }

  /** What was added to the time to first byte of the pair's exchanges. */
  addedOf(pair: Pair): Distribution {
    return this.#byPair.get(pair)?.distribution() ?? emptyDistribution;
  }

  /** Matched so far: how one of several candidates is known as the balancer. */
  get matched(): number {
    return this.#matched;
  }

  get clientExchanges(): number {
    return this.#clientExchanges;
  }

  /** Counts a client exchange with the attempts that were found for it. */
  add(client: ClientExchange): void {
    this.#clientExchanges++;
    if (client.isUncertain) this.#uncertain++;
    if (client.failures.length + (client.answerer === null ? 0 : 1) > 1) this.#retried++;
    const outcome = outcomeOf(client);
    if (outcome === "unfinished") this.#unfinished++;
    else if (outcome === "answeredItself") {
      this.#answeredItself.set(client.status, (this.#answeredItself.get(client.status) ?? 0) + 1);
    } else this.#addMatched(client);
  }

  /** Counts an attempt without a client: a health check, or a client that was not captured. */
  addUpstreamOnly(): void {
    this.#upstreamOnly++;
  }

  metrics(address: string): BalancerMetrics {
    const answeredItself: Record<string, number> = {};
    for (const [status, count] of [...this.#answeredItself].sort(([a], [b]) => a - b))
      answeredItself[String(status)] = count;
    return {
      address,
      clientExchanges: this.#clientExchanges,
      matched: this.#matched,
      uncertain: this.#uncertain,
      retried: this.#retried,
      answeredItself,
      unfinished: this.#unfinished,
      upstreamOnly: this.#upstreamOnly,
      addedTimeToFirstByteMs: this.#firstByte.distribution(),
      addedTimeToLastByteMs: this.#lastByte.distribution(),
      retriesMs: this.#retries.distribution(),
    };
  }

  #addMatched(client: ClientExchange): void {
    this.#matched++;
    const { firstByteNs, lastByteNs, retriesNs } = addedTimeOf(client);
    if (retriesNs > 0) this.#retries.add(retriesNs);
    if (lastByteNs >= 0) this.#lastByte.add(lastByteNs);
    if (firstByteNs < 0) return;
    this.#firstByte.add(firstByteNs);
    const pair = client.answerer?.pair ?? null;
    if (pair === null) return;
    const samples = this.#byPair.get(pair) ?? new Samples();
    this.#byPair.set(pair, samples);
    samples.add(firstByteNs);
  }
}

/** How the exchange was served. */
export function outcomeOf(client: ClientExchange): BalancerOutcome {
  if (client.status === 0 || client.state === "aborted" || client.state === "unanswered") return "unfinished";
  return client.answerer === null ? "answeredItself" : "matched";
}

/**
 * What the balancer added to a matched exchange: the client's time to first (last) byte − the answering backend's −
 * what earlier attempts took. Reading the request, choosing a backend, connecting to it, and passing both messages on are
 * in it. Not measured where a response began before its request had ended.
 */
export function addedTimeOf(client: ClientExchange): AddedTime {
  const first = client.firstAttempt;
  const last = client.answerer;
  if (first === null || last === null) return { firstByteNs: -1, lastByteNs: -1, retriesNs: 0 };
  const retriesNs = last.beginNs - first.beginNs;
  const added = (clientNs: number, upstreamNs: number): number => {
    const asked = client.requestEndNs >= 0 && last.requestEndNs >= 0;
    if (!asked || clientNs < client.requestEndNs || upstreamNs < last.requestEndNs) return -1;
    return clientNs - client.requestEndNs - (upstreamNs - last.requestEndNs) - retriesNs;
  };
  return {
    firstByteNs: added(client.responseStartNs, last.responseStartNs),
    lastByteNs: added(client.responseEndNs, last.responseEndNs),
    retriesNs,
  };
}
