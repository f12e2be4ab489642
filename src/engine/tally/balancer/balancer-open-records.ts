import type { BalancerRecord, ClientExchange, UpstreamAttempt } from "./balancer-records.ts";

/** Ordinals of exchanges in a key, a power of two. */
const ORDINALS: i32 = 0x1000000;

/**
 * Records of exchanges that go on, by connection and ordinal. The same exchange may be a client's and, in a chain of
 * balancers, another balancer's attempt. Most connections have one exchange at a time: only those before the latest need
 * a map.
 */
export class OpenRecords {
  private readonly clients: LatestFirst = new LatestFirst();
  private readonly attempts: LatestFirst = new LatestFirst();

  /** Whether the exchange goes on, as either. */
  has(connection: i32, ordinal: i32): boolean {
    return this.clients.has(connection, ordinal) || this.attempts.has(connection, ordinal);
  }

  addClient(connection: i32, client: ClientExchange): void {
    this.clients.add(connection, client);
  }

  addAttempt(connection: i32, attempt: UpstreamAttempt): void {
    this.attempts.add(connection, attempt);
  }

  /** The exchange's record, which is open no longer; `null` where there is none. */
  takeClient(connection: i32, ordinal: i32): BalancerRecord | null {
    return this.clients.take(connection, ordinal);
  }

  takeAttempt(connection: i32, ordinal: i32): BalancerRecord | null {
    return this.attempts.take(connection, ordinal);
  }
}

class LatestFirst {
  /** The latest open one by connection slot. */
  private readonly latest: (BalancerRecord | null)[] = [];
  private readonly earlier: Map<f64, BalancerRecord> = new Map<f64, BalancerRecord>();

  has(connection: i32, ordinal: i32): boolean {
    const latest = this.latestOn(connection);
    if (latest !== null && latest.ordinal === ordinal) return true;
    return this.earlier.size > 0 && this.earlier.has(keyOf(connection, ordinal));
  }

  add(connection: i32, record: BalancerRecord): void {
    const latest = this.latestOn(connection);
    if (latest !== null && latest.ordinal !== record.ordinal) {
      this.earlier.set(keyOf(connection, latest.ordinal), latest);
    }
    while (this.latest.length <= connection) this.latest.push(null);
    this.latest[connection] = record;
  }

  take(connection: i32, ordinal: i32): BalancerRecord | null {
    const latest = this.latestOn(connection);
    if (latest !== null && latest.ordinal === ordinal) {
      this.latest[connection] = null;
      return latest;
    }
    if (this.earlier.size === 0) return null;
    const key = keyOf(connection, ordinal);
    if (!this.earlier.has(key)) return null;
    const earlier = this.earlier.get(key) as BalancerRecord;
    this.earlier.delete(key);
    return earlier;
  }

  private latestOn(connection: i32): BalancerRecord | null {
    return connection < this.latest.length ? (this.latest[connection] as BalancerRecord | null) : null;
  }
}

function keyOf(connection: i32, ordinal: i32): f64 {
  return (connection as f64) * (ORDINALS as f64) + ((ordinal & (ORDINALS - 1)) as f64);
}
