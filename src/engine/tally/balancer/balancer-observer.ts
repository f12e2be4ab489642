/**
 * Watches both sides of balancers: collects what clients asked and what was tried at backends, and has them matched in
 * windows, so that memory stays bounded. An address is a balancer where the user says so, or where it is the server in
 * some HTTP connections and the client in others.
 */
import * as ExchangeState from "../../http/exchange-state.ts";
import type { OpenExchange } from "../../http/open-exchange.ts";
import type { BalancerReadings } from "../../readings/balancer-readings.ts";
import type { DistributionReadings } from "../../readings/distribution-readings.ts";
import type { ReadingsWriter } from "../../readings/readings-writer.ts";
import type { AddressTable } from "../../tcp/address-table.ts";
import { AddressHashes } from "../address-hashes.ts";
import type { ConnectionEnds } from "../connection-ends.ts";
import type { Pair } from "../pair.ts";
import { BalancerComparison } from "./balancer-comparison.ts";
import { OpenRecords } from "./balancer-open-records.ts";
import { BalancerRecordPool } from "./balancer-record-pool.ts";
import type { UpstreamAttempt } from "./balancer-records.ts";
import { BalancerSettler } from "./balancer-settler.ts";
import { WatchedServer } from "./watched-server.ts";

/** Servers that are watched at the same time. */
const MAX_SERVERS: i32 = 1024;

export class BalancerObserver {
  private readonly ends: ConnectionEnds;
  private readonly hashes: AddressHashes;
  private readonly pool: BalancerRecordPool;
  private readonly settler: BalancerSettler;
  private readonly open: OpenRecords = new OpenRecords();
  private readonly comparison: BalancerComparison = new BalancerComparison();
  /** The only address to be watched, −1 = all. */
  private named: i32 = -1;
  /** In the order in which they were first seen as servers, and by number of the address. */
  private readonly servers: WatchedServer[] = [];
  private readonly serverAt: Map<i32, WatchedServer> = new Map<i32, WatchedServer>();

  /** @param rows where a row is put for each client exchange that was matched; `null` where nobody listens */
  constructor(addresses: AddressTable, ends: ConnectionEnds, rows: ReadingsWriter | null) {
    this.ends = ends;
    this.hashes = new AddressHashes(addresses);
    const pool = new BalancerRecordPool();
    this.pool = pool;
    this.settler = new BalancerSettler(pool, rows);
  }

  /** The balancer's address is known: no other is watched. To be said before anything is observed. */
  watchOnly(address: i32): void {
    this.named = address;
  }

  /** A connection begins at `timeNs`, with its SYN if `clientSide` isn't −1. */
  connectionOpened(connection: i32, clientSide: i32, pair: Pair | null, timeNs: f64): void {
    this.pool.forgetLatest(connection);
    if (clientSide === -1) return;
    const watched = this.watchedAt(this.ends.addressOf(connection, clientSide));
    if (watched !== null) this.newAttempt(watched, connection, clientSide, pair, timeNs);
  }

  /** A FIN or RST of `side` was recorded. */
  closing(connection: i32, side: i32, timeNs: f64): void {
    const attempt = this.pool.latestOn(connection);
    if (attempt === null) return;
    if (attempt.closeNs < 0) attempt.closeNs = timeNs;
    if (attempt.ownCloseNs < 0 && this.ends.addressOf(connection, side) !== attempt.address) {
      attempt.ownCloseNs = timeNs;
    }
  }

  /** A request was seen to its end. */
  request(connection: i32, clientSide: i32, exchange: OpenExchange, pair: Pair | null): void {
    this.begin(connection, clientSide, exchange, pair);
  }

  /** An exchange ended, at `nowNs`. */
  exchange(exchange: OpenExchange, pair: Pair | null, nowNs: f64): void {
    if (exchange.state === ExchangeState.RESPONSE_ONLY) return;
    const connection = exchange.connection;
    const ordinal = exchange.ordinal;
    if (!this.open.has(connection, ordinal)) this.begin(connection, exchange.clientSide, exchange, pair);
    const client = this.open.takeClient(connection, ordinal);
    if (client !== null) client.end(exchange, nowNs);
    const attempt = this.open.takeAttempt(connection, ordinal);
    if (attempt !== null) attempt.end(exchange, nowNs);
  }

  /** The capture has ended: what waits for others to be matched with is matched now. */
  finish(): void {
    for (let index: i32 = 0; index < this.servers.length; index++) {
      const watched = this.servers[index] as WatchedServer;
      if (watched.isClient) this.settler.settle(watched, 0);
    }
  }

  /** Works out what `readings` and `added` say: balancers so far, exchanges in flight not included. */
  compare(): void {
    this.comparison.begin();
    for (let index: i32 = 0; index < this.servers.length; index++) {
      const watched = this.servers[index] as WatchedServer;
      if (!watched.isClient) continue;
      const tally = this.settler.tallySoFar(watched);
      this.comparison.take(watched.address, tally, watched.address === this.named);
    }
  }

  /** `null` where both sides of a balancer were not seen. */
  readings(): BalancerReadings | null {
    return this.comparison.readings();
  }

  /** What was added to the time to first byte of the pair's exchanges. */
  added(pair: Pair): DistributionReadings {
    return this.comparison.added(pair.id);
  }

  private begin(connection: i32, clientSide: i32, exchange: OpenExchange, pair: Pair | null): void {
    const server = 1 - clientSide;
    const clientAddress = this.ends.addressOf(connection, clientSide);
    const serverAddress = this.ends.addressOf(connection, server);
    // On one address, nothing tells the two sides of the balancer apart.
    if (clientAddress === serverAddress) return;
    this.settler.notePort(this.ends.portOf(connection, server));
    const upstream = this.watchedAt(clientAddress);
    if (upstream !== null) {
      upstream.becomesClient();
      const attempt = this.attempt(upstream, connection, clientSide, pair);
      attempt.take(exchange);
      this.open.addAttempt(connection, attempt);
    }
    const watched = this.watch(serverAddress);
    if (watched === null) return;
    const port = this.ends.portOf(connection, clientSide);
    const client = this.pool.client(clientAddress, port, this.hashes.of(clientAddress));
    client.take(exchange);
    this.open.addClient(connection, client);
    watched.clients.push(client);
    if (watched.isFull) this.settler.settle(watched, watched.overlap);
  }

  private watchedAt(address: i32): WatchedServer | null {
    return this.serverAt.has(address) ? (this.serverAt.get(address) as WatchedServer) : null;
  }

  /** The server at the address, watched from now on; `null` where it is not to be. */
  private watch(address: i32): WatchedServer | null {
    const known = this.watchedAt(address);
    if (known !== null) return known;
    if (this.named === -1 ? this.servers.length >= MAX_SERVERS : address !== this.named) return null;
    const watched = new WatchedServer(address);
    this.servers.push(watched);
    this.serverAt.set(address, watched);
    return watched;
  }

  /** The attempt that an exchange is: the one that its connection was opened for, or a new one. */
  private attempt(
    watched: WatchedServer,
    connection: i32,
    clientSide: i32,
    pair: Pair | null,
  ): UpstreamAttempt {
    const opened = this.pool.latestOn(connection);
    const isFirst = opened !== null && opened.requestStartNs < 0 && !opened.hasEnded;
    return isFirst ? (opened as UpstreamAttempt) : this.newAttempt(watched, connection, clientSide, pair, -1);
  }

  private newAttempt(
    watched: WatchedServer,
    connection: i32,
    clientSide: i32,
    pair: Pair | null,
    openedNs: f64,
  ): UpstreamAttempt {
    const server = 1 - clientSide;
    const address = this.ends.addressOf(connection, server);
    const port = this.ends.portOf(connection, server);
    const attempt = this.pool.attempt(connection, address, port, pair, openedNs);
    watched.addAttempt(attempt);
    return attempt;
  }
}
