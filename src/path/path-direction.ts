/** What is counted of one direction of a path while packets are matched. */
import { DelaySamples } from "./delay-samples.ts";
import { LossRuns } from "./loss-runs.ts";

/** Times of lost packets that are kept, to see what came before them. */
const MAX_LOSS_TIMES = 1 << 20;

export class PathDirection {
  readonly samples: DelaySamples;
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
  readonly lossTimesNs: number[] = [];
  /** The longest delay of late, as far as the clocks are known, ns: it fades. */
  recentMaxNs = 0;

  constructor(isForward: boolean, baseNs: number) {
    this.samples = new DelaySamples(isForward, baseNs);
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
