/**
 * Who may be the balancer, and which of them a connection concerns: a server by its address; one port of it, where a host
 * asks itself (nginx on 8080 before Flask on 5001); or a server beside another address, from which the backends are asked
 * (a balancer with one address outside and one inside), that the user named or that was guessed.
 */
import { endpointKey } from "../endpoint-key.ts";
import { WatchedServer } from "./watched-server.ts";

/** Servers that are watched at the same time. */
const MAX_SERVERS: i32 = 1024;
/** Ports of one host, and servers beside a named address: each takes every attempt from there. */
const MAX_BESIDE: i32 = 32;
/** Guesses at the same time: each takes every exchange of its server. */
const MAX_GUESSES: i32 = 8;

const NONE: WatchedServer[] = [];

export class BalancerCandidates {
  /** In the order in which they were first seen as servers. */
  readonly servers: WatchedServer[] = [];
  /** The first of the balancer's addresses that the user named, −1 = none. */
  named: i32 = -1;

  private readonly alsoNamed: i32[] = [];
  private readonly serverAt: Map<i32, WatchedServer> = new Map<i32, WatchedServer>();
  /** By the address from which backends are asked. */
  private readonly upstream: Map<i32, WatchedServer[]> = new Map<i32, WatchedServer[]>();
  /** Single ports of hosts that ask themselves, by address and port, and how many there are by address. */
  private readonly atPort: Map<f64, WatchedServer> = new Map<f64, WatchedServer>();
  private readonly portsOf: Map<i32, i32> = new Map<i32, i32>();
  /** Guessed ones, by the address that clients ask. */
  private readonly guessed: Map<i32, WatchedServer[]> = new Map<i32, WatchedServer[]>();
  private guesses: i32 = 0;
  private readonly found: WatchedServer[] = [];

  /** One of the balancer's addresses, as the user knows. */
  name(address: i32): void {
    if (this.named === -1) this.named = address;
    else this.alsoNamed.push(address);
  }

  /** The number by which the address is known: all that were named are one. */
  oneOf(address: i32): i32 {
    return this.alsoNamed.includes(address) ? this.named : address;
  }

  /** Whether the user named the address. */
  isNamed(address: i32): boolean {
    return this.named !== -1 && this.oneOf(address) === this.named;
  }

  /** Whether clients may ask the balancer at the address: any where the user named none. */
  mayBeAskedAt(address: i32): boolean {
    return this.named === -1 || this.isNamed(address);
  }

  isSame(a: i32, b: i32): boolean {
    return a === b || this.oneOf(a) === this.oneOf(b);
  }

  /** Those whose backends may be asked from the address. */
  from(clientAddress: i32): WatchedServer[] {
    const address = this.oneOf(clientAddress);
    return this.upstream.has(address) ? (this.upstream.get(address) as WatchedServer[]) : NONE;
  }

  /** Those that the client asks, watched from now on; until the next call. */
  asked(clientAddress: i32, serverAddress: i32, port: i32): WatchedServer[] {
    const found = this.found;
    found.length = 0;
    const address = this.oneOf(serverAddress);
    const whole = this.watch(address, this.oneOf(clientAddress));
    if (whole === null) return found;
    found.push(whole);
    const one = this.portOf(whole, port);
    if (one !== null) found.push(one);
    if (!this.guessed.has(address)) return found;
    const guessed = this.guessed.get(address) as WatchedServer[];
    for (let index: i32 = 0; index < guessed.length; index++) found.push(guessed[index] as WatchedServer);
    return found;
  }

  /** The watched server at the address. */
  at(address: i32): WatchedServer | null {
    return this.serverAt.has(address) ? (this.serverAt.get(address) as WatchedServer) : null;
  }

  /**
   * The server, with backends asked from another address, as a candidate of its own from now on; `null` where it is one,
   * or there are too many.
   */
  guess(whole: WatchedServer, upstreamAddress: i32): WatchedServer | null {
    const address = whole.address;
    if (this.guesses >= MAX_GUESSES) return null;
    if (!this.guessed.has(address)) this.guessed.set(address, []);
    const known = this.guessed.get(address) as WatchedServer[];
    for (let index: i32 = 0; index < known.length; index++) {
      if ((known[index] as WatchedServer).upstreamAddress === upstreamAddress) return null;
    }
    const watched = this.add(address, 0, upstreamAddress);
    watched.isGuessed = true;
    watched.tally = whole.tally.copy();
    whole.isSplit = true;
    known.push(watched);
    this.guesses++;
    return watched;
  }

  /** The guess was wrong. */
  giveUp(watched: WatchedServer): void {
    this.guesses--;
    remove(this.servers, watched);
    remove(this.guessed.get(watched.address) as WatchedServer[], watched);
    remove(this.upstream.get(watched.upstreamAddress) as WatchedServer[], watched);
  }

  /** The server at the address, whose ports are told apart from now on; `null` where they were before, or it isn't watched. */
  tellPortsApart(serverAddress: i32): WatchedServer | null {
    const address = this.oneOf(serverAddress);
    if (this.portsOf.has(address)) return null;
    this.portsOf.set(address, 0);
    return this.at(address);
  }

  /** The server's port as a candidate of its own; `null` where its ports aren't told apart, or are too many. */
  portOf(whole: WatchedServer, port: i32): WatchedServer | null {
    const address = whole.address;
    if (!this.portsOf.has(address)) return null;
    const key = endpointKey(address, port);
    if (this.atPort.has(key)) return this.atPort.get(key) as WatchedServer;
    const ports = this.portsOf.get(address) as i32;
    if (ports >= MAX_BESIDE) return null;
    this.portsOf.set(address, ports + 1);
    const watched = this.add(address, port, whole.upstreamAddress);
    watched.whole = whole;
    whole.isSplit = true;
    this.atPort.set(key, watched);
    return watched;
  }

  /** The server at the address; `null` where it is not to be watched. */
  private watch(address: i32, clientAddress: i32): WatchedServer | null {
    if (this.serverAt.has(address)) return this.serverAt.get(address) as WatchedServer;
    const named = this.named;
    const isBeside = named !== -1 && address !== named;
    // What the named address asks is its backend, not a further address of its own.
    if (isBeside && clientAddress === named) return null;
    if (this.serverAt.size >= (isBeside ? MAX_BESIDE : MAX_SERVERS)) return null;
    const watched = this.add(address, 0, isBeside ? named : address);
    this.serverAt.set(address, watched);
    return watched;
  }

  private add(address: i32, port: i32, upstreamAddress: i32): WatchedServer {
    const watched = new WatchedServer(address, port, upstreamAddress);
    this.servers.push(watched);
    if (this.upstream.has(upstreamAddress)) {
      (this.upstream.get(upstreamAddress) as WatchedServer[]).push(watched);
    } else this.upstream.set(upstreamAddress, [watched]);
    return watched;
  }
}

function remove(servers: WatchedServer[], watched: WatchedServer): void {
  const place = servers.indexOf(watched);
  if (place >= 0) servers.splice(place, 1);
}
