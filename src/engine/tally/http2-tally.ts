/** What only HTTP/2 and gRPC have, of a conversation: made with its first stream. */
import type { OpenExchange } from "../http/open-exchange.ts";
import { Http2Readings } from "../readings/http2-readings.ts";
import { GrpcMethod } from "./grpc-method.ts";
import { Samples } from "./samples/samples.ts";

/** Methods of gRPC that are told apart; the calls of further ones count together. */
const MAX_METHODS: i32 = 64;
/** The hash of none of them, under which these count. */
const OTHERS: i32 = 0;

export class Http2Tally {
  private exchanges: i32 = 0;
  private stalls: Samples = new Samples();
  private pings: Samples = new Samples();
  /** In the order of their first call, and by the hash of their path. */
  private readonly methods: GrpcMethod[] = [];
  private readonly hashes: i32[] = [];

  copy(): Http2Tally {
    const copy = new Http2Tally();
    copy.exchanges = this.exchanges;
    copy.stalls = this.stalls.copy();
    copy.pings = this.pings.copy();
    for (let index: i32 = 0; index < this.methods.length; index++) {
      copy.methods.push((this.methods[index] as GrpcMethod).copy());
      copy.hashes.push(this.hashes[index] as i32);
    }
    return copy;
  }

  /** A stream ended. */
  exchange(exchange: OpenExchange): void {
    this.exchanges++;
    if (exchange.stalledNs > 0) this.stalls.add(exchange.stalledNs);
    if (exchange.isGrpc) this.method(exchange).add(exchange);
  }

  /** A PING of the source was acknowledged. */
  ping(roundTripNs: f64): void {
    this.pings.add(roundTripNs);
  }

  readings(): Http2Readings {
    const readings = new Http2Readings();
    readings.exchanges = this.exchanges;
    readings.stalls = this.stalls.distribution();
    readings.pings = this.pings.distribution();
    for (let index: i32 = 0; index < this.methods.length; index++)
      readings.grpc.push((this.methods[index] as GrpcMethod).readings());
    return readings;
  }

  private method(call: OpenExchange): GrpcMethod {
    const place = this.hashes.indexOf(call.targetHash);
    if (place !== -1) return this.methods[place] as GrpcMethod;
    if (this.methods.length < MAX_METHODS) return this.add(call.targetHash, call.target);
    const others = this.hashes.indexOf(OTHERS);
    return others !== -1 ? (this.methods[others] as GrpcMethod) : this.add(OTHERS, null);
  }

  private add(hash: i32, path: Uint8Array | null): GrpcMethod {
    const method = new GrpcMethod(path);
    this.hashes.push(hash);
    this.methods.push(method);
    return method;
  }
}
