/**
 * Watches both sides of balancers: collects what clients asked and what was tried at backends, and has them matched in
 * windows, so that memory stays bounded. An address is a balancer where the user says so, or where it is the server in
 * some HTTP connections and the client in others. Where several may be one (`balancer-candidates.ts`), each is matched, and
 * the one that explains the most exchanges is it.
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
import { BalancerCandidates } from "./balancer-candidates.ts";
import { BalancerComparison, isLikelyBeside } from "./balancer-comparison.ts";
import { BalancerGuesses } from "./balancer-guesses.ts";
import { OpenRecords } from "./balancer-open-records.ts";
import { BalancerRecordPool } from "./balancer-record-pool.ts";
import type { BalancerRecord, ClientExchange, UpstreamAttempt } from "./balancer-records.ts";
import { BalancerSettler } from "./balancer-settler.ts";
import type { WatchedServer } from "./watched-server.ts";

export class BalancerObserver {
  private readonly ends: ConnectionEnds;
  private readonly hashes: AddressHashes;
  private readonly pool: BalancerRecordPool;
  private readonly settler: BalancerSettler;
  private readonly open: OpenRecords = new OpenRecords();
  private readonly comparison: BalancerComparison = new BalancerComparison();
  private readonly candidates: BalancerCandidates = new BalancerCandidates();
  private readonly guesses: BalancerGuesses = new BalancerGuesses();

  /** @param rows where a row is put for each client exchange that was matched; `null` where nobody listens */
  constructor(addresses: AddressTable, ends: ConnectionEnds, rows: ReadingsWriter | null) {
    this.ends = ends;
    this.hashes = new AddressHashes(addresses);
    const pool = new BalancerRecordPool();
    this.pool = pool;
    this.settler = new BalancerSettler(pool, rows);
  }

  /**
   * The balancer's address is known, or one more of its addresses: backends are asked from no other. To be said before
   * anything is observed.
   */
  watchOnly(address: i32): void {
    this.candidates.name(address);
  }

  /** A connection begins at `timeNs`, with its SYN if `clientSide` isn't −1. */
  connectionOpened(connection: i32, clientSide: i32, pair: Pair | null, timeNs: f64): void {
    this.pool.forgetLatest(connection);
    if (clientSide === -1) return;
    this.noteOwnPorts(connection, pair);
    this.newAttempt(connection, clientSide, pair, timeNs);
  }

  /** A FIN or RST of `side` was recorded. */
  closing(connection: i32, side: i32, timeNs: f64): void {
    let attempt = this.pool.latestOn(connection);
    while (attempt !== null) {
      if (attempt.closeNs < 0) attempt.closeNs = timeNs;
      const isOwn =
        this.ends.addressOf(connection, side) !== attempt.address ||
        this.ends.portOf(connection, side) !== attempt.port;
      if (attempt.ownCloseNs < 0 && isOwn) attempt.ownCloseNs = timeNs;
      attempt = attempt.next as UpstreamAttempt | null;
    }
  }

  /**
   * A request that may be one which a balancer with two addresses passes on; to be told before `request`.
   * @param isNew it was not recorded before, under other addresses
   */
  compareRequest(connection: i32, clientSide: i32, exchange: OpenExchange, isNew: boolean): void {
    const client = this.ends.addressOf(connection, clientSide);
    const server = this.ends.addressOf(connection, 1 - clientSide);
    const candidates = this.candidates;
    if (isNew && !candidates.isNamed(client)) {
      const asked = this.guesses.serverBehind(client, server, exchange);
      if (asked !== -1 && candidates.mayBeAskedAt(asked)) this.guess(candidates.oneOf(asked), client);
    }
    this.guesses.note(client, server, exchange);
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
    endAll(this.open.takeClient(connection, ordinal), exchange, nowNs);
    endAll(this.open.takeAttempt(connection, ordinal), exchange, nowNs);
  }

  /** The capture has ended: what waits for others to be matched with is matched now. */
  finish(): void {
    const servers = this.candidates.servers;
    for (let index: i32 = 0; index < servers.length; index++) {
      const watched = servers[index] as WatchedServer;
      if (watched.isClient) this.settler.settle(watched, 0);
    }
  }

  /** Works out what `readings` and `added` say: balancers so far, exchanges in flight not included. */
  compare(): void {
    this.comparison.begin();
    const servers = this.candidates.servers;
    for (let index: i32 = 0; index < servers.length; index++) {
      const watched = servers[index] as WatchedServer;
      if (!watched.isClient || this.isRefuted(watched)) continue;
      const tally = this.settler.tallySoFar(watched);
      this.comparison.take(watched, tally, watched.address === this.candidates.named);
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
    const ends = this.ends;
    const clientAddress = ends.addressOf(connection, clientSide);
    const serverAddress = ends.addressOf(connection, 1 - clientSide);
    const serverPort = ends.portOf(connection, 1 - clientSide);
    this.settler.notePort(serverPort);
    this.noteOwnPorts(connection, pair);
    this.beginAttempts(connection, this.attempt(connection, clientSide, pair), exchange);
    // What a named backend was asked is no client's exchange, even if it is at the balancer's address.
    if (isNamed(pair) && this.candidates.isSame(clientAddress, serverAddress)) return;
    const asked = this.candidates.asked(clientAddress, serverAddress, serverPort);
    let latest: ClientExchange | null = null;
    for (let index: i32 = 0; index < asked.length; index++) {
      const client = this.client(connection, clientSide);
      client.take(exchange);
      client.next = latest;
      latest = client;
      (asked[index] as WatchedServer).clients.push(client);
    }
    if (latest !== null) this.open.addClient(connection, latest);
    for (let index: i32 = 0; index < asked.length; index++) {
      const watched = asked[index] as WatchedServer;
      if (!watched.isFull) continue;
      this.settler.settle(watched, watched.overlap);
      if (watched.isGuessed && (this.isRefuted(watched) || !isLikelyBeside(watched.tally)))
        this.candidates.giveUp(watched);
    }
  }

  /** From now on the server may be a balancer that asks from the other address, also for who waits there already. */
  private guess(server: i32, upstreamAddress: i32): void {
    const whole = this.candidates.at(server);
    if (whole === null || whole.isClient) return;
    const watched = this.candidates.guess(whole, upstreamAddress);
    if (watched === null) return;
    for (let index: i32 = 0; index < whole.clients.length; index++)
      this.copyClient(whole.clients[index] as ClientExchange, watched);
  }

  /** Whether it was guessed, and what was seen since speaks against it. */
  private isRefuted(watched: WatchedServer): boolean {
    if (!watched.isGuessed) return false;
    const whole = this.candidates.at(watched.address);
    const isAskedByOthers = this.guesses.isAskedByOthers(watched.upstreamAddress);
    if (isAskedByOthers || whole === null) return isAskedByOthers;
    return whole.isClient;
  }

  /** The exchange that waits at one candidate waits at the other, too. */
  private copyClient(client: ClientExchange, watched: WatchedServer): void {
    const again = this.pool.client(client.address, client.port, client.addressHash, client.serverPort);
    again.copy(client);
    again.next = client.next;
    client.next = again;
    watched.clients.push(again);
  }

  private beginAttempts(connection: i32, attempt: UpstreamAttempt | null, exchange: OpenExchange): void {
    if (attempt === null) return;
    let one: UpstreamAttempt | null = attempt;
    while (one !== null) {
      one.take(exchange);
      one = one.next as UpstreamAttempt | null;
    }
    this.open.addAttempt(connection, attempt);
  }

  private client(connection: i32, clientSide: i32): ClientExchange {
    const address = this.ends.addressOf(connection, clientSide);
    const port = this.ends.portOf(connection, clientSide);
    const serverPort = this.ends.portOf(connection, 1 - clientSide);
    const client = this.pool.client(address, port, this.hashes.of(address), serverPort);
    client.connectionNumber = this.ends.ordinalOf(connection);
    return client;
  }

  /** A host that asks itself: from now on each of its ports may be a balancer, also for who waits there already. */
  private noteOwnPorts(connection: i32, pair: Pair | null): void {
    const address = this.ends.addressOf(connection, 0);
    if (isNamed(pair) || !this.candidates.isSame(address, this.ends.addressOf(connection, 1))) return;
    const whole = this.candidates.tellPortsApart(address);
    if (whole === null) return;
    const clients = whole.clients;
    for (let index: i32 = 0; index < clients.length; index++) {
      const client = clients[index] as ClientExchange;
      const watched = this.candidates.portOf(whole, client.serverPort);
      if (watched !== null) this.copyClient(client, watched);
    }
  }

  /** The attempt that an exchange is: the one that its connection was opened for, or a new one; `null` of no balancer's. */
  private attempt(connection: i32, clientSide: i32, pair: Pair | null): UpstreamAttempt | null {
    const upstream = this.candidates.from(this.ends.addressOf(connection, clientSide));
    for (let index: i32 = 0; index < upstream.length; index++) {
      const watched = upstream[index] as WatchedServer;
      if (this.isUpstreamOf(watched, connection, clientSide, pair)) watched.becomesClient();
    }
    const opened = this.pool.latestOn(connection);
    const isFirst = opened !== null && opened.requestStartNs < 0 && !opened.hasEnded;
    return isFirst ? opened : this.newAttempt(connection, clientSide, pair, -1);
  }

  /** What the connection tries, as each that may be its balancer has it. */
  private newAttempt(
    connection: i32,
    clientSide: i32,
    pair: Pair | null,
    openedNs: f64,
  ): UpstreamAttempt | null {
    const address = this.ends.addressOf(connection, 1 - clientSide);
    const port = this.ends.portOf(connection, 1 - clientSide);
    const upstream = this.candidates.from(this.ends.addressOf(connection, clientSide));
    let latest: UpstreamAttempt | null = null;
    for (let index: i32 = 0; index < upstream.length; index++) {
      const watched = upstream[index] as WatchedServer;
      if (!this.isUpstreamOf(watched, connection, clientSide, pair)) continue;
      const attempt = this.pool.attempt(connection, address, port, pair, openedNs);
      attempt.connectionNumber = this.ends.ordinalOf(connection);
      attempt.next = latest;
      latest = attempt;
      watched.addAttempt(attempt);
    }
    return latest;
  }

  /** Whether the connection, opened from where the server asks its backends, is not to the server itself. */
  private isUpstreamOf(watched: WatchedServer, connection: i32, clientSide: i32, pair: Pair | null): boolean {
    if (isNamed(pair)) return true;
    const address = this.candidates.oneOf(this.ends.addressOf(connection, 1 - clientSide));
    return !watched.serves(address, this.ends.portOf(connection, 1 - clientSide));
  }
}

function isNamed(pair: Pair | null): boolean {
  return pair === null ? false : pair.isNamed;
}

/** The exchange ended, as each candidate for the balancer has it. */
function endAll(record: BalancerRecord | null, exchange: OpenExchange, nowNs: f64): void {
  let one = record;
  while (one !== null) {
    one.end(exchange, nowNs);
    one = one.next;
  }
}
