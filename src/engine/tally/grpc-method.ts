import type { OpenExchange } from "../http/open-exchange.ts";
import { GRPC_STATUSES, GrpcReadings, NO_STATUS } from "../readings/grpc-readings.ts";
import { Samples } from "./samples/samples.ts";

/** The calls of one gRPC method, counted and timed. */
export class GrpcMethod {
  private readonly path: Uint8Array | null;
  private calls: i32 = 0;
  private statuses: Float64Array = new Float64Array(GRPC_STATUSES);
  private requestMessages: f64 = 0;
  private responseMessages: f64 = 0;
  private firstNs: f64 = Infinity;
  private lastNs: f64 = -Infinity;
  private firstMessage: Samples = new Samples();
  private lastMessage: Samples = new Samples();

  constructor(path: Uint8Array | null) {
    this.path = path;
  }

  copy(): GrpcMethod {
    const copy = new GrpcMethod(this.path);
    copy.calls = this.calls;
    copy.statuses = this.statuses.slice(0);
    copy.requestMessages = this.requestMessages;
    copy.responseMessages = this.responseMessages;
    copy.firstNs = this.firstNs;
    copy.lastNs = this.lastNs;
    copy.firstMessage = this.firstMessage.copy();
    copy.lastMessage = this.lastMessage.copy();
    return copy;
  }

  /** Counts a call that ended. */
  add(call: OpenExchange): void {
    const status: i32 = call.grpcStatus < 0 ? NO_STATUS : call.grpcStatus;
    this.calls++;
    this.statuses[status] = (this.statuses[status] as f64) + 1;
    this.requestMessages += call.requestMessages;
    this.responseMessages += call.responseMessages;
    const beginNs = call.requestStartNs;
    if (beginNs < 0) return;
    this.firstNs = Math.min(this.firstNs, beginNs);
    this.lastNs = Math.max(this.lastNs, beginNs);
    if (call.firstMessageNs < 0) return;
    // Where the client streams, the answer may begin before it has ended: then its begin counts.
    const endNs = call.requestEndNs;
    const fromNs: f64 = endNs >= 0 && endNs <= call.firstMessageNs ? endNs : beginNs;
    this.firstMessage.add(Math.max(0, call.firstMessageNs - fromNs));
    this.lastMessage.add(Math.max(0, call.lastMessageNs - fromNs));
  }

  readings(): GrpcReadings {
    const readings = new GrpcReadings();
    readings.path.octets = this.path;
    readings.calls = this.calls;
    readings.statuses = this.statuses;
    readings.requestMessages = this.requestMessages;
    readings.responseMessages = this.responseMessages;
    readings.spanNs = this.lastNs - this.firstNs;
    readings.firstMessage = this.firstMessage.distribution();
    readings.lastMessage = this.lastMessage.distribution();
    return readings;
  }
}
