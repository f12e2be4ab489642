/**
 * Which pair a connection counts for. Either the pairs are named (balancer and backends), or every client → server is
 * taken as a possible pair and those that spoke HTTP are reported.
 */

import { formatIpAddress, parseIpAddress } from "../packet/ip-address.ts";
import type { AddressTable } from "../tcp/address-table.ts";
import type { Side } from "../tcp/connection.ts";
import type { ConnectionBook } from "../tcp/connection-book.ts";
import type { AnalysisOptions, Backend } from "./analysis-options.ts";
import { Conversation, type PairIdentity } from "./conversation.ts";
import { guessClientSide } from "./endpoints.ts";
import { LivePair } from "./live-pair.ts";
import { SourceTurns } from "./live-state.ts";

/** A pair: who, and what was counted. */
export interface Pair {
  readonly identity: PairIdentity;
  readonly conversation: Conversation;
  /** Named by the user, so reported even without traffic. */
  readonly named: boolean;
  /** What a run under way shows; `null` where nobody asked for it. */
  readonly live: LivePair | null;
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
  readonly #pairs: Pair[] = [];
  readonly #sources = new Map<number, Source>();
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

  /** All pairs so far, in the order in which they were named or first seen. */
  get pairs(): readonly Pair[] {
    return this.#pairs;
  }

  /**
   * Where a new connection belongs. The answer is reused by the next call.
   * @param clientSide −1 where the SYN was not seen
   */
  membershipOf(connection: number, clientSide: Side | -1): Membership {
    const membership = this.#membership;
    membership.pair = null;
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

  /** The pair of source and destination, made where it isn't there; port 0 = all ports. */
  #pairOf(source: number, destination: number, port: number, named: boolean): Pair {
    let known = this.#sources.get(source);
    if (known === undefined) {
      known = { pairs: new Map(), turns: new SourceTurns() };
      this.#sources.set(source, known);
    }
    const key = destination * 65536 + port;
    let pair = known.pairs.get(key);
    if (pair === undefined) {
      pair = {
        identity: this.#identity(source, destination, port),
        conversation: new Conversation(this.#chartData),
        named,
        live: this.#live ? new LivePair(known.turns) : null,
      };
      known.pairs.set(key, pair);
      this.#pairs.push(pair);
    }
    return pair;
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
