import { DistributionReadings } from "./distribution-readings.ts";
import { OctetsReading } from "./octets-reading.ts";
import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

/** Statuses of gRPC: 0 … 16, and, last, calls that ended without one. */
export const GRPC_STATUSES: i32 = 18;
export const NO_STATUS: i32 = 17;

/** The calls of one gRPC method. */
export class GrpcReadings {
  /** Its path, `/shop.Cart/Add`; empty for those of all methods that are too many. */
  readonly path: OctetsReading = new OctetsReading();
  calls: f64 = 0;
  /** Calls by status. */
  statuses: Float64Array = new Float64Array(GRPC_STATUSES);
  /** Messages of requests and of responses. */
  requestMessages: f64 = 0;
  responseMessages: f64 = 0;
  /** First to last call's begin. */
  spanNs: f64 = 0;
  /** Until the first and the last message of the response was whole. */
  firstMessage: DistributionReadings = new DistributionReadings();
  lastMessage: DistributionReadings = new DistributionReadings();

  put(to: ReadingsWriter): void {
    this.path.put(to);
    to.put(this.calls);
    to.putNumbers(this.statuses);
    to.put(this.requestMessages);
    to.put(this.responseMessages);
    to.put(this.spanNs);
    this.firstMessage.put(to);
    this.lastMessage.put(to);
  }

  take(from: ReadingsReader): void {
    this.path.take(from);
    this.calls = from.number();
    this.statuses = from.numbers();
    this.requestMessages = from.number();
    this.responseMessages = from.number();
    this.spanNs = from.number();
    this.firstMessage.take(from);
    this.lastMessage.take(from);
  }
}
