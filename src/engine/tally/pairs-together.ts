/** Several pairs together: samples of all of them, put into one distribution when it is asked for. */
import { TogetherReadings } from "../readings/together-readings.ts";
import type { SourceChoices } from "./balancer/backend-choices.ts";
import type { Pair } from "./pair.ts";
import { Samples } from "./samples/samples.ts";

export class PairsTogether {
  private readonly timeToFirstByte: Samples = new Samples();
  private readonly timeToLastByte: Samples = new Samples();
  private readonly handshakes: Samples = new Samples();
  private readonly roundTrips: Samples = new Samples();
  private readonly sources: SourceChoices[] = [];

  add(pair: Pair): void {
    const conversation = pair.conversation;
    conversation.exchanges.addTimesTo(this.timeToFirstByte, this.timeToLastByte);
    conversation.addRoundTripsTo(this.handshakes, this.roundTrips);
    const source = pair.load.source;
    if (!this.sources.includes(source)) this.sources.push(source);
  }

  readings(): TogetherReadings {
    const readings = new TogetherReadings();
    readings.timeToFirstByte = this.timeToFirstByte.distribution();
    readings.timeToLastByte = this.timeToLastByte.distribution();
    readings.handshakes = this.handshakes.distribution();
    readings.roundTrips = this.roundTrips.distribution();
    const sources = this.sources;
    for (let index: i32 = 0; index < sources.length; index++)
      readings.choices.add((sources[index] as SourceChoices).readings());
    return readings;
  }
}
