import { OctetsReading } from "./octets-reading.ts";
import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

/** One exchange, as it ended: a row of `--exchanges`. Addresses are numbers, times in ns since the capture's first packet. */
export class ExchangeReadings {
  /** Destination and port of its pair: −1 where it is in none, port 0 = all. */
  pairDestination: f64 = -1;
  pairPort: f64 = 0;
  client: f64 = 0;
  clientPort: f64 = 0;
  server: f64 = 0;
  serverPort: f64 = 0;
  /** 1, 2, … by the connection's first frame in the capture. */
  connection: f64 = 0;
  /** 0, 1, … on its connection. */
  ordinal: f64 = 0;
  /** Of `exchange-state.ts`. */
  state: f64 = 0;
  /** Of `methods.ts`, and the name of one that has no number. */
  method: f64 = 0;
  methodName: OctetsReading = new OctetsReading();
  target: OctetsReading = new OctetsReading();
  host: OctetsReading = new OctetsReading();
  /** 0 = none. */
  status: f64 = 0;
  /** gRPC's, −1 = none. */
  grpcStatus: f64 = -1;
  /** Waits for WINDOW_UPDATE, in all. */
  stalledNs: f64 = 0;
  interimResponses: f64 = 0;
  /** First and last byte of request and response; −1 = not seen. */
  requestStartNs: f64 = -1;
  requestEndNs: f64 = -1;
  responseStartNs: f64 = -1;
  responseEndNs: f64 = -1;
  /** Frames of the request's last byte, and of the response's first and last one; 0 = none. */
  requestEndFrame: f64 = 0;
  responseStartFrame: f64 = 0;
  responseEndFrame: f64 = 0;
  requestBytes: f64 = 0;
  responseBytes: f64 = 0;

  put(to: ReadingsWriter): void {
    to.put(this.pairDestination);
    to.put(this.pairPort);
    to.put(this.client);
    to.put(this.clientPort);
    to.put(this.server);
    to.put(this.serverPort);
    to.put(this.connection);
    to.put(this.ordinal);
    to.put(this.state);
    to.put(this.method);
    this.methodName.put(to);
    this.target.put(to);
    this.host.put(to);
    to.put(this.status);
    to.put(this.grpcStatus);
    to.put(this.stalledNs);
    to.put(this.interimResponses);
    to.put(this.requestStartNs);
    to.put(this.requestEndNs);
    to.put(this.responseStartNs);
    to.put(this.responseEndNs);
    to.put(this.requestEndFrame);
    to.put(this.responseStartFrame);
    to.put(this.responseEndFrame);
    to.put(this.requestBytes);
    to.put(this.responseBytes);
  }

  take(from: ReadingsReader): void {
    this.pairDestination = from.number();
    this.pairPort = from.number();
    this.client = from.number();
    this.clientPort = from.number();
    this.server = from.number();
    this.serverPort = from.number();
    this.connection = from.number();
    this.ordinal = from.number();
    this.state = from.number();
    this.method = from.number();
    this.methodName.take(from);
    this.target.take(from);
    this.host.take(from);
    this.status = from.number();
    this.grpcStatus = from.number();
    this.stalledNs = from.number();
    this.interimResponses = from.number();
    this.requestStartNs = from.number();
    this.requestEndNs = from.number();
    this.responseStartNs = from.number();
    this.responseEndNs = from.number();
    this.requestEndFrame = from.number();
    this.responseStartFrame = from.number();
    this.responseEndFrame = from.number();
    this.requestBytes = from.number();
    this.responseBytes = from.number();
  }
}
