import type { BalancerReadings } from "../../readings/balancer-readings.ts";
import type { DistributionReadings } from "../../readings/distribution-readings.ts";
import { Samples } from "../samples/samples.ts";
import type { BalancerTally } from "./balancer-tally.ts";

const NO_SAMPLES: Samples = new Samples();

/** Which of several candidates is the balancer, and what each of them added to its pairs' exchanges. */
export class BalancerComparison {
  /** The one with the most matched exchanges, of equals the first; `null` where only one side of it was seen. */
  private best: BalancerTally | null = null;
  private bestAddress: i32 = -1;
  /** What was added to the time to first byte, by the pair's id. */
  private readonly addedOfPair: Map<i32, Samples> = new Map<i32, Samples>();

  /** Begins anew. */
  begin(): void {
    this.best = null;
    this.addedOfPair.clear();
  }

  /**
   * Takes a candidate.
   * @param isNamed by the user: then it is a balancer even if nothing was matched
   */
  take(address: i32, tally: BalancerTally, isNamed: boolean): void {
    for (let place: i32 = 0; place < tally.pairs; place++) {
      this.addedOfPair.set(tally.pairAt(place), tally.addedAt(place));
    }
    if (tally.clientExchanges === 0 || (tally.matched === 0 && !isNamed)) return;
    const best = this.best;
    if (best !== null && tally.matched <= best.matched) return;
    this.best = tally;
    this.bestAddress = address;
  }

  /** `null` without a balancer. */
  readings(): BalancerReadings | null {
    const best = this.best;
    if (best === null) return null;
    const readings = best.readings();
    readings.address = this.bestAddress;
    return readings;
  }

  /** What was added to the time to first byte of the pair's exchanges. */
  added(pairId: i32): DistributionReadings {
    const added = this.addedOfPair.has(pairId) ? (this.addedOfPair.get(pairId) as Samples) : NO_SAMPLES;
    return added.distribution();
  }
}
