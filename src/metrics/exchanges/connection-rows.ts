/** Exchanges counted by the connection that carried them. Connections without HTTP have no row. */
import type { ExchangeRow } from "./exchange-row.ts";
import { countsInTimes, hasFailed } from "./row-outcome.ts";

/** One connection that carried exchanges; what was not seen is `null`. */
export interface ConnectionRow extends Pick<ExchangeRow, "pair" | "client" | "server" | "connection"> {
  readonly exchanges: number;
  /** Those without a whole answer, or with a status of 500 or more. */
  readonly failed: number;
  /** The earliest request's first byte: ISO 8601, UTC. */
  readonly firstRequestStart: string | null;
  /** The same, and the latest's, in seconds since the capture's first frame. */
  readonly firstRequestStartSeconds: number | null;
  readonly lastRequestStartSeconds: number | null;
  /** Of all requests and of all responses, as far as they were seen. */
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** Over exchanges that count in times, as in a run's metrics. */
  readonly meanTimeToFirstByteMs: number | null;
  readonly maxTimeToFirstByteMs: number | null;
}

/** A row that is still growing. */
interface GrowingRow {
  pair: string | null;
  readonly client: string;
  readonly server: string;
  exchanges: number;
  failed: number;
  firstRequestStart: string | null;
  firstSeconds: number;
  lastSeconds: number;
  requestBytes: number;
  responseBytes: number;
  timed: number;
  sumMs: number;
  maxMs: number;
}

/** Takes exchanges in any order. Keeps about 200 bytes for each connection. */
export class ConnectionRows {
  readonly #rows = new Map<number, GrowingRow>();

  add(row: ExchangeRow): void {
    const own = this.#rowOf(row);
    own.exchanges++;
    if (hasFailed(row)) own.failed++;
    own.requestBytes += row.requestBytes ?? 0;
    own.responseBytes += row.responseBytes ?? 0;
    const startSeconds = row.requestStartSeconds;
    if (startSeconds !== null) {
      if (startSeconds < own.firstSeconds) {
        own.firstSeconds = startSeconds;
        own.firstRequestStart = row.requestStart;
      }
      own.lastSeconds = Math.max(own.lastSeconds, startSeconds);
    }
    if (row.timeToFirstByteMs !== null && countsInTimes(row)) {
      own.timed++;
      own.sumMs += row.timeToFirstByteMs;
      own.maxMs = Math.max(own.maxMs, row.timeToFirstByteMs);
    }
  }

  /** In the order of the connections' numbers. */
  *rows(): Generator<ConnectionRow> {
    const numbers = Float64Array.from(this.#rows.keys()).sort();
    for (const connection of numbers) {
      const own = this.#rows.get(connection);
      if (own === undefined) continue;
      const { firstSeconds, lastSeconds, timed, sumMs, maxMs, ...rest } = own;
      const wasAsked = firstSeconds !== Number.POSITIVE_INFINITY;
      yield {
        ...rest,
        connection,
        firstRequestStartSeconds: wasAsked ? firstSeconds : null,
        lastRequestStartSeconds: wasAsked ? lastSeconds : null,
        meanTimeToFirstByteMs: timed === 0 ? null : sumMs / timed,
        maxTimeToFirstByteMs: timed === 0 ? null : maxMs,
      };
    }
  }

  #rowOf({ connection, pair, client, server }: ExchangeRow): GrowingRow {
    const known = this.#rows.get(connection);
    if (known !== undefined) {
      known.pair ??= pair;
      return known;
    }
    const row: GrowingRow = {
      pair,
      client,
      server,
      exchanges: 0,
      failed: 0,
      firstRequestStart: null,
      firstSeconds: Number.POSITIVE_INFINITY,
      lastSeconds: 0,
      requestBytes: 0,
      responseBytes: 0,
      timed: 0,
      sumMs: 0,
      maxMs: 0,
    };
    this.#rows.set(connection, row);
    return row;
  }
}
