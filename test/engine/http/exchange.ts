/** What the http room tells, in words. */
import type { ExchangeState } from "../../../src/metrics/exchanges/exchange-row.ts";
import type { Side } from "../tcp/side.ts";

/**
 * `OpenExchange` in words: one request and its response. Times are ns since the capture's first packet; −1 means not seen.
 * A response may begin before its request has ended, or (as recorded) before it has begun.
 */
export class Exchange {
  /** Connection slot and the side that sent the request. */
  connection = 0;
  clientSide: Side = 0;
  /** 0, 1, 2, … on its connection, in the order in which exchanges began; they may end in another one. */
  ordinal = 0;
  state: ExchangeState = "complete";
  /** Method as sent: methods are case-sensitive; empty for `responseOnly`. */
  method = "";
  /**
   * Request target as sent, latin-1, cut at 8192 bytes; empty for `responseOnly` or when `details` is off. Where the
   * request line was cut, what there is of it.
   */
  target = "";
  /** Host header; empty where absent or when `details` is off. */
  host = "";
  /** X-Request-ID / X-Forwarded-For request headers, cut at 1024 bytes as is Host; empty where absent or when `details` is off. */
  requestId = "";
  forwardedFor = "";
  /**
   * 32-bit hashes (`identityHash`) of the target as sent, of X-Request-ID, and of the last address in X-Forwarded-For;
   * 0 where absent. Filled whether or not `details` is on, so that the same request can be told on two connections.
   */
  targetHash = 0;
  requestIdHash = 0;
  forwardedForHash = 0;
  /** Status of the final response; 0 where none was seen, and for HTTP/0.9, which has none. */
  status = 0;
  /** Interim responses (1xx) seen before the final one. */
  interimResponses = 0;
  /** Time of the first byte of the request, and of the latest to be recorded: from then on it was whole. */
  requestStartNs = -1;
  requestEndNs = -1;
  /** The same of the final response. */
  responseStartNs = -1;
  responseEndNs = -1;
  /** Frame numbers (1, 2, … in the capture) of the four times, 0 where not seen. */
  requestStartFrame = 0;
  requestEndFrame = 0;
  responseStartFrame = 0;
  responseEndFrame = 0;
  /** Header and body bytes of each message, as they lie in the stream (chunk framing included). */
  requestBytes = 0;
  responseBytes = 0;
}

/** Who listens to the http room. */
export interface ExchangeSink {
  /**
   * A message was framed to its last byte, in the frame that is being processed; 1xx responses too. One that runs until
   * close is whole when the close comes: `timeNs` is then the close's.
   */
  message(connection: number, side: Side, kind: "request" | "response", timeNs: number): void;
  /**
   * A request's last byte was seen and it now waits for its response. Called once per request, for requests in flight
   * and totals while live; followed by exactly one `exchange` for it.
   * @param exchange what is known of it so far, its `connection` and `clientSide` not yet; to be copied, as below
   */
  request(connection: number, side: Side, exchange: Exchange | null): void;
  /** An exchange ended. The record may be reused after the call: copy what must last. */
  exchange(exchange: Exchange): void;
}
