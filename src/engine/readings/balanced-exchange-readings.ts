import { MATCHED } from "./balancer-outcome.ts";
import { OctetsReading } from "./octets-reading.ts";
import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

/** Numbers of an attempt in `BalancedExchangeReadings.attempts`: address, port, and status (0 = none). */
export const ATTEMPT_ADDRESS: i32 = 0;
export const ATTEMPT_PORT: i32 = 1;
export const ATTEMPT_STATUS: i32 = 2;
export const ATTEMPT_SIZE: i32 = 3;

/** One client exchange of a balancer with what it caused. Addresses are numbers; durations in ns, NaN = not measured. */
export class BalancedExchangeReadings {
  client: f64 = 0;
  clientPort: f64 = 0;
  /** 1, 2, … on its connection. */
  exchange: f64 = 0;
  /** Of `balancer-outcome.ts`. */
  outcome: i32 = MATCHED;
  isUncertain: boolean = false;
  /** Of `methods.ts`, and the name of one that has no number. */
  method: f64 = 0;
  methodName: OctetsReading = new OctetsReading();
  /** 0 = none. */
  status: f64 = 0;
  /** In order of time, `ATTEMPT_SIZE` numbers each. */
  attempts: Float64Array = new Float64Array(0);
  /** Last byte of the request → first and last byte of the response, at the client's side. */
  timeToFirstByteNs: f64 = NaN;
  timeToLastByteNs: f64 = NaN;
  /** Begin of the last attempt → first and last byte of its response. */
  upstreamFirstByteNs: f64 = NaN;
  upstreamLastByteNs: f64 = NaN;
  addedTimeToFirstByteNs: f64 = NaN;
  addedTimeToLastByteNs: f64 = NaN;

  put(to: ReadingsWriter): void {
    to.put(this.client);
    to.put(this.clientPort);
    to.put(this.exchange);
    to.put(this.outcome);
    to.putFlag(this.isUncertain);
    to.put(this.method);
    this.methodName.put(to);
    to.put(this.status);
    to.putNumbers(this.attempts);
    to.put(this.timeToFirstByteNs);
    to.put(this.timeToLastByteNs);
    to.put(this.upstreamFirstByteNs);
    to.put(this.upstreamLastByteNs);
    to.put(this.addedTimeToFirstByteNs);
    to.put(this.addedTimeToLastByteNs);
  }

  take(from: ReadingsReader): void {
    this.client = from.number();
    this.clientPort = from.number();
    this.exchange = from.number();
    this.outcome = from.number() as i32;
    this.isUncertain = from.flag();
    this.method = from.number();
    this.methodName.take(from);
    this.status = from.number();
    this.attempts = from.numbers();
    this.timeToFirstByteNs = from.number();
    this.timeToLastByteNs = from.number();
    this.upstreamFirstByteNs = from.number();
    this.upstreamLastByteNs = from.number();
    this.addedTimeToFirstByteNs = from.number();
    this.addedTimeToLastByteNs = from.number();
  }
}
