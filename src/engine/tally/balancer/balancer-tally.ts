/** What the balancer added, retried and answered itself: matched exchanges, added up. */

import { lacksAnswer } from "../../http/exchange-outcome.ts";
import * as ExchangeState from "../../http/exchange-state.ts";
import * as BalancerOutcome from "../../readings/balancer-outcome.ts";
import { BalancerReadings } from "../../readings/balancer-readings.ts";
import { Samples } from "../samples/samples.ts";
import { StatusCounts } from "../status-counts.ts";
import { addedTimeOf } from "./balancer-added-time.ts";
import type { ClientExchange } from "./balancer-records.ts";
import { ClientSide } from "./client-side.ts";

export class BalancerTally {
  clientExchanges: i32 = 0;
  /** Matched so far: how one of several candidates is known as the balancer. */
  matched: i32 = 0;
  private uncertain: i32 = 0;
  private retried: i32 = 0;
  private unfinished: i32 = 0;
  private upstreamOnly: i32 = 0;
  private answeredItself: StatusCounts = new StatusCounts();
  private firstByte: Samples = new Samples();
  private lastByte: Samples = new Samples();
  private retries: Samples = new Samples();
  private clients: ClientSide = new ClientSide();
  /** Added to the time to first byte, by the pair of the backend that answered: the pairs' ids, and where each has its own. */
  private readonly pairIds: i32[] = [];
  private readonly byPair: Samples[] = [];
  private readonly placeOfPair: Map<i32, i32> = new Map<i32, i32>();

  /** The same counts once more, to be added to apart from these. */
  copy(): BalancerTally {
    const copy = new BalancerTally();
    copy.clientExchanges = this.clientExchanges;
    copy.matched = this.matched;
    copy.uncertain = this.uncertain;
    copy.retried = this.retried;
    copy.unfinished = this.unfinished;
    copy.upstreamOnly = this.upstreamOnly;
    copy.answeredItself = this.answeredItself.copy();
    copy.firstByte = this.firstByte.copy();
    copy.lastByte = this.lastByte.copy();
    copy.retries = this.retries.copy();
    copy.clients = this.clients.copy();
    for (let place: i32 = 0; place < this.pairs; place++)
      copy.addPair(this.pairAt(place), this.addedAt(place).copy());
    return copy;
  }

  /** Of the attempts, those that some client's exchange explains: it began before and was answered after. */
  get explainedShare(): f64 {
    const attempts = this.matched + this.upstreamOnly;
    return attempts === 0 ? 0 : (this.firstByte.count as f64) / (attempts as f64);
  }

  /** How many pairs there are whose exchanges were matched. */
  get pairs(): i32 {
    return this.pairIds.length;
  }

  /** The id of one of them, 0 … `pairs` − 1. */
  pairAt(place: i32): i32 {
    return this.pairIds[place] as i32;
  }

  /** What was added to the time to first byte of its exchanges. */
  addedAt(place: i32): Samples {
    return this.byPair[place] as Samples;
  }

  /** Counts a client exchange with the attempts that were found for it. */
  add(client: ClientExchange): void {
    this.clientExchanges++;
    this.clients.add(client);
    if (client.isUncertain) this.uncertain++;
    if (client.attempts > 1) this.retried++;
    const outcome = outcomeOf(client);
    if (outcome === BalancerOutcome.UNFINISHED) this.unfinished++;
    else if (outcome === BalancerOutcome.ANSWERED_ITSELF) this.answeredItself.add(client.status);
    else this.addMatched(client);
  }

  /** Counts an attempt without a client: a health check, or a client that was not captured. */
  addUpstreamOnly(): void {
    this.upstreamOnly++;
  }

  /** All but the address. */
  readings(): BalancerReadings {
    const readings = new BalancerReadings();
    readings.clientExchanges = this.clientExchanges;
    readings.matched = this.matched;
    readings.unfinished = this.unfinished;
    readings.answeredItself = this.answeredItself.readings();
    readings.uncertain = this.uncertain;
    readings.retried = this.retried;
    readings.upstreamOnly = this.upstreamOnly;
    readings.addedTimeToFirstByte = this.firstByte.distribution();
    readings.addedTimeToLastByte = this.lastByte.distribution();
    readings.retries = this.retries.distribution();
    readings.clients = this.clients.readings();
    return readings;
  }

  private addMatched(client: ClientExchange): void {
    this.matched++;
    this.noteAnswerer(client);
    const added = addedTimeOf(client);
    if (added.retriesNs > 0) this.retries.add(added.retriesNs);
    if (added.lastByteNs >= 0) this.lastByte.add(added.lastByteNs);
    if (added.firstByteNs < 0) return;
    this.firstByte.add(added.firstByteNs);
    const answerer = client.answerer;
    if (answerer === null) return;
    const pair = answerer.pair;
    if (pair === null) return;
    if (!this.placeOfPair.has(pair.id)) this.addPair(pair.id, new Samples());
    this.addedAt(this.placeOfPair.get(pair.id) as i32).add(added.firstByteNs);
  }

  private noteAnswerer(client: ClientExchange): void {
    const answerer = client.answerer;
    // A guess of the matching would look like a client that changes backends.
    if (answerer === null || client.isUncertain) return;
    const pair = answerer.pair;
    if (pair !== null) this.clients.answeredBy(client.address, pair);
  }

  private addPair(id: i32, added: Samples): void {
    this.placeOfPair.set(id, this.pairs);
    this.pairIds.push(id);
    this.byPair.push(added);
  }
}

/** How the exchange was served: of `balancer-outcome.ts`. */
export function outcomeOf(client: ClientExchange): i32 {
  const state = client.state;
  if (client.status === 0 || state === ExchangeState.RUNNING || lacksAnswer(state)) {
    return BalancerOutcome.UNFINISHED;
  }
  return client.answerer === null ? BalancerOutcome.ANSWERED_ITSELF : BalancerOutcome.MATCHED;
}
