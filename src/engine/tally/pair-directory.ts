/**
 * Which pair a connection counts for. Either the pairs are named (balancer and backends), or every client → server is
 * taken as a possible pair and those that spoke HTTP are reported.
 *
 * Discovered pairs are bounded: a public server has a hundred thousand clients, and a flood of SYNs any number. When
 * there are `MAX_PAIRS`, those that were quiet for a minute and never spoke HTTP make room; after that, who comes new has
 * no pair of its own, and counts with all clients of its server. What is reported of a pair is always the whole of it.
 */

import { BackendLoad, SourceChoices } from "./balancer/backend-choices.ts";
import type { ConnectionEnds } from "./connection-ends.ts";
import { Conversation } from "./conversation.ts";
import { Pair } from "./pair.ts";
import { PairSource } from "./pair-source.ts";
import { TimelineRoom } from "./samples/pair-timeline.ts";
import { type ServerTotal, ServerTotals } from "./server-totals.ts";
import { BackendHistory } from "./state/backend-history.ts";
import { SourceTurns } from "./state/backend-now.ts";
import { LivePair } from "./state/live-pair.ts";

/** The usual ports of HTTP servers: the side with such a port is taken for the server. */
const HTTP_PORTS: i32[] = [80, 443, 3000, 3128, 5000, 8000, 8008, 8080, 8081, 8088, 8443, 8888, 9000];
/** Discovered pairs at a time; some 7 kB each here, and 20 kB in a report. */
export const MAX_PAIRS: i32 = 1_000;
/** Discovered pairs of which a run under way shows more than the totals; some 20 kB each. */
export const MAX_LIVE_PAIRS: i32 = 500;
/** A pair without HTTP makes room after this time without a segment. */
const QUIET_NS: f64 = 60e9;
/** Room is looked for once for so many pairs that need it. */
const LOOK_EVERY: i32 = 1000;

export class PairDirectory {
  /** All pairs so far, in the order in which they were named or first seen. */
  pairs: Pair[] = [];
  /** Connections that are in no pair because there were too many pairs. */
  unpaired: i32 = 0;
  /** Of the connection asked for last: its pair, and which of its sides is the pair's source. */
  pair: Pair | null = null;
  sourceSide: i32 = 0;

  private readonly ends: ConnectionEnds;
  private readonly chartData: boolean;
  private readonly live: boolean;
  private readonly timelines: TimelineRoom = new TimelineRoom();
  /** Number of the balancer's address, the first that was named, −1 = every client counts. */
  private balancer: i32 = -1;
  /** Its further addresses: what comes from them counts for the pairs of the first. */
  private readonly alsoBalancer: i32[] = [];
  /** Addresses of the backends that were named, their ports (0 = all), and their weights. */
  private readonly backendAddresses: i32[] = [];
  private readonly backendPorts: i32[] = [];
  private readonly backendWeights: f64[] = [];
  private sources: PairSource[] = [];
  private readonly servers: ServerTotals = new ServerTotals();
  /** Place of a source in `sources`, by its address. */
  private readonly sourceAt: Map<i32, i32> = new Map<i32, i32>();
  private made: i32 = 0;
  private discovered: i32 = 0;
  private liveDiscovered: i32 = 0;
  /** Pairs that needed room since it was last looked for. */
  private sinceLook: i32 = LOOK_EVERY;
  private sinceLiveLook: i32 = LOOK_EVERY;
  private timeNs: f64 = 0;

  /**
   * @param chartData pairs keep time series too
   * @param live pairs keep what a run under way shows too
   */
  constructor(ends: ConnectionEnds, chartData: boolean, live: boolean) {
    this.ends = ends;
    this.chartData = chartData;
    this.live = live;
  }

  /** The only source of pairs, or one more address of it; to be named before the backends. */
  nameBalancer(address: i32): void {
    if (this.balancer === -1) this.balancer = address;
    else this.alsoBalancer.push(address);
  }

  /** Whether the user named the balancer or backends. */
  get hasNames(): boolean {
    return this.balancer !== -1 || this.backendAddresses.length > 0;
  }

  /** Whether the address is one of the named balancer's. */
  isBalancer(address: i32): boolean {
    return this.balancer !== -1 && (address === this.balancer || this.alsoBalancer.includes(address));
  }

  /** Whether a backend was named at the address and port. @param port 0 = any */
  isBackend(address: i32, port: i32): boolean {
    return this.backendAt(address, port) >= 0;
  }

  /** Which of the named backends is there; −1: none. @param port 0 = any */
  private backendAt(address: i32, port: i32): i32 {
    for (let index: i32 = 0; index < this.backendAddresses.length; index++) {
      const named = this.backendPorts[index] as i32;
      if (this.backendAddresses[index] !== address) continue;
      if (named === 0 || port === 0 || named === port) return index;
    }
    return -1;
  }

  /** Whether nothing but the first HTTP message tells which side of a connection without its SYN is the client. */
  isUnsure(connection: i32): boolean {
    const ends = this.ends;
    if (this.backendAddresses.length === 0) {
      return !tellSides(ends.portOf(connection, 0), ends.portOf(connection, 1));
    }
    return this.mayServe(connection, 0) && this.mayServe(connection, 1);
  }

  /** Whether the side may be a named backend's, asked by the other. */
  private mayServe(connection: i32, server: i32): boolean {
    const client = this.ends.addressOf(connection, 1 - server);
    if (this.balancer !== -1 && !this.isBalancer(client)) return false;
    return this.isBackend(this.ends.addressOf(connection, server), this.ends.portOf(connection, server));
  }

  /** A destination of pairs; then no others count. @param port 0 = all @param weight see `BackendLoad` */
  nameBackend(address: i32, port: i32, weight: f64): void {
    this.backendAddresses.push(address);
    this.backendPorts.push(port);
    this.backendWeights.push(weight);
    if (this.balancer !== -1) this.pairOf(this.balancer, address, port, true);
  }

  /**
   * Where a new connection belongs: afterwards in `pair` and `sourceSide`.
   * @param clientSide −1 where neither its SYN nor an HTTP message was seen
   * @param timeNs of its first segment
   */
  place(connection: i32, clientSide: i32, timeNs: f64): void {
    this.pair = null;
    this.timeNs = timeNs;
    const server = 1 - (clientSide === -1 ? this.guessClient(connection) : clientSide);
    if (this.backendAddresses.length === 0) this.discover(connection, server);
    else if (
      !this.findNamed(connection, server) &&
      this.findNamed(connection, 1 - server) &&
      clientSide !== -1
    )
      this.turnBack();
  }

  /** A connection with a named backend: the side at the backend's address (and port) is the destination. */
  private findNamed(connection: i32, server: i32): boolean {
    const address = this.ends.addressOf(connection, server);
    const port = this.ends.portOf(connection, server);
    const asker = this.ends.addressOf(connection, 1 - server);
    if (this.balancer !== -1 && !this.isBalancer(asker)) return false;
    const client = this.balancer === -1 ? asker : this.balancer;
    for (let index: i32 = 0; index < this.backendAddresses.length; index++) {
      const named = this.backendPorts[index] as i32;
      if (this.backendAddresses[index] !== address || (named !== 0 && named !== port)) continue;
      this.pair = this.pairOf(client, address, named, this.balancer !== -1);
      this.sourceSide = 1 - server;
      return true;
    }
    return false;
  }

  /** The pair found was asked by its destination. */
  private turnBack(): void {
    const pair = this.pair;
    if (pair === null) return;
    if (pair.wayBack === null) {
      const conversation = new Conversation(this.chartData, this.timelines);
      pair.wayBack = this.unlisted(pair.source, pair.destination, pair.port, pair.isNamed, conversation);
    }
    this.pair = pair.wayBack;
  }

  private discover(connection: i32, server: i32): void {
    const source = this.ends.addressOf(connection, 1 - server);
    if (this.balancer !== -1 && !this.isBalancer(source)) return;
    const port = this.ends.portOf(connection, server);
    this.pair = this.pairOf(source, this.ends.addressOf(connection, server), port, false);
    this.sourceSide = 1 - server;
  }

  private guessClient(connection: i32): i32 {
    return guessClientSide(this.ends.portOf(connection, 0), this.ends.portOf(connection, 1));
  }

  /** The pair of source and destination, made where it isn't there and there is room; port 0 = all ports. */
  private pairOf(address: i32, destination: i32, port: i32, isNamed: boolean): Pair | null {
    const at: i32 = this.sourceAt.has(address) ? (this.sourceAt.get(address) as i32) : -1;
    if (at >= 0) {
      const known = (this.sources[at] as PairSource).find(destination, port);
      if (known !== null) return known;
    }
    if (!isNamed && !this.hasRoom()) {
      this.unpaired++;
      return this.othersOf(destination, port);
    }
    const isLive = this.live && (isNamed || this.hasLiveRoom());
    const source = this.sourceOf(address);
    const conversation = new Conversation(this.chartData, this.timelines);
    const states = new BackendHistory(source.turns);
    const backend = this.backendAt(destination, port);
    const weight = backend < 0 ? 1 : (this.backendWeights[backend] as f64);
    const pair = new Pair(
      this.made++,
      address,
      destination,
      port,
      isNamed,
      conversation,
      states,
      new BackendLoad(source.choices, weight),
    );
    if (isLive) pair.live = new LivePair(source.liveTurns);
    source.add(pair);
    this.pairs.push(pair);
    if (this.balancer === -1) this.servers.add(destination, port, conversation);
    if (!isNamed) {
      this.discovered++;
      if (isLive) this.liveDiscovered++;
    }
    return pair;
  }

  /** The pair of all further clients of a server, which is listed nowhere: what is counted there counts for all of its clients. */
  private othersOf(destination: i32, port: i32): Pair | null {
    const total = this.servers.find(destination, port);
    if (total === null) return null;
    const known = total.others;
    if (known !== null) return known;
    const others = this.unlisted(destination, destination, port, false, total.conversation);
    total.others = others;
    return others;
  }

  /** A pair beside the listed ones, whose turns and choices say nothing about them. */
  private unlisted(
    source: i32,
    destination: i32,
    port: i32,
    isNamed: boolean,
    conversation: Conversation,
  ): Pair {
    const states = new BackendHistory(new SourceTurns());
    const load = new BackendLoad(new SourceChoices(), 1);
    return new Pair(this.made++, source, destination, port, isNamed, conversation, states, load);
  }

  private sourceOf(address: i32): PairSource {
    if (this.sourceAt.has(address)) return this.sources[this.sourceAt.get(address) as i32] as PairSource;
    const source = new PairSource(address);
    this.sourceAt.set(address, this.sources.length);
    this.sources.push(source);
    return source;
  }

  private hasRoom(): boolean {
    if (this.discovered < MAX_PAIRS) return true;
    this.sinceLook++;
    if (this.sinceLook >= LOOK_EVERY) {
      this.sinceLook = 0;
      this.makeRoom();
    }
    return this.discovered < MAX_PAIRS;
  }

  /** Servers that several clients asked; none where the balancer was named, which asks alone. */
  get totals(): ServerTotal[] {
    return this.servers.totals;
  }

  /** Lets go of discovered pairs that were quiet for long and never spoke HTTP: nobody would see them. */
  private makeRoom(): void {
    const sources: PairSource[] = [];
    for (let index: i32 = 0; index < this.sources.length; index++) {
      const source = this.sources[index] as PairSource;
      for (let place: i32 = source.pairs.length - 1; place >= 0; place--) {
        const pair = source.pairs[place] as Pair;
        if (!this.isIdle(pair)) continue;
        this.dropLive(pair, source);
        source.removeAt(place);
        this.discovered--;
      }
      if (source.pairs.length > 0) sources.push(source);
    }
    this.sources = sources;
    this.sourceAt.clear();
    for (let index: i32 = 0; index < sources.length; index++) {
      this.sourceAt.set((sources[index] as PairSource).address, index);
    }
    const pairs: Pair[] = [];
    for (let index: i32 = 0; index < this.pairs.length; index++) {
      const pair = this.pairs[index] as Pair;
      if (!this.isIdle(pair)) pairs.push(pair);
    }
    this.pairs = pairs;
    this.servers.makeRoom(this.timeNs - QUIET_NS, pairs);
  }

  /** Room for one more pair with `live`. Who gets it must not change which pairs there are. */
  private hasLiveRoom(): boolean {
    if (this.liveDiscovered < MAX_LIVE_PAIRS) return true;
    this.sinceLiveLook++;
    if (this.sinceLiveLook >= LOOK_EVERY) {
      this.sinceLiveLook = 0;
      for (let index: i32 = 0; index < this.sources.length; index++)
        this.dropIdleLive(this.sources[index] as PairSource);
    }
    return this.liveDiscovered < MAX_LIVE_PAIRS;
  }

  private dropIdleLive(source: PairSource): void {
    for (let place: i32 = 0; place < source.pairs.length; place++) {
      const pair = source.pairs[place] as Pair;
      if (this.isIdle(pair)) this.dropLive(pair, source);
    }
  }

  private dropLive(pair: Pair, source: PairSource): void {
    if (pair.live === null) return;
    pair.live = null;
    source.liveTurns.backends--;
    this.liveDiscovered--;
  }

  private isIdle(pair: Pair): boolean {
    const conversation = pair.conversation;
    const lastNs = conversation.lastNs;
    return (
      !pair.isNamed && conversation.messages === 0 && lastNs > -Infinity && lastNs < this.timeNs - QUIET_NS
    );
  }
}

/** Whether ports alone tell the two sides apart: exactly one is usual for HTTP servers. */
function tellSides(port0: i32, port1: i32): boolean {
  return HTTP_PORTS.includes(port0) !== HTTP_PORTS.includes(port1);
}

/** Which side is the client, told by the ports alone, where the SYN was not captured: 0 or 1. */
export function guessClientSide(port0: i32, port1: i32): i32 {
  const isHttp0 = HTTP_PORTS.includes(port0);
  if (isHttp0 !== HTTP_PORTS.includes(port1)) return isHttp0 ? 1 : 0;
  return port0 < port1 ? 1 : 0;
}
