import { ChoiceReadings } from "./choice-readings.ts";
import { DistributionReadings } from "./distribution-readings.ts";
import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

/** Several pairs together: what can't be told from the readings of each. */
export class TogetherReadings {
  timeToFirstByte: DistributionReadings = new DistributionReadings();
  timeToLastByte: DistributionReadings = new DistributionReadings();
  handshakes: DistributionReadings = new DistributionReadings();
  roundTrips: DistributionReadings = new DistributionReadings();
  /** Of the pairs' sources. */
  choices: ChoiceReadings = new ChoiceReadings();

  put(to: ReadingsWriter): void {
    this.timeToFirstByte.put(to);
    this.timeToLastByte.put(to);
    this.handshakes.put(to);
    this.roundTrips.put(to);
    this.choices.put(to);
  }

  take(from: ReadingsReader): void {
    this.timeToFirstByte.take(from);
    this.timeToLastByte.take(from);
    this.handshakes.take(from);
    this.roundTrips.take(from);
    this.choices.take(from);
  }
}
