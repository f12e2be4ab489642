import { DistributionReadings } from "./distribution-readings.ts";
import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

/** Numbers of each address in `roles`: itself, connections as client, as server, to backends, to and from the balancer. */
export const ROLE_SIZE: i32 = 6;

/** Who asks whom, and which connections were recorded on both sides of an address translation. */
export class SidesReadings {
  /** Where the user named balancer or backends. */
  roles: Float64Array = new Float64Array(0);
  /** Connections recorded before and after their addresses were translated. */
  translated: f64 = 0;
  /** Of the first of them: address and port that the client asked, and those to which it was passed on. */
  translatedEnds: Float64Array = new Float64Array(0);
  /** The SYN before → the same after. */
  forwarding: DistributionReadings = new DistributionReadings();

  put(to: ReadingsWriter): void {
    to.putNumbers(this.roles);
    to.put(this.translated);
    to.putNumbers(this.translatedEnds);
    this.forwarding.put(to);
  }

  take(from: ReadingsReader): void {
    this.roles = from.numbers();
    this.translated = from.number();
    this.translatedEnds = from.numbers();
    this.forwarding.take(from);
  }
}
