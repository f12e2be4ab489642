import { ClientSideReadings } from "./client-side-readings.ts";
import { DistributionReadings } from "./distribution-readings.ts";
import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

/** What a balancer did between clients and backends. */
export class BalancerReadings {
  /** Number of its address. */
  address: f64 = -1;
  /** Number of the one from which it asks the backends. */
  upstreamAddress: f64 = -1;
  /** Exchanges that clients began with it: matched, answered by itself, or unfinished. */
  clientExchanges: f64 = 0;
  matched: f64 = 0;
  unfinished: f64 = 0;
  /** Those it answered itself: each status, ascending, and how often. */
  answeredItself: Float64Array = new Float64Array(0);
  uncertain: f64 = 0;
  /** Those for which it turned to more than one backend. */
  retried: f64 = 0;
  /** Attempts at backends that no client exchange explains. */
  upstreamOnly: f64 = 0;
  addedTimeToFirstByte: DistributionReadings = new DistributionReadings();
  addedTimeToLastByte: DistributionReadings = new DistributionReadings();
  retries: DistributionReadings = new DistributionReadings();
  clients: ClientSideReadings = new ClientSideReadings();

  put(to: ReadingsWriter): void {
    to.put(this.address);
    to.put(this.upstreamAddress);
    to.put(this.clientExchanges);
    to.put(this.matched);
    to.put(this.unfinished);
    to.putNumbers(this.answeredItself);
    to.put(this.uncertain);
    to.put(this.retried);
    to.put(this.upstreamOnly);
    this.addedTimeToFirstByte.put(to);
    this.addedTimeToLastByte.put(to);
    this.retries.put(to);
    this.clients.put(to);
  }

  take(from: ReadingsReader): void {
    this.address = from.number();
    this.upstreamAddress = from.number();
    this.clientExchanges = from.number();
    this.matched = from.number();
    this.unfinished = from.number();
    this.answeredItself = from.numbers();
    this.uncertain = from.number();
    this.retried = from.number();
    this.upstreamOnly = from.number();
    this.addedTimeToFirstByte.take(from);
    this.addedTimeToLastByte.take(from);
    this.retries.take(from);
    this.clients.take(from);
  }
}
