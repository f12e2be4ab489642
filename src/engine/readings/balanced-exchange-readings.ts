import { MATCHED } from "./balancer-outcome.ts";
import { OctetsReading } from "./octets-reading.ts";
import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

/** Numbers of an attempt in `BalancedExchangeReadings.attempts`: address, port, and status (0 = none), … */
export const ATTEMPT_ADDRESS: i32 = 0;
export const ATTEMPT_PORT: i32 = 1;
export const ATTEMPT_STATUS: i32 = 2;
/** … connection (1, 2, … by its first frame), and exchange on it (1, 2, …; 0 = no request was sent), … */
export const ATTEMPT_CONNECTION: i32 = 3;
export const ATTEMPT_EXCHANGE: i32 = 4;
/** … and since its begin, in ns (NaN = not measured): when the request was sent on a connection opened for it, … */
export const ATTEMPT_CONNECT_NS: i32 = 5;
/** … first and last byte of the response; without a response, when the balancer learned that there would be none. */
export const ATTEMPT_FIRST_BYTE_NS: i32 = 6;
export const ATTEMPT_LAST_BYTE_NS: i32 = 7;
export const ATTEMPT_SIZE: i32 = 8;

/** One client exchange of a balancer with what it caused. Addresses are numbers; durations in ns, NaN = not measured. */
export class BalancedExchangeReadings {
  client: f64 = 0;
  clientPort: f64 = 0;
  /** 1, 2, … by the connection's first frame in the capture. */
  connection: f64 = 0;
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
  /** Last byte of the request → begin of the first attempt. */
  waitBeforeNs: f64 = NaN;
  /** First byte of the answering attempt's response → first byte of the response. */
  waitAfterNs: f64 = NaN;
  addedTimeToFirstByteNs: f64 = NaN;
  addedTimeToLastByteNs: f64 = NaN;

  put(to: ReadingsWriter): void {
    to.put(this.client);
    to.put(this.clientPort);
    to.put(this.connection);
    to.put(this.exchange);
    to.put(this.outcome);
    to.putFlag(this.isUncertain);
    to.put(this.method);
    this.methodName.put(to);
    to.put(this.status);
    to.putNumbers(this.attempts);
    to.put(this.timeToFirstByteNs);
    to.put(this.timeToLastByteNs);
    to.put(this.waitBeforeNs);
    to.put(this.waitAfterNs);
    to.put(this.addedTimeToFirstByteNs);
    to.put(this.addedTimeToLastByteNs);
  }

  take(from: ReadingsReader): void {
    this.client = from.number();
    this.clientPort = from.number();
    this.connection = from.number();
    this.exchange = from.number();
    this.outcome = from.number() as i32;
    this.isUncertain = from.flag();
    this.method = from.number();
    this.methodName.take(from);
    this.status = from.number();
    this.attempts = from.numbers();
    this.timeToFirstByteNs = from.number();
    this.timeToLastByteNs = from.number();
    this.waitBeforeNs = from.number();
    this.waitAfterNs = from.number();
    this.addedTimeToFirstByteNs = from.number();
    this.addedTimeToLastByteNs = from.number();
  }
}
