/** What is counted of one direction of a path while packets are matched. */
import { DelaySamples, type SampleRoom } from "./delay-samples.ts";
import { LossRuns } from "./loss-runs.ts";

/** Times of lost packets that are kept, to see what came before them. */
const MAX_LOSS_TIMES = 1 << 20;

export class PathDirection {
  samples: DelaySamples;
  readonly runs = new LossRuns();
  /** Packets that were recorded where they came from, and should have been where they went to. */
  sent = 0;
  lost = 0;
  /** Copies that arrived beyond those that were sent. */
  duplicated = 0;
  /** Packets that arrived, and were not recorded where they came from. */
  notRecorded = 0;
  /** SYNs that were matched. */
  opened = 0;
  /** When lost packets were sent, in the sender's clock, ns. */
  lossTimesNs: number[] = [];
  /** The longest delay of late, as far as the clocks are known, ns: it fades. */
  recentMaxNs = 0;

  readonly #newSamples: () => DelaySamples;

  constructor(isForward: boolean, baseNs: number, room?: SampleRoom) {
    this.#newSamples = () => new DelaySamples(isForward, baseNs, room);
    this.samples = this.#newSamples();
  }

  /** Hands over what was kept of packets, and begins anew: of a path under way only the latest are looked at. */
  takeSamples(): DelaySamples {
    const { samples } = this;
    this.samples = this.#newSamples();
    this.lossTimesNs = [];
    return samples;
  }

  noteDelay(delayNs: number): void {
    const faded = this.recentMaxNs * 0.999;
    this.recentMaxNs = delayNs > faded ? delayNs : faded;
  }

  noteReceived(): void {
    this.sent++;
    this.runs.received();
  }

  noteLost(timeNs: number): void {
    this.noteLostSometime(1);
    this.runs.lost();
    this.#noteLossTime(timeNs);
  }

  /** Losses before all other packets of the direction, or after them. @param timesNs when they were sent, as far as that was kept */
  noteLostAtEdge(packets: number, timesNs: readonly number[], isBefore: boolean): void {
    this.noteLostSometime(packets);
    if (isBefore) this.runs.lostFirst(packets);
    else for (let packet = 0; packet < packets; packet++) this.runs.lost();
    for (const timeNs of timesNs) this.#noteLossTime(timeNs);
  }

  /** Losses that are known too late to say between which packets. */
  noteLostSometime(packets: number): void {
    this.sent += packets;
    this.lost += packets;
  }

  #noteLossTime(timeNs: number): void {
    if (this.lossTimesNs.length < MAX_LOSS_TIMES) this.lossTimesNs.push(timeNs);
  }
}
