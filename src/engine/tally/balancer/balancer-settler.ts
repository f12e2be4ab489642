import type { ReadingsWriter } from "../../readings/readings-writer.ts";
import { Matcher } from "./balancer-matching.ts";
import type { BalancerRecordPool } from "./balancer-record-pool.ts";
import type { ClientExchange, UpstreamAttempt } from "./balancer-records.ts";
import { putBalancedRow } from "./balancer-row.ts";
import type { BalancerTally } from "./balancer-tally.ts";
import { MAX_OPEN, type WatchedServer } from "./watched-server.ts";

/** Has what waits at a server matched, counts what is over, and lets it go. */
export class BalancerSettler {
  private readonly pool: BalancerRecordPool;
  /** Where a row is put for each exchange that was counted; `null` where nobody listens. */
  private readonly rows: ReadingsWriter | null;
  private readonly matcher: Matcher = new Matcher();
  private readonly possible: UpstreamAttempt[] = [];
  /** Ports at which HTTP was spoken: a failed connection elsewhere is none of the balancer's attempts. */
  private readonly httpPorts: Set<i32> = new Set<i32>();

  constructor(pool: BalancerRecordPool, rows: ReadingsWriter | null) {
    this.pool = pool;
    this.rows = rows;
  }

  /** HTTP was spoken at the port of a server. */
  notePort(port: i32): void {
    this.httpPorts.add(port);
  }

  /** Matches what is known, and counts the clients that have ended but for the latest `keep`. */
  settle(watched: WatchedServer, keep: i32): void {
    this.match(watched);
    this.count(watched, watched.clients.length - keep);
    this.letAttemptsGo(watched);
    this.letClientsGo(watched);
    watched.settled();
  }

  /**
   * The server's tally with what waits for others matched as if the capture ended now; the next time, all of it is
   * matched anew.
   */
  tallySoFar(watched: WatchedServer): BalancerTally {
    const clients = watched.clients;
    if (clients.length === 0) return watched.tally;
    this.match(watched);
    const soFar = watched.tally.copy();
    for (let index: i32 = 0; index < clients.length; index++) {
      const client = clients[index] as ClientExchange;
      if (client.hasEnded) soFar.add(client);
    }
    return soFar;
  }

  /** Matches all but connections that may have nothing to do with HTTP. */
  private match(watched: WatchedServer): void {
    const attempts = watched.attempts;
    const possible = this.possible;
    possible.length = 0;
    for (let index: i32 = 0; index < attempts.length; index++) {
      const attempt = attempts[index] as UpstreamAttempt;
      if (this.isPossible(attempt)) possible.push(attempt);
    }
    this.matcher.match(watched.clients, possible);
  }

  /** Whether the attempt is one of the balancer's, by its request, by its pair, or by its port. */
  private isPossible(attempt: UpstreamAttempt): boolean {
    if (attempt.hasMethod || this.httpPorts.has(attempt.port)) return true;
    const pair = attempt.pair;
    return pair === null ? false : pair.isNamed;
  }

  /** Counts the first `count` clients, where they have ended or are too many. */
  private count(watched: WatchedServer, count: i32): void {
    const clients = watched.clients;
    const tooMany = clients.length > MAX_OPEN;
    const rows = this.rows;
    for (let index: i32 = 0; index < count; index++) {
      const client = clients[index] as ClientExchange;
      if (!client.hasEnded && !tooMany) continue;
      client.isSettled = true;
      watched.tally.add(client);
      // A server that asks nobody is no balancer: what it answered is no exchange of a balancer's clients.
      const isTold = watched.isClient && watched.tells(client.attempts);
      if (rows !== null && isTold) putBalancedRow(client, rows);
    }
  }

  /** Attempts whose client was counted are over, and so are those that no client which waits can have caused. */
  private letAttemptsGo(watched: WatchedServer): void {
    const attempts = watched.attempts;
    const oldestNs = oldestAskedNs(watched.clients);
    let kept: i32 = 0;
    for (let index: i32 = 0; index < attempts.length; index++) {
      const attempt = attempts[index] as UpstreamAttempt;
      const client = attempt.client;
      if (client === null ? attempt.beginNs >= oldestNs : !client.isSettled) {
        attempts[kept++] = attempt;
        continue;
      }
      if (client === null && attempt.hasMethod) watched.tally.addUpstreamOnly();
      this.pool.spareAttempt(attempt);
    }
    attempts.length = kept;
  }

  private letClientsGo(watched: WatchedServer): void {
    const clients = watched.clients;
    let kept: i32 = 0;
    for (let index: i32 = 0; index < clients.length; index++) {
      const client = clients[index] as ClientExchange;
      if (client.isSettled) this.pool.spareClient(client);
      else clients[kept++] = client;
    }
    clients.length = kept;
  }
}

/** When the first client asked that was not counted. */
function oldestAskedNs(clients: ClientExchange[]): f64 {
  for (let index: i32 = 0; index < clients.length; index++) {
    const client = clients[index] as ClientExchange;
    if (!client.isSettled) return client.askedNs;
  }
  return Infinity;
}
