import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

/** Which backends a source chose while they had unequal numbers of its requests open. */
export class ChoiceReadings {
  /** Choices made then. */
  uneven: f64 = 0;
  /** Those of a backend with the fewest. */
  leastLoaded: f64 = 0;
  /** How many that would be if each available backend were as likely. */
  leastLoadedByChance: f64 = 0;

  add(other: ChoiceReadings): void {
    this.uneven += other.uneven;
    this.leastLoaded += other.leastLoaded;
    this.leastLoadedByChance += other.leastLoadedByChance;
  }

  put(to: ReadingsWriter): void {
    to.put(this.uneven);
    to.put(this.leastLoaded);
    to.put(this.leastLoadedByChance);
  }

  take(from: ReadingsReader): void {
    this.uneven = from.number();
    this.leastLoaded = from.number();
    this.leastLoadedByChance = from.number();
  }
}
