/** Losses as runs: which packets were lost one after the other, in the order in which they were sent. */

/** The two-state model of Gilbert (1960) for losses: from a packet to the next one, as shares of the cases that were seen. */
export interface GilbertModel {
  /** That a packet is lost where the one before it was not; `null` where none was received. */
  readonly lossAfterReceived: number | null;
  /** That a packet is received where the one before it was lost: 1 / the mean length of bursts; `null` where none was lost. */
  readonly receivedAfterLoss: number | null;
}

export interface LossRunMetrics {
  /** Runs of losses without a received packet between them. */
  readonly bursts: number;
  /** Packets of a burst; `null`: nothing was lost. */
  readonly meanBurst: number | null;
  readonly longestBurst: number;
  /** Packets received between two bursts; `null` below two bursts. */
  readonly meanGap: number | null;
  readonly shortestGap: number | null;
  readonly gilbert: GilbertModel;
}

export class LossRuns {
  #received = 0;
  #lost = 0;
  #bursts = 0;
  #longest = 0;
  #shortestGap = Number.POSITIVE_INFINITY;
  /** Length of the run under way: of losses, or of received packets. The other one is 0. */
  #burst = 0;
  #gap = 0;
  /** The same of the first run. */
  #firstBurst = 0;
  #firstGap = 0;

  /** The next packet was received. */
  received(): void {
    if (this.#lost === 0) this.#firstGap++;
    this.#received++;
    this.#gap++;
    this.#burst = 0;
  }

  /** The next packet was lost. */
  lost(): void {
    if (this.#burst === 0) this.#beginBurst(this.#gap);
    if (this.#received === 0) this.#firstBurst++;
    this.#lost++;
    this.#burst++;
    this.#gap = 0;
    this.#longest = Math.max(this.#longest, this.#burst);
  }

  /** So many packets were lost before all that were noted. */
  lostFirst(packets: number): void {
    if (packets === 0) return;
    if (this.#firstBurst === 0) this.#beginBurst(this.#firstGap);
    this.#lost += packets;
    this.#firstBurst += packets;
    this.#firstGap = 0;
    if (this.#received === 0) this.#burst = this.#firstBurst;
    this.#longest = Math.max(this.#longest, this.#firstBurst);
  }

  get metrics(): LossRunMetrics {
    const bursts = this.#bursts;
    const gaps = bursts - 1;
    const beginsWithLoss = this.#firstBurst > 0 ? 1 : 0;
    const endsWithLoss = this.#burst > 0 ? 1 : 0;
    // The last packet has none after it.
    const afterReceived = this.#received - (this.#gap > 0 ? 1 : 0);
    const afterLoss = this.#lost - endsWithLoss;
    return {
      bursts,
      meanBurst: bursts === 0 ? null : this.#lost / bursts,
      longestBurst: this.#longest,
      meanGap: gaps < 1 ? null : (this.#received - this.#firstGap - this.#gap) / gaps,
      shortestGap: gaps < 1 ? null : this.#shortestGap,
      gilbert: {
        lossAfterReceived: afterReceived === 0 ? null : (bursts - beginsWithLoss) / afterReceived,
        receivedAfterLoss: afterLoss === 0 ? null : (bursts - endsWithLoss) / afterLoss,
      },
    };
  }

  /** @param gap packets between it and its neighbour, if there is one */
  #beginBurst(gap: number): void {
    if (this.#bursts > 0) this.#shortestGap = Math.min(this.#shortestGap, gap);
    this.#bursts++;
  }
}
