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
  #lost = 0;
  #bursts = 0;
  #longest = 0;
  /** Lengths of the run under way: of losses, or of received packets. */
  #burst = 0;
  #gap = 0;
  #gaps = 0;
  #gapPackets = 0;
  #shortestGap = Number.POSITIVE_INFINITY;
  /** Cases of the model: what followed a received packet, and a lost one. */
  #afterReceived = 0;
  #afterLost = 0;
  #recoveries = 0;
  #breaks = 0;
  #isBegun = false;

  received(): void {
    if (this.#burst > 0) {
      this.#afterLost++;
      this.#recoveries++;
      this.#burst = 0;
      this.#gap = 0;
    } else if (this.#isBegun) this.#afterReceived++;
    this.#gap++;
    this.#isBegun = true;
  }

  lost(): void {
    this.#lost++;
    if (this.#burst > 0) this.#afterLost++;
    else {
      if (this.#isBegun) {
        this.#afterReceived++;
        this.#breaks++;
      }
      if (this.#bursts > 0) this.#noteGap();
      this.#bursts++;
    }
    this.#burst++;
    this.#longest = Math.max(this.#longest, this.#burst);
    this.#isBegun = true;
  }

  get metrics(): LossRunMetrics {
    const bursts = this.#bursts;
    return {
      bursts,
      meanBurst: bursts === 0 ? null : this.#lost / bursts,
      longestBurst: this.#longest,
      meanGap: this.#gaps === 0 ? null : this.#gapPackets / this.#gaps,
      shortestGap: this.#gaps === 0 ? null : this.#shortestGap,
      gilbert: {
        lossAfterReceived: this.#afterReceived === 0 ? null : this.#breaks / this.#afterReceived,
        receivedAfterLoss: this.#afterLost === 0 ? null : this.#recoveries / this.#afterLost,
      },
    };
  }

  #noteGap(): void {
    this.#gaps++;
    this.#gapPackets += this.#gap;
    this.#shortestGap = Math.min(this.#shortestGap, this.#gap);
  }
}
