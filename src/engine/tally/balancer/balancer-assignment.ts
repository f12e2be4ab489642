/**
 * Which attempt answered which client, for all of a window at once: as many as can be are matched, and of these matchings the
 * one of the least cost is taken (successive shortest paths; R. Jonker, A. Volgenant, "A shortest augmenting path algorithm
 * for dense and sparse linear assignment problems", Computing 38, 1987). A choice of one pair after the other would be
 * cheaper, and strands exchanges that could have been matched.
 */
import { costOfAnswer, NEVER, TOLERANCE_NS } from "./balancer-fit.ts";
import type { ClientExchange, UpstreamAttempt } from "./balancer-records.ts";

/** Clients looked at for one attempt: beyond so many at a time, those that were answered first. */
const MAX_LOOKED_AT: i32 = 64;
/** Clients on the way of one search; an attempt that needs more goes without. */
const MAX_REACHED: i32 = 1024;
/** To leave an attempt without a client costs more than any match does. */
const UNMATCHED: f64 = 1e16;

export class Assignment {
  /** Of attempt n: its clients are at `first[n]` … `first[n + 1]` − 1 of `clientOf` and `costOf`. */
  private readonly first: i32[] = [];
  private readonly clientOf: i32[] = [];
  private readonly costOf: f64[] = [];
  /** Prices (dual variables) of attempts and clients, and whose client is whose: −1 = nobody's. */
  private readonly attemptPrice: f64[] = [];
  private readonly clientPrice: f64[] = [];
  private readonly attemptOf: i32[] = [];
  private readonly matchOf: i32[] = [];
  /** The earliest that this client, or one answered after it, asked. */
  private readonly earliestFrom: f64[] = [];
  /** A search: how far each client is, from which attempt it is reached, and the clients that were. */
  private readonly distance: f64[] = [];
  private readonly reachedFrom: i32[] = [];
  private readonly isDone: boolean[] = [];
  private readonly reached: i32[] = [];

  /**
   * Sets `client` of the attempts and `answerer` of the clients.
   * @param clients in the order in which they were answered
   */
  assign(clients: ClientExchange[], attempts: UpstreamAttempt[]): void {
    this.begin(clients);
    for (let index: i32 = 0; index < attempts.length; index++) {
      const attempt = attempts[index] as UpstreamAttempt;
      this.attemptPrice.push(0);
      this.matchOf.push(-1);
      this.takeClientsOf(attempt, clients);
      this.first.push(this.clientOf.length);
      this.match(index);
    }
    for (let index: i32 = 0; index < attempts.length; index++) {
      const found = this.matchOf[index] as i32;
      if (found === -1) continue;
      const client = clients[found] as ClientExchange;
      const attempt = attempts[index] as UpstreamAttempt;
      client.answerer = attempt;
      attempt.client = client;
    }
  }

  private begin(clients: ClientExchange[]): void {
    this.first.length = 0;
    this.first.push(0);
    this.clientOf.length = 0;
    this.costOf.length = 0;
    this.attemptPrice.length = 0;
    this.matchOf.length = 0;
    const count = clients.length;
    while (this.clientPrice.length < count) {
      this.clientPrice.push(0);
      this.attemptOf.push(-1);
      this.earliestFrom.push(0);
      this.distance.push(NEVER);
      this.reachedFrom.push(-1);
      this.isDone.push(false);
    }
    let earliest = NEVER;
    for (let index = count - 1; index >= 0; index--) {
      earliest = Math.min(earliest, (clients[index] as ClientExchange).startNs);
      this.earliestFrom[index] = earliest;
      this.clientPrice[index] = 0;
      this.attemptOf[index] = -1;
    }
  }

  /** The clients that the attempt may have answered, with what that would cost. */
  private takeClientsOf(attempt: UpstreamAttempt, clients: ClientExchange[]): void {
    const latestStart = attempt.beginNs + TOLERANCE_NS;
    let looked: i32 = 0;
    for (let index = firstAnsweredAfter(attempt, clients); index < clients.length; index++) {
      if ((this.earliestFrom[index] as f64) > latestStart) return;
      const cost = costOfAnswer(clients[index] as ClientExchange, attempt);
      if (cost === NEVER) continue;
      this.clientOf.push(index);
      this.costOf.push(cost);
      if (++looked === MAX_LOOKED_AT) return;
    }
  }

  /** Gives the attempt a client, moving others if need be, or takes one from whom it costs least to leave without. */
  private match(attempt: i32): void {
    const reached = this.reached;
    reached.length = 0;
    let from = attempt;
    let distance: f64 = 0;
    /** Where the shortest way ends: at a client that is free, or at an attempt that goes without. */
    let free: i32 = -1;
    let leastLeftOut = UNMATCHED - (this.attemptPrice[attempt] as f64);
    let leftOut = attempt;
    while (true) {
      this.reachFrom(from, distance);
      const next = this.nearest();
      if (next === -1 || (this.distance[next] as f64) >= leastLeftOut || reached.length > MAX_REACHED) break;
      distance = this.distance[next] as f64;
      this.isDone[next] = true;
      from = this.attemptOf[next] as i32;
      if (from === -1) {
        free = next;
        break;
      }
      const without = distance + UNMATCHED - (this.attemptPrice[from] as f64);
      if (without < leastLeftOut) {
        leastLeftOut = without;
        leftOut = from;
      }
    }
    this.reprice(attempt, free === -1 ? leastLeftOut : distance);
    this.turn(attempt, free === -1 ? (this.matchOf[leftOut] as i32) : free, free === -1 ? leftOut : -1);
    for (let index: i32 = 0; index < reached.length; index++) {
      const client = reached[index] as i32;
      this.distance[client] = NEVER;
      this.isDone[client] = false;
    }
  }

  private reachFrom(attempt: i32, distance: f64): void {
    const end = this.first[attempt + 1] as i32;
    const price = this.attemptPrice[attempt] as f64;
    for (let edge = this.first[attempt] as i32; edge < end; edge++) {
      const client = this.clientOf[edge] as i32;
      if (this.isDone[client] as boolean) continue;
      const there = distance + (this.costOf[edge] as f64) - price - (this.clientPrice[client] as f64);
      const known = this.distance[client] as f64;
      if (there >= known) continue;
      if (known === NEVER) this.reached.push(client);
      this.distance[client] = there;
      this.reachedFrom[client] = attempt;
    }
  }

  /** The nearest client that the search has not gone on from; −1 = none. */
  private nearest(): i32 {
    const reached = this.reached;
    let nearest: i32 = -1;
    let least = NEVER;
    for (let index: i32 = 0; index < reached.length; index++) {
      const client = reached[index] as i32;
      if ((this.isDone[client] as boolean) || (this.distance[client] as f64) >= least) continue;
      least = this.distance[client] as f64;
      nearest = client;
    }
    return nearest;
  }

  /** Keeps what each match costs above its prices at 0, and all else above it. */
  private reprice(attempt: i32, distance: f64): void {
    this.attemptPrice[attempt] = (this.attemptPrice[attempt] as f64) + distance;
    const reached = this.reached;
    for (let index: i32 = 0; index < reached.length; index++) {
      const client = reached[index] as i32;
      const short = distance - (this.distance[client] as f64);
      if (!(this.isDone[client] as boolean) || short < 0) continue;
      this.clientPrice[client] = (this.clientPrice[client] as f64) - short;
      const owner = this.attemptOf[client] as i32;
      if (owner !== -1) this.attemptPrice[owner] = (this.attemptPrice[owner] as f64) + short;
    }
  }

  /** Turns the way from the attempt to the client around: each client on it goes to the attempt that it was reached from. */
  private turn(attempt: i32, last: i32, leftOut: i32): void {
    if (leftOut !== -1) this.matchOf[leftOut] = -1;
    let client = last;
    while (client !== -1) {
      const owner = this.reachedFrom[client] as i32;
      const before: i32 = owner === attempt ? -1 : (this.matchOf[owner] as i32);
      this.matchOf[owner] = client;
      this.attemptOf[client] = owner;
      client = before;
    }
  }
}

/** Index of the first client that may have been answered by the attempt. */
function firstAnsweredAfter(attempt: UpstreamAttempt, clients: ClientExchange[]): i32 {
  const earliest = attempt.responseStartNs - TOLERANCE_NS;
  let low: i32 = 0;
  let high: i32 = clients.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((clients[middle] as ClientExchange).responseStartNs < earliest) low = middle + 1;
    else high = middle;
  }
  return low;
}
