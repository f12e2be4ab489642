/**
 * Links exchanges of a balancer's clients with those that the balancer asked of its backends for them, and tells all
 * exchanges in the order in which they ended. What belongs together is found in windows (`engine/tally/balancer`), some time
 * after an exchange ended: so long it is kept here.
 */
import type { BalancedExchangeRow } from "../balancer-metrics.ts";
import type { DownstreamLink, ExchangeLinks, UpstreamLink } from "./exchange-row.ts";

/**
 * Exchanges that are kept at most. A window is twice as many client exchanges as are under way, 512 at least, each
 * with its attempts: where 4,000 are under way at a time, or other servers answer thousands meanwhile, some lack their links.
 */
const MAX_KEPT = 32_768;
/** Exchanges on one connection, for a key that is a number: beyond it two could be mistaken for each other. */
const MAX_ON_CONNECTION = 2 ** 26;

/** Links that are found one by one. */
class FoundLinks implements ExchangeLinks {
  upstream: UpstreamLink | null = null;
  downstream: DownstreamLink | null = null;
}

interface KeptExchange<Exchange> {
  readonly key: number;
  readonly exchange: Exchange;
  readonly links: FoundLinks;
}

/** @template Exchange what stands for an exchange, as little as tells it: tens of thousands are kept */
export class LinkedExchanges<Exchange> {
  readonly #tell: (exchange: Exchange, links: ExchangeLinks) => void;
  /** In the order in which they ended; those before the head were told. */
  #queue: KeptExchange<Exchange>[] = [];
  #head = 0;
  /**
   * Links of the exchanges that are kept, by connection and exchange: a connection's number may come again where its addresses and
   * ports do, without a SYN.
   */
  readonly #kept = new Map<number, FoundLinks>();
  /** Links of exchanges that have not ended, oldest first. */
  readonly #early = new Map<number, FoundLinks>();

  /** @param tell gets every exchange once, in the order in which they were added */
  constructor(tell: (exchange: Exchange, links: ExchangeLinks) => void) {
    this.#tell = tell;
  }

  /** An exchange has ended. @param number 1, 2, … on its connection */
  add(connection: number, number: number, exchange: Exchange): void {
    const key = keyOf(connection, number);
    const early = this.#early.get(key);
    if (early !== undefined) this.#early.delete(key);
    const links = early ?? new FoundLinks();
    this.#kept.set(key, links);
    this.#queue.push({ key, exchange, links });
  }

  /** What an exchange caused was found. */
  link({ client, connection, exchange, ...found }: BalancedExchangeRow): void {
    const { outcome, uncertain, attempts, waitBeforeMs, waitAfterMs, addedTimeToFirstByteMs } = found;
    const upstream: UpstreamLink = {
      outcome,
      uncertain,
      waitBeforeMs,
      waitAfterMs,
      addedTimeToFirstByteMs,
      attempts,
    };
    this.#linksOf(connection, exchange).upstream = upstream;
    const downstream: DownstreamLink = { client, connection, exchange, uncertain };
    for (const attempt of attempts)
      if (attempt.exchange !== null)
        this.#linksOf(attempt.connection, attempt.exchange).downstream = downstream;
  }

  /** Tells the oldest that are too many to be kept. */
  release(): void {
    this.#tellBut(MAX_KEPT);
    for (const key of this.#early.keys()) {
      if (this.#early.size <= MAX_KEPT) break;
      this.#early.delete(key);
    }
  }

  /** Nothing more is found: tells all that is kept. */
  finish(): void {
    this.#tellBut(0);
  }

  #linksOf(connection: number, exchange: number): FoundLinks {
    const key = keyOf(connection, exchange);
    const known = this.#kept.get(key) ?? this.#early.get(key);
    if (known !== undefined) return known;
    const links = new FoundLinks();
    this.#early.set(key, links);
    return links;
  }

  #tellBut(kept: number): void {
    const end = Math.max(this.#head, this.#queue.length - kept);
    for (const { key, exchange, links } of this.#queue.slice(this.#head, end)) {
      if (this.#kept.get(key) === links) this.#kept.delete(key);
      this.#tell(exchange, links);
    }
    this.#head = end;
    // Moved seldom: a copy of those that are kept, once for as many that were told.
    if (this.#head < MAX_KEPT) return;
    this.#queue = this.#queue.slice(this.#head);
    this.#head = 0;
  }
}

function keyOf(connection: number, exchange: number): number {
  return connection * MAX_ON_CONNECTION + exchange;
}
