import type { BalancerReadings } from "../../readings/balancer-readings.ts";
import type { DistributionReadings } from "../../readings/distribution-readings.ts";
import { Samples } from "../samples/samples.ts";
import type { BalancerTally } from "./balancer-tally.ts";
import type { WatchedServer } from "./watched-server.ts";

/** So few exchanges, or so many attempts that no client explains, and two addresses that nobody named may be two hosts. */
const MIN_MATCHED_GUESS: i32 = 5;
const MIN_EXPLAINED_GUESS: f64 = 0.9;
/** A server beside the named address is the balancer's other one if at least so much of it was passed on. */
const MIN_SHARE_BESIDE: f64 = 0.5;
const NO_SAMPLES: Samples = new Samples();

/** Which of several candidates is the balancer, and what each of them added to its pairs' exchanges. */
export class BalancerComparison {
  /** The one with the most matched exchanges, of equals the first; `null` where only one side of it was seen. */
  private best: BalancerTally | null = null;
  private bestAddress: i32 = -1;
  private bestUpstream: i32 = -1;
  /** What was added to the time to first byte, by the pair's id, and by how many matched exchanges of its candidate. */
  private readonly addedOfPair: Map<i32, Samples> = new Map<i32, Samples>();
  private readonly matchedOfPair: Map<i32, i32> = new Map<i32, i32>();

  /** Begins anew. */
  begin(): void {
    this.best = null;
    this.addedOfPair.clear();
    this.matchedOfPair.clear();
  }

  /**
   * Takes a candidate.
   * @param isNamed by the user: then it is a balancer even if nothing was matched
   */
  take(watched: WatchedServer, tally: BalancerTally, isNamed: boolean): void {
    // Chance fits some exchanges of a server that has nothing to do with the named balancer.
    if (watched.address !== watched.upstreamAddress && !isLikelyBeside(tally)) return;
    if (watched.isGuessed && !isLikelyGuess(tally)) return;
    for (let place: i32 = 0; place < tally.pairs; place++) {
      const id = tally.pairAt(place);
      if (this.matchedOfPair.has(id) && (this.matchedOfPair.get(id) as i32) >= tally.matched) continue;
      this.matchedOfPair.set(id, tally.matched);
      this.addedOfPair.set(id, tally.addedAt(place));
    }
    if (tally.clientExchanges === 0 || (tally.matched === 0 && !isNamed)) return;
    const best = this.best;
    if (best !== null && tally.matched <= best.matched) return;
    this.best = tally;
    this.bestAddress = watched.address;
    this.bestUpstream = watched.upstreamAddress;
  }

  /** `null` without a balancer. */
  readings(): BalancerReadings | null {
    const best = this.best;
    if (best === null) return null;
    const readings = best.readings();
    readings.address = this.bestAddress;
    readings.upstreamAddress = this.bestUpstream;
    return readings;
  }

  /** What was added to the time to first byte of the pair's exchanges. */
  added(pairId: i32): DistributionReadings {
    const added = this.addedOfPair.has(pairId) ? (this.addedOfPair.get(pairId) as Samples) : NO_SAMPLES;
    return added.distribution();
  }
}

/** Whether the server beside an address may be the balancer that asks from there. */
export function isLikelyBeside(tally: BalancerTally): boolean {
  return tally.matched >= tally.clientExchanges * MIN_SHARE_BESIDE;
}

function isLikelyGuess(tally: BalancerTally): boolean {
  return tally.matched >= MIN_MATCHED_GUESS && tally.explainedShare >= MIN_EXPLAINED_GUESS;
}
