/**
 * Guesses which balancer has two addresses: clients ask it at one, and it asks its backends from the other. An address asks
 * for what a client has just asked of a server that it has nothing else to do with. A guess is only what is then matched:
 * `balancer-comparison.ts` says whether it was right.
 */
import type { OpenExchange } from "../../http/open-exchange.ts";

/** Latest requests, of whatever connection, that a request is compared with: a power of two. */
const RECENT: i32 = 64;
/** Requests of one address that are compared. */
const MAX_TRIES: i32 = 8;

/** A request, as far as two are compared. */
class AskedRequest {
  client: i32 = -1;
  server: i32 = -1;
  method: i32 = 0;
  targetHash: i32 = 0;
}

export class BalancerGuesses {
  private readonly recent: AskedRequest[] = [];
  private next: i32 = 0;
  /** By the number of the address: its requests that were compared, and whether another address asked it. */
  private readonly tries: i32[] = [];
  private readonly askedByOthers: boolean[] = [];

  /** Takes a request as one that a balancer may pass on. */
  note(client: i32, server: i32, exchange: OpenExchange): void {
    this.knows(client);
    this.knows(server);
    if (client !== server) this.askedByOthers[server] = true;
    if (this.recent.length < RECENT) this.recent.push(new AskedRequest());
    const request = this.recent[this.next] as AskedRequest;
    this.next = (this.next + 1) & (RECENT - 1);
    request.client = client;
    request.server = server;
    request.method = exchange.method;
    request.targetHash = exchange.targetHash;
  }

  /** Whether other addresses ask this one, as they do a balancer with one address. */
  isAskedByOthers(address: i32): boolean {
    return address < this.askedByOthers.length && (this.askedByOthers[address] as boolean);
  }

  /** The server whose request the client seems to pass on to another; −1 = none, or enough of its requests were compared. */
  serverBehind(client: i32, server: i32, exchange: OpenExchange): i32 {
    this.knows(client);
    const tries = this.tries[client] as i32;
    if (tries >= MAX_TRIES || this.isAskedByOthers(client)) return -1;
    this.tries[client] = tries + 1;
    const recent = this.recent;
    for (let back: i32 = 1; back <= recent.length; back++) {
      const request = recent[(this.next - back) & (RECENT - 1)] as AskedRequest;
      if (request.targetHash !== exchange.targetHash || request.method !== exchange.method) continue;
      const isOfOthers = request.client !== client && request.client !== server;
      if (isOfOthers && request.server !== client && request.server !== server) return request.server;
    }
    return -1;
  }

  private knows(address: i32): void {
    while (this.tries.length <= address) {
      this.tries.push(0);
      this.askedByOthers.push(false);
    }
  }
}
