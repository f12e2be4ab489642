/**
 * Watches both sides of balancers: collects what clients asked and what was tried at backends, and has them matched in
 * windows, so that memory stays bounded. An address is a balancer where the user says so, or where it is the server in
 * some HTTP connections and the client in others.
 */
import type { Exchange } from "../http/exchange.ts";
import { identityHash } from "../http/request-identity.ts";
import { formatIpAddress, parseIpAddress } from "../packet/ip-address.ts";
import type { AddressTable } from "../tcp/address-table.ts";
import type { ConnectionBook } from "../tcp/connection-book.ts";
import type { Side } from "../tcp/side.ts";
import { millisecondsFromNanoseconds } from "../units.ts";
import type { AnalysisOptions } from "./analysis-options.ts";
import { matchExchanges } from "./balancer-matching.ts";
import type { BalancedExchangeRow, BalancerMetrics } from "./balancer-metrics.ts";
import { OpenRecords } from "./balancer-open-records.ts";
import { addedTimeOf, BalancerTally, outcomeOf } from "./balancer-overhead.ts";
import { type BalancerRecord, ClientExchange, UpstreamAttempt } from "./balancer-records.ts";
import { endpointText } from "./endpoints.ts";
import type { Pair } from "./pair-directory.ts";
import type { Distribution } from "./run-metrics.ts";

/** Client exchanges that are matched together; twice as many at most are kept while they go on. */
const WINDOW = 512;
/** Client exchanges kept of a server that was not yet seen as a client. */
const WINDOW_OF_SERVER = 32;
/** Exchanges that go on at the same time; beyond it the oldest are counted as unfinished. */
const MOST_OPEN = 65_536;
/** Servers that are watched at the same time. */
const MOST_SERVERS = 1024;
/** Records of either kind that wait to be used again. */
const MOST_SPARE = 4 * WINDOW;

/** One address that is a server, and perhaps a balancer. */
class Watched {
  readonly clients: ClientExchange[] = [];
  readonly attempts: UpstreamAttempt[] = [];
  readonly tally = new BalancerTally();
  limit = WINDOW_OF_SERVER;
  isClient = false;
}

/** What is known of balancers. */
export interface ObservedBalancer {
  /** The one with the most matched exchanges; `null` where only one side of it was seen. */
  readonly balancer: BalancerMetrics | null;
  /** What was added to the time to first byte of a pair's exchanges. */
  readonly added: ReadonlyMap<Pair, Distribution>;
}

export class BalancerObserver {
  readonly #addresses: AddressTable;
  readonly #table: ConnectionBook;
  readonly #options: AnalysisOptions;
  /** The only address to be watched, −1 = all. */
  readonly #named: number = -1;
  readonly #watched = new Map<number, Watched>();
  readonly #open = new OpenRecords();
  readonly #spareClients: ClientExchange[] = [];
  readonly #spareAttempts: UpstreamAttempt[] = [];
  /** Per connection slot: the latest attempt on it. */
  readonly #attemptOf: (UpstreamAttempt | null)[] = [];
  /** Ports at which HTTP was spoken: a failed connection elsewhere is none of the balancer's attempts. */
  readonly #httpPorts = new Set<number>();
  readonly #addressHashes = new Map<number, number>();

  /** @throws Failure (status 2) where the balancer's address is none */
  constructor(addresses: AddressTable, table: ConnectionBook, options: AnalysisOptions) {
    this.#addresses = addresses;
    this.#table = table;
    this.#options = options;
    if (options.balancer === undefined) return;
    const bytes = parseIpAddress(options.balancer);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#named = addresses.intern(view, 0, bytes.length === 4 ? 4 : 6);
  }

  /** A connection begins at `timeNs`, with its SYN if `clientSide` isn't −1. */
  connectionOpened(connection: number, clientSide: Side | -1, pair: Pair | null, timeNs: number): void {
    this.#attemptOf[connection] = null;
    if (clientSide === -1) return;
    const watched = this.#watched.get(this.#table.addressOf(connection, clientSide));
    if (watched === undefined) return;
    const attempt = this.#newAttempt(watched, connection, clientSide, pair, timeNs);
    this.#attemptOf[connection] = attempt;
  }

  /** A FIN or RST of `side` was recorded. */
  closing(connection: number, side: Side, timeNs: number): void {
    const attempt = this.#attemptOf[connection];
    if (attempt === null || attempt === undefined) return;
    if (attempt.closeNs < 0) attempt.closeNs = timeNs;
    if (attempt.ownCloseNs < 0 && this.#table.addressOf(connection, side) !== attempt.address) {
      attempt.ownCloseNs = timeNs;
    }
  }

  /** A request was seen to its end. */
  request(connection: number, clientSide: Side, exchange: Exchange, pair: Pair | null): void {
    this.#begin(connection, clientSide, exchange, pair);
  }

  /** An exchange ended, at `nowNs`. */
  exchange(exchange: Exchange, pair: Pair | null, nowNs: number): void {
    const { connection, clientSide, ordinal, state } = exchange;
    if (state === "responseOnly") return;
    if (!this.#open.has(connection, ordinal)) this.#begin(connection, clientSide, exchange, pair);
    end(this.#open.takeClient(connection, ordinal), exchange, nowNs);
    end(this.#open.takeAttempt(connection, ordinal), exchange, nowNs);
  }

  /** The capture has ended: what waits for others to be matched with is matched now. */
  finish(): void {
    for (const watched of this.#watched.values()) {
      if (watched.isClient) this.#settle(watched, Number.POSITIVE_INFINITY);
    }
  }

  /** Balancers so far, exchanges in flight not included. */
  metrics(): ObservedBalancer {
    let best: BalancerTally | null = null;
    let address = -1;
    const added = new Map<Pair, Distribution>();
    for (const [candidate, watched] of this.#watched) {
      if (!watched.isClient) continue;
      const tally = this.#tallySoFar(watched);
      for (const pair of tally.pairs) added.set(pair, tally.addedOf(pair));
      const { matched, clientExchanges } = tally;
      if (clientExchanges === 0 || matched < (best?.matched ?? 0)) continue;
      if (matched === 0 && candidate !== this.#named) continue;
      if (best !== null && matched === best.matched) continue;
      best = tally;
      address = candidate;
    }
    const balancer = best?.metrics(formatIpAddress(this.#addresses.bytesOf(address))) ?? null;
    return { balancer, added };
  }

  /** With what waits for others matched as if the capture ended now; the next time, all of it is matched anew. */
  #tallySoFar(watched: Watched): BalancerTally {
    const { clients, tally } = watched;
    if (clients.length === 0) return tally;
    matchExchanges(clients, this.#possibleAttempts(watched));
    const soFar = tally.copy();
    for (const client of clients) if (client.hasEnded) soFar.add(client);
    return soFar;
  }

  /** Without connections that may have nothing to do with HTTP. */
  #possibleAttempts({ attempts }: Watched): UpstreamAttempt[] {
    return attempts.filter(
      (attempt) => attempt.method !== "" || attempt.pair?.named || this.#httpPorts.has(attempt.port),
    );
  }

  #begin(connection: number, clientSide: Side, exchange: Exchange, pair: Pair | null): void {
    const server = (1 - clientSide) as Side;
    const clientAddress = this.#table.addressOf(connection, clientSide);
    const serverAddress = this.#table.addressOf(connection, server);
    // On one address, nothing tells the two sides of the balancer apart.
    if (clientAddress === serverAddress) return;
    this.#httpPorts.add(this.#table.portOf(connection, server));
    const upstream = this.#watched.get(clientAddress);
    if (upstream !== undefined) {
      upstream.isClient = true;
      upstream.limit = Math.max(upstream.limit, WINDOW);
      const attempt = this.#attempt(upstream, connection, clientSide, exchange, pair);
      this.#open.addAttempt(connection, attempt);
    }
    const watched = this.#watch(serverAddress);
    if (watched === undefined) return;
    const port = this.#table.portOf(connection, clientSide);
    const client = this.#newClient(clientAddress, port);
    client.take(exchange);
    this.#open.addClient(connection, client);
    watched.clients.push(client);
    if (watched.clients.length >= watched.limit) this.#settle(watched, watched.limit / 4);
  }

  #watch(address: number): Watched | undefined {
    const known = this.#watched.get(address);
    if (known !== undefined) return known;
    if (this.#named === -1 ? this.#watched.size >= MOST_SERVERS : address !== this.#named) return undefined;
    const watched = new Watched();
    this.#watched.set(address, watched);
    return watched;
  }

  /** The attempt that the exchange is: the one that its connection was opened for, or a new one. */
  #attempt(
    watched: Watched,
    connection: number,
    clientSide: Side,
    exchange: Exchange,
    pair: Pair | null,
  ): UpstreamAttempt {
    const opened = this.#attemptOf[connection] ?? null;
    const isFirst = opened !== null && opened.requestStartNs < 0 && !opened.hasEnded;
    const attempt = isFirst ? opened : this.#newAttempt(watched, connection, clientSide, pair, -1);
    attempt.take(exchange);
    this.#attemptOf[connection] = attempt;
    return attempt;
  }

  #newClient(address: number, port: number): ClientExchange {
    const hash = this.#addressHash(address);
    return this.#spareClients.pop()?.again(address, port, hash) ?? new ClientExchange(address, port, hash);
  }

  #newAttempt(
    watched: Watched,
    connection: number,
    clientSide: Side,
    pair: Pair | null,
    openedNs: number,
  ): UpstreamAttempt {
    const server = (1 - clientSide) as Side;
    const address = this.#table.addressOf(connection, server);
    const port = this.#table.portOf(connection, server);
    const spare = this.#spareAttempts.pop();
    const attempt =
      spare?.again(address, port, pair, openedNs) ?? new UpstreamAttempt(address, port, pair, openedNs);
    attempt.connection = connection;
    watched.attempts.push(attempt);
    if (watched.attempts.length > MOST_OPEN) watched.attempts.splice(0, MOST_OPEN / 2);
    return attempt;
  }

  /** Matches what is known, and counts the clients that have ended but for the latest `keep`. */
  #settle(watched: Watched, keep: number): void {
    const { clients, attempts, tally } = watched;
    const count = keep === Number.POSITIVE_INFINITY ? clients.length : clients.length - keep;
    matchExchanges(clients, this.#possibleAttempts(watched));
    const tooMany = clients.length > MOST_OPEN;
    for (let index = 0; index < count; index++) {
      const client = clients[index] as ClientExchange;
      if (!client.hasEnded && !tooMany) continue;
      client.isSettled = true;
      tally.add(client);
      this.#options.onBalancedExchange?.(this.#row(client));
    }
    const oldest = clients.find((client) => !client.isSettled)?.askedNs ?? Number.POSITIVE_INFINITY;
    keepOnly(
      attempts,
      (attempt) => {
        if (attempt.client !== null) return !attempt.client.isSettled;
        if (attempt.beginNs >= oldest) return true;
        if (attempt.method !== "") tally.addUpstreamOnly();
        return false;
      },
      (attempt) => this.#spareAttempt(attempt),
    );
    keepOnly(
      clients,
      (client) => !client.isSettled,
      (client) => this.#spareClient(client),
    );
    if (watched.isClient) watched.limit = Math.max(WINDOW, 2 * clients.length);
  }

  /** Nothing refers to the client any more, unless its exchange goes on. */
  #spareClient(client: ClientExchange): void {
    if (client.hasEnded && this.#spareClients.length < MOST_SPARE) this.#spareClients.push(client);
  }

  #spareAttempt(attempt: UpstreamAttempt): void {
    if (!attempt.hasEnded || this.#spareAttempts.length >= MOST_SPARE) return;
    // When its connection closes no longer matters.
    if (this.#attemptOf[attempt.connection] === attempt) this.#attemptOf[attempt.connection] = null;
    this.#spareAttempts.push(attempt);
  }

  #addressHash(address: number): number {
    const known = this.#addressHashes.get(address);
    if (known !== undefined) return known;
    if (this.#addressHashes.size >= MOST_OPEN) this.#addressHashes.clear();
    const text = Buffer.from(formatIpAddress(this.#addresses.bytesOf(address)), "latin1");
    const hash = identityHash(text, 0, text.length);
    this.#addressHashes.set(address, hash);
    return hash;
  }

  #row(client: ClientExchange): BalancedExchangeRow {
    const endpoint = ({ address, port }: BalancerRecord) =>
      endpointText(this.#addresses.bytesOf(address), port);
    const added = addedTimeOf(client);
    const last = client.attempts.at(-1);
    return {
      client: endpoint(client),
      exchange: client.ordinal + 1,
      outcome: outcomeOf(client),
      uncertain: client.isUncertain,
      method: client.method,
      status: client.status || null,
      upstreams: client.attempts.map(endpoint),
      upstreamStatuses: client.attempts.map(({ status }) => status || null),
      timeToFirstByteMs: elapsedMs(client.requestEndNs, client.responseStartNs),
      timeToLastByteMs: elapsedMs(client.requestEndNs, client.responseEndNs),
      upstreamFirstByteMs: elapsedMs(last?.beginNs ?? -1, last?.responseStartNs ?? -1),
      upstreamLastByteMs: elapsedMs(last?.beginNs ?? -1, last?.responseEndNs ?? -1),
      addedTimeToFirstByteMs: added.firstByteNs < 0 ? null : millisecondsFromNanoseconds(added.firstByteNs),
      addedTimeToLastByteMs: added.lastByteNs < 0 ? null : millisecondsFromNanoseconds(added.lastByteNs),
    };
  }
}

/** The record's exchange ended at `nowNs`. */
function end(record: BalancerRecord | null, exchange: Exchange, nowNs: number): void {
  if (record === null) return;
  record.take(exchange);
  record.state = exchange.state;
  record.hasEnded = true;
  record.endNs = exchange.responseEndNs >= 0 ? exchange.responseEndNs : nowNs;
}

/** Takes out of `records` what is not to be kept, and lets it go. */
function keepOnly<Record>(
  records: Record[],
  isKept: (record: Record) => boolean,
  letGo: (record: Record) => void,
): void {
  let kept = 0;
  for (const record of records) {
    if (isKept(record)) records[kept++] = record;
    else letGo(record);
  }
  records.length = kept;
}

/** `null` where one end was not seen, or was recorded before the other. */
function elapsedMs(fromNs: number, toNs: number): number | null {
  return fromNs < 0 || toNs < fromNs ? null : millisecondsFromNanoseconds(toNs - fromNs);
}
