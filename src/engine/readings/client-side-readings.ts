import { DistributionReadings } from "./distribution-readings.ts";
import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

/** What clients got of a balancer. */
export class ClientSideReadings {
  /** Exchanges without a whole answer, or with status 5xx. */
  failed: f64 = 0;
  timeToFirstByte: DistributionReadings = new DistributionReadings();
  timeToLastByte: DistributionReadings = new DistributionReadings();
  /** Clients' addresses that some backend answered, and those of them that several did. */
  addresses: f64 = 0;
  addressesAtSeveral: f64 = 0;

  put(to: ReadingsWriter): void {
    to.put(this.failed);
    this.timeToFirstByte.put(to);
    this.timeToLastByte.put(to);
    to.put(this.addresses);
    to.put(this.addressesAtSeveral);
  }

  take(from: ReadingsReader): void {
    this.failed = from.number();
    this.timeToFirstByte.take(from);
    this.timeToLastByte.take(from);
    this.addresses = from.number();
    this.addressesAtSeveral = from.number();
  }
}
