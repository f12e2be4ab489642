/**
 * Links exchanges of a balancer's clients with those that the balancer asked of its backends for them, and tells all
 * exchanges in the order in which they ended. What belongs together is found in windows (`engine/tally/balancer`), some time
 * after an exchange ended: so long it is kept here.
 */
import type { BalancedExchangeRow } from "../balancer-metrics.ts";
import type { DownstreamLink, ExchangeRow, UpstreamLink } from "./exchange-row.ts";

/**
 * Exchanges that are kept at most, some 30 MB. A window is twice as many client exchanges as are under way, 512 at least, each
 * with its attempts: where 4,000 are under way at a time, or other servers answer thousands meanwhile, some lack their links.
 */
const MAX_KEPT = 32_768;
/** Exchanges on one connection, for a key that is a number: beyond it two could be mistaken for each other. */
const MAX_ON_CONNECTION = 2 ** 26;

type Links = Pick<ExchangeRow, "upstream" | "downstream">;
type LinkableRow = Omit<ExchangeRow, keyof Links> & { -readonly [Link in keyof Links]: Links[Link] };

export class LinkedExchanges {
  readonly #tell: (row: ExchangeRow) => void;
  /** In the order in which they ended; those before the head were told. */
  #queue: LinkableRow[] = [];
  #head = 0;
  /** By connection and exchange: a connection's number may come again where its addresses and ports do, without a SYN. */
  readonly #kept = new Map<number, LinkableRow>();
  /** Links of exchanges that have not ended, oldest first. */
  readonly #early = new Map<number, Partial<Links>>();

  /** @param tell gets every exchange once, in the order in which they were added */
  constructor(tell: (row: ExchangeRow) => void) {
    this.#tell = tell;
  }

  /** An exchange has ended. */
  add(row: ExchangeRow): void {
    const key = keyOf(row.connection, row.exchange);
    const linked = Object.assign(row, this.#early.get(key));
    this.#early.delete(key);
    this.#kept.set(key, linked);
    this.#queue.push(linked);
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
    this.#put(connection, exchange, { upstream });
    const downstream: DownstreamLink = { client, connection, exchange, uncertain };
    for (const attempt of attempts)
      if (attempt.exchange !== null) this.#put(attempt.connection, attempt.exchange, { downstream });
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

  #put(connection: number, exchange: number, links: Partial<Links>): void {
    const key = keyOf(connection, exchange);
    const row = this.#kept.get(key);
    if (row !== undefined) Object.assign(row, links);
    else this.#early.set(key, { ...this.#early.get(key), ...links });
  }

  #tellBut(kept: number): void {
    const end = Math.max(this.#head, this.#queue.length - kept);
    for (const row of this.#queue.slice(this.#head, end)) {
      const key = keyOf(row.connection, row.exchange);
      if (this.#kept.get(key) === row) this.#kept.delete(key);
      this.#tell(row);
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
