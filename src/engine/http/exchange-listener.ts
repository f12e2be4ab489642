import type { OpenExchange } from "./open-exchange.ts";

/** Who listens to the http room. */
export interface ExchangeListener {
  /**
   * A message was framed to its last byte, in the frame that is being processed; 1xx responses too. One that runs until
   * close is whole when the close comes: `timeNs` is then the close's.
   */
  message(connection: i32, side: i32, isRequest: boolean, timeNs: f64): void;
  /**
   * A request's last byte was seen and it now waits for its response. Called once per request, for requests in flight
   * and totals while live; followed by exactly one `exchange` for it.
   * @param exchange what is known of it so far, its `connection` and `clientSide` not yet; to be copied, as below
   */
  request(connection: i32, side: i32, exchange: OpenExchange | null): void;
  /** An exchange ended. The record may be used again after the call: copy what must last. */
  exchange(exchange: OpenExchange): void;
  /**
   * The connection speaks this protocol, of `protocol-readings.ts`. Told once or more.
   * @param clientSide the side of the client, −1 where unknown
   */
  speaks(connection: i32, clientSide: i32, protocol: i32): void;
  /** HTTP/2: frames of this side were whole in the frame that is being processed, at `timeNs`. */
  http2Frames(connection: i32, side: i32, clientSide: i32, timeNs: f64): void;
  /** HTTP/2: a PING of this side was acknowledged. */
  ping(connection: i32, side: i32, roundTripNs: f64): void;
}
