import { DistributionReadings } from "./distribution-readings.ts";
import { GrpcReadings } from "./grpc-readings.ts";
import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

/** What only HTTP/2 has, between a source and a destination. */
export class Http2Readings {
  /** Exchanges that were streams. */
  exchanges: f64 = 0;
  /** How long those waited for WINDOW_UPDATE that did. */
  stalls: DistributionReadings = new DistributionReadings();
  /** Round trips of the source's PING. */
  pings: DistributionReadings = new DistributionReadings();
  /** By method, in the order of their first call. */
  grpc: GrpcReadings[] = [];

  put(to: ReadingsWriter): void {
    to.put(this.exchanges);
    this.stalls.put(to);
    this.pings.put(to);
    to.put(this.grpc.length);
    for (let index: i32 = 0; index < this.grpc.length; index++) (this.grpc[index] as GrpcReadings).put(to);
  }

  take(from: ReadingsReader): void {
    this.exchanges = from.number();
    this.stalls.take(from);
    this.pings.take(from);
    const methods = from.number() as i32;
    for (let index: i32 = 0; index < methods; index++) {
      const method = new GrpcReadings();
      method.take(from);
      this.grpc.push(method);
    }
  }
}
