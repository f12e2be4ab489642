import type { Pair } from "../pair.ts";
import { type BalancerRecord, ClientExchange, UpstreamAttempt } from "./balancer-records.ts";
import { WINDOW } from "./watched-server.ts";

/** Records of either kind that wait to be used again. */
const MAX_SPARE: i32 = 4 * WINDOW;

/** Makes records, of old ones where there are any, and knows the latest attempt on each connection. */
export class BalancerRecordPool {
  private readonly clients: ClientExchange[] = [];
  private readonly attempts: UpstreamAttempt[] = [];
  /** By connection slot. */
  private readonly latest: (UpstreamAttempt | null)[] = [];

  client(address: i32, port: i32, addressHash: i32, serverPort: i32): ClientExchange {
    const client = this.someClient(address, port, addressHash);
    client.serverPort = serverPort;
    return client;
  }

  private someClient(address: i32, port: i32, addressHash: i32): ClientExchange {
    if (this.clients.length === 0) return new ClientExchange(address, port, addressHash);
    const client = this.clients.pop() as ClientExchange;
    client.again(address, port, addressHash);
    return client;
  }

  /** An attempt, which is the latest on its connection; to be linked to what was before it where it is the same. */
  attempt(connection: i32, address: i32, port: i32, pair: Pair | null, openedNs: f64): UpstreamAttempt {
    const attempt = this.someAttempt(address, port, pair, openedNs);
    attempt.connection = connection;
    this.setLatest(connection, attempt);
    return attempt;
  }

  /** The latest attempt on the connection, `null` where there is none, or it no longer matters. */
  latestOn(connection: i32): UpstreamAttempt | null {
    return connection < this.latest.length ? (this.latest[connection] as UpstreamAttempt | null) : null;
  }

  /** A connection begins: what was tried on an earlier one of its slot no longer matters. */
  forgetLatest(connection: i32): void {
    this.setLatest(connection, null);
  }

  /** Nothing refers to the client any more, unless its exchange goes on. */
  spareClient(client: ClientExchange): void {
    if (client.hasEnded && this.clients.length < MAX_SPARE) this.clients.push(client);
  }

  spareAttempt(attempt: UpstreamAttempt): void {
    if (!attempt.hasEnded || this.attempts.length >= MAX_SPARE) return;
    // When its connection closes no longer matters.
    const connection = attempt.connection;
    this.unlink(connection, attempt);
    this.attempts.push(attempt);
  }

  /** Takes the attempt out of the latest ones on its connection. */
  private unlink(connection: i32, attempt: UpstreamAttempt): void {
    const latest = this.latestOn(connection);
    if (latest === null) return;
    if (latest === attempt) {
      this.setLatest(connection, latest.next as UpstreamAttempt | null);
      return;
    }
    let before: BalancerRecord = latest;
    let next = before.next;
    while (next !== null && next !== attempt) {
      before = next;
      next = next.next;
    }
    if (next !== null) before.next = next.next;
  }

  private someAttempt(address: i32, port: i32, pair: Pair | null, openedNs: f64): UpstreamAttempt {
    if (this.attempts.length === 0) return new UpstreamAttempt(address, port, pair, openedNs);
    const attempt = this.attempts.pop() as UpstreamAttempt;
    attempt.again(address, port, pair, openedNs);
    return attempt;
  }

  private setLatest(connection: i32, attempt: UpstreamAttempt | null): void {
    while (this.latest.length <= connection) this.latest.push(null);
    this.latest[connection] = attempt;
  }
}
