import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

// What connections speak, by number. A connection may speak several: HTTP/1 that was decrypted counts for three.
export const TLS: i32 = 0;
export const HTTP2: i32 = 1;
export const HTTP1: i32 = 2;
/** On HTTP/2. */
export const GRPC: i32 = 3;
/** After HTTP/1's or HTTP/2's handshake for it. */
export const WEBSOCKET: i32 = 4;
/** TLS whose content was read. */
export const DECRYPTED_TLS: i32 = 5;
/** None of these. */
export const OTHER: i32 = 6;
export const PROTOCOLS: i32 = 7;

/** The connections to one server that speak one protocol. */
export class ProtocolReadings {
  protocol: i32 = TLS;
  /** Number of the server's address, and its port. */
  address: i32 = 0;
  port: i32 = 0;
  connections: f64 = 0;
  /** The frame that showed the protocol first. */
  firstFrame: i32 = 0;

  put(to: ReadingsWriter): void {
    to.put(this.protocol);
    to.put(this.address);
    to.put(this.port);
    to.put(this.connections);
    to.put(this.firstFrame);
  }

  take(from: ReadingsReader): void {
    this.protocol = from.number() as i32;
    this.address = from.number() as i32;
    this.port = from.number() as i32;
    this.connections = from.number();
    this.firstFrame = from.number() as i32;
  }
}
