import { DirectionReadings } from "./direction-readings.ts";
import { DistributionReadings } from "./distribution-readings.ts";
import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

/** TCP between a source and a destination. */
export class TransportReadings {
  /** First to last frame of either direction; −∞ without any. */
  spanNs: f64 = 0;
  toBackend: DirectionReadings = new DirectionReadings();
  fromBackend: DirectionReadings = new DirectionReadings();
  /** Handshake segments that either direction may have lost; none of them is in its counts. */
  lossesEitherWay: f64 = 0;
  /** SYNs to the backend that were lost, or else two SYN/ACKs from there for each; none of them is in its counts. */
  lossesOfOneOrTwo: f64 = 0;
  /** SYN → SYN/ACK; data to the backend → its ACK, without and with data; data from the backend → its ACK without data. */
  handshakes: DistributionReadings = new DistributionReadings();
  /** The first SYN → SYN/ACK, also where it was sent again. */
  connects: DistributionReadings = new DistributionReadings();
  roundTrips: DistributionReadings = new DistributionReadings();
  answeredRoundTrips: DistributionReadings = new DistributionReadings();
  sourceRoundTrips: DistributionReadings = new DistributionReadings();
  connections: f64 = 0;
  failedHandshakes: f64 = 0;

  put(to: ReadingsWriter): void {
    to.put(this.spanNs);
    this.toBackend.put(to);
    this.fromBackend.put(to);
    to.put(this.lossesEitherWay);
    to.put(this.lossesOfOneOrTwo);
    this.handshakes.put(to);
    this.connects.put(to);
    this.roundTrips.put(to);
    this.answeredRoundTrips.put(to);
    this.sourceRoundTrips.put(to);
    to.put(this.connections);
    to.put(this.failedHandshakes);
  }

  take(from: ReadingsReader): void {
    this.spanNs = from.number();
    this.toBackend.take(from);
    this.fromBackend.take(from);
    this.lossesEitherWay = from.number();
    this.lossesOfOneOrTwo = from.number();
    this.handshakes.take(from);
    this.connects.take(from);
    this.roundTrips.take(from);
    this.answeredRoundTrips.take(from);
    this.sourceRoundTrips.take(from);
    this.connections = from.number();
    this.failedHandshakes = from.number();
  }
}
