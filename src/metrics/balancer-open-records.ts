import type { ClientExchange, UpstreamAttempt } from "./balancer-records.ts";

/** Ordinals of exchanges in a key. */
const ORDINALS = 2 ** 24;

/**
 * Records of exchanges that go on, by connection and ordinal. The same exchange may be a client's and, in a chain of
 * balancers, another balancer's attempt. Most connections have one exchange at a time: only those before the latest need
 * a map.
 */
export class OpenRecords {
  readonly #clients = new LatestFirst<ClientExchange>();
  readonly #attempts = new LatestFirst<UpstreamAttempt>();

  /** Whether the exchange goes on, as either. */
  has(connection: number, ordinal: number): boolean {
    return this.#clients.has(connection, ordinal) || this.#attempts.has(connection, ordinal);
  }

  addClient(connection: number, client: ClientExchange): void {
    this.#clients.add(connection, client);
  }

  addAttempt(connection: number, attempt: UpstreamAttempt): void {
    this.#attempts.add(connection, attempt);
  }

  /** The exchange's record, which is open no longer; `null` where there is none. */
  takeClient(connection: number, ordinal: number): ClientExchange | null {
    return this.#clients.take(connection, ordinal);
  }

  takeAttempt(connection: number, ordinal: number): UpstreamAttempt | null {
    return this.#attempts.take(connection, ordinal);
  }
}

class LatestFirst<Record extends { readonly ordinal: number }> {
  /** The latest open one by connection slot. */
  readonly #latest: (Record | null)[] = [];
  readonly #earlier = new Map<number, Record>();

  has(connection: number, ordinal: number): boolean {
    const latest = this.#latest[connection];
    if (latest?.ordinal === ordinal) return true;
    return this.#earlier.size > 0 && this.#earlier.has(keyOf(connection, ordinal));
  }

  add(connection: number, record: Record): void {
    const latest = this.#latest[connection] ?? null;
    if (latest !== null && latest.ordinal !== record.ordinal) {
      this.#earlier.set(keyOf(connection, latest.ordinal), latest);
    }
    this.#latest[connection] = record;
  }

  take(connection: number, ordinal: number): Record | null {
    const latest = this.#latest[connection] ?? null;
    if (latest?.ordinal === ordinal) {
      this.#latest[connection] = null;
      return latest;
    }
    if (this.#earlier.size === 0) return null;
    const key = keyOf(connection, ordinal);
    const earlier = this.#earlier.get(key) ?? null;
    this.#earlier.delete(key);
    return earlier;
  }
}

function keyOf(connection: number, ordinal: number): number {
  return connection * ORDINALS + (ordinal % ORDINALS);
}
