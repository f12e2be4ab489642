/**
 * Which pair a connection counts for. Either the pairs are named (balancer and backends), or every client → server is
 * taken as a possible pair and those that spoke HTTP are reported.
 *
 * Discovered pairs are bounded: a public server has a hundred thousand clients, and a flood of SYNs any number. When
 * there are `MOST_PAIRS`, those that were quiet for a minute and never spoke HTTP make room; after that, who comes new is
 * in no pair, and counted as such. What is reported of a pair is always the whole of it.
 */

import { formatIpAddress, parseIpAddress } from "../packet/ip-address.ts";
import type { AddressTable } from "../tcp/address-table.ts";
import type { ConnectionBook } from "../tcp/connection-book.ts";
import type { Side } from "../tcp/side.ts";
import type { AnalysisOptions, Backend } from "./analysis-options.ts";
import { BackendStateTally, SourceActivity } from "./backend-state.ts";
import { Conversation, type PairIdentity } from "./conversation.ts";
import { guessClientSide } from "./endpoints.ts";
import { LivePair } from "./live-pair.ts";
import { SourceTurns } from "./live-state.ts";

/** Discovered pairs at a time; some 7 kB each. */
export const MOST_PAIRS = 10_000;
/** Discovered pairs of which a run under way shows more than the totals; some 20 kB each. */
export const MOST_LIVE_PAIRS = 1000;
/** A pair without HTTP makes room after this time without a segment. */
const QUIET_NS = 60e9;
/** Room is looked for once for so many pairs that need it. */
const LOOK_EVERY = 1000;

/** A pair: who, and what was counted. */
export interface Pair {
  readonly identity: PairIdentity;
  readonly conversation: Conversation;
  /** Named by the user, so reported even without traffic. */
  readonly named: boolean;
  /** When its backend was up, failing or silent. */
  readonly states: BackendStateTally;
  /** What a run under way shows; `null` where nobody asked for it, or of discovered pairs that are too many. */
  live: LivePair | null;
}

/** Where a connection belongs: to which pair, and which of its sides is the pair's source. */
export interface Membership {
  pair: Pair | null;
  sourceSide: Side;
}

/** The pairs of one source. */
interface Source {
  /** By destination address × 65536 + port. */
  readonly pairs: Map<number, Pair>;
  readonly activity: SourceActivity;
  readonly turns: SourceTurns;
}

interface NamedBackend {
  readonly backend: Backend;
  readonly address: number;
}

export class PairDirectory {
  readonly #addresses: AddressTable;
  readonly #table: ConnectionBook;
  readonly #chartData: boolean;
  readonly #live: boolean;
  readonly #balancer: number;
  readonly #backends: readonly NamedBackend[];
  #pairs: Pair[] = [];
  #discovered = 0;
  #liveDiscovered = 0;
  /** Pairs that needed room since it was last looked for. */
  #sinceLook = LOOK_EVERY;
  #sinceLiveLook = LOOK_EVERY;
  readonly #sources = new Map<number, Source>();
  #timeNs = 0;
  readonly #membership: Membership = { pair: null, sourceSide: 0 };

  /** @throws Failure (status 2) where an address is none */
  constructor(addresses: AddressTable, table: ConnectionBook, options: AnalysisOptions) {
    this.#addresses = addresses;
    this.#table = table;
    this.#chartData = options.chartData ?? false;
    this.#live = options.live ?? false;
    this.#balancer = options.balancer === undefined ? -1 : this.#intern(options.balancer);
    this.#backends = (options.backends ?? []).map((backend) => {
      const address = this.#intern(backend.address);
      return { backend, address };
    });
    if (this.#balancer !== -1) {
      for (const named of this.#backends)
        this.#pairOf(this.#balancer, named.address, named.backend.port ?? 0, true);
    }
  }

  /** Connections that are in no pair because there were too many pairs. */
  unpaired = 0;

  /** All pairs so far, in the order in which they were named or first seen. */
  get pairs(): readonly Pair[] {
    return this.#pairs;
  }

  /**
   * Where a new connection belongs. The answer is reused by the next call.
   * @param clientSide −1 where the SYN was not seen
   * @param timeNs of its first segment
   */
  membershipOf(connection: number, clientSide: Side | -1, timeNs: number): Membership {
    const membership = this.#membership;
    membership.pair = null;
    this.#timeNs = timeNs;
    if (this.#backends.length > 0) this.#findNamed(connection, clientSide, membership);
    else this.#discover(connection, clientSide, membership);
    return membership;
  }

  /** A connection with a named backend: the side at the backend's address (and port) is the destination. */
  #findNamed(connection: number, clientSide: Side | -1, membership: Membership): void {
    const likelyServer = clientSide === -1 ? this.#guessServer(connection) : ((1 - clientSide) as Side);
    for (const server of [likelyServer, (1 - likelyServer) as Side]) {
      const address = this.#table.addressOf(connection, server);
      const port = this.#table.portOf(connection, server);
      const client = this.#table.addressOf(connection, (1 - server) as Side);
      if (this.#balancer !== -1 && client !== this.#balancer) continue;
      for (const named of this.#backends) {
        if (named.address !== address || (named.backend.port !== undefined && named.backend.port !== port))
          continue;
        membership.pair = this.#pairOf(client, address, named.backend.port ?? 0, this.#balancer !== -1);
        membership.sourceSide = (1 - server) as Side;
        return;
      }
    }
  }

  #discover(connection: number, clientSide: Side | -1, membership: Membership): void {
    const server = clientSide === -1 ? this.#guessServer(connection) : ((1 - clientSide) as Side);
    const source = this.#table.addressOf(connection, (1 - server) as Side);
    if (this.#balancer !== -1 && source !== this.#balancer) return;
    const port = this.#table.portOf(connection, server);
    membership.pair = this.#pairOf(source, this.#table.addressOf(connection, server), port, false);
    membership.sourceSide = (1 - server) as Side;
  }

  #guessServer(connection: number): Side {
    const client = guessClientSide(this.#table.portOf(connection, 0), this.#table.portOf(connection, 1));
    return (1 - client) as Side;
  }

  /** The pair of source and destination, made where it isn't there and there is room; port 0 = all ports. */
  #pairOf(source: number, destination: number, port: number, named: boolean): Pair | null {
    const key = destination * 65536 + port;
    const known = this.#sources.get(source)?.pairs.get(key);
    if (known !== undefined) return known;
    if (!named && !this.#hasRoom()) {
      this.unpaired++;
      return null;
    }
    const { pairs, activity, turns } = this.#sourceOf(source);
    const isLive = this.#live && (named || this.#hasLiveRoom());
    const pair: Pair = {
      identity: this.#identity(source, destination, port),
      conversation: new Conversation(this.#chartData),
      named,
      states: new BackendStateTally(activity),
      live: isLive ? new LivePair(turns) : null,
    };
    pairs.set(key, pair);
    this.#pairs.push(pair);
    if (!named) {
      this.#discovered++;
      if (isLive) this.#liveDiscovered++;
    }
    return pair;
  }

  #sourceOf(source: number): Source {
    let known = this.#sources.get(source);
    if (known === undefined) {
      known = { pairs: new Map(), activity: new SourceActivity(), turns: new SourceTurns() };
      this.#sources.set(source, known);
    }
    return known;
  }

  #hasRoom(): boolean {
    if (this.#discovered < MOST_PAIRS) return true;
    if (++this.#sinceLook >= LOOK_EVERY) {
      this.#sinceLook = 0;
      this.#makeRoom();
    }
    return this.#discovered < MOST_PAIRS;
  }

  /** Lets go of discovered pairs that were quiet for long and never spoke HTTP: nobody would see them. */
  #makeRoom(): void {
    for (const [source, { pairs, activity, turns }] of this.#sources) {
      for (const [key, pair] of pairs) {
        if (!this.#isIdle(pair)) continue;
        this.#dropLive(pair, turns);
        pairs.delete(key);
        activity.backends--;
        this.#discovered--;
      }
      if (pairs.size === 0) this.#sources.delete(source);
    }
    this.#pairs = this.#pairs.filter((pair) => !this.#isIdle(pair));
  }

  /** Room for one more pair with `live`. Who gets it must not change which pairs there are. */
  #hasLiveRoom(): boolean {
    if (this.#liveDiscovered < MOST_LIVE_PAIRS) return true;
    if (++this.#sinceLiveLook >= LOOK_EVERY) {
      this.#sinceLiveLook = 0;
      for (const { pairs, turns } of this.#sources.values()) {
        for (const pair of pairs.values()) if (this.#isIdle(pair)) this.#dropLive(pair, turns);
      }
    }
    return this.#liveDiscovered < MOST_LIVE_PAIRS;
  }

  #dropLive(pair: Pair, turns: SourceTurns): void {
    if (pair.live === null) return;
    pair.live = null;
    turns.backends--;
    this.#liveDiscovered--;
  }

  #isIdle({ named, conversation }: Pair): boolean {
    const { messages, lastNs } = conversation;
    return !named && messages === 0 && Number.isFinite(lastNs) && lastNs < this.#timeNs - QUIET_NS;
  }

  #identity(source: number, destination: number, port: number): PairIdentity {
    const destinationText = formatIpAddress(this.#addresses.bytesOf(destination));
    const backend = this.#backends.find(
      (named) => named.address === destination && (named.backend.port ?? 0) === port,
    )?.backend;
    return {
      name: backend?.name ?? destinationText,
      source: formatIpAddress(this.#addresses.bytesOf(source)),
      destination: destinationText,
      destinationPort: port === 0 ? null : port,
    };
  }

  #intern(text: string): number {
    const bytes = parseIpAddress(text);
    return this.#addresses.intern(
      new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
      0,
      bytes.length === 4 ? 4 : 6,
    );
  }
}
