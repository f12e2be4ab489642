import * as ExchangeState from "./exchange-state.ts";
import { TRAITS } from "./message-traits.ts";
import * as Method from "./methods.ts";

/** Records that are kept for reuse. */
const MAX_SPARE: i32 = 16_384;
/** Open exchanges over all connections; beyond it a connection on which many wait lets them go when it adds one. */
const MAX_OPEN: i32 = 16_384;
/** Bytes of details that open exchanges may hold together. */
const MAX_DETAIL_BYTES: i32 = 64 * 1024 * 1024;

/**
 * The http room's noun: one request and its response, while it goes on and when it ends. Times are ns since the capture's
 * first packet; −1 means not seen. A response may begin before its request has ended, or (as recorded) before it has begun.
 * Each half is *done* when it was framed, cut, or is no longer expected.
 */
export class OpenExchange {
  /** Connection slot and the side that sent the request. */
  connection: i32 = 0;
  clientSide: i32 = 0;
  /** 0, 1, 2, … on its connection, in the order in which exchanges began; they may end in another one. */
  ordinal: i32 = 0;
  /** Of `exchange-state.ts`. */
  state: i32 = ExchangeState.COMPLETE;
  /** Of `methods.ts`; `UNKNOWN` where there is no request, too. */
  method: i32 = Method.UNKNOWN;
  /** Octets of an unknown method's name. */
  methodName: Uint8Array | null = null;
  /**
   * Octets of a request's details; `null` where absent or empty, or when details are off. The target is cut at 8192 bytes,
   * the fields at 1024; of a request line that was cut, there is what there is.
   */
  target: Uint8Array | null = null;
  host: Uint8Array | null = null;
  requestId: Uint8Array | null = null;
  forwardedFor: Uint8Array | null = null;
  /**
   * Hashes (`identityHash`) of the target as sent, of X-Request-ID, and of the last address in X-Forwarded-For; 0 where
   * absent. Filled whether or not details are on, so that the same request can be told on two connections.
   */
  targetHash: i32 = 0;
  requestIdHash: i32 = 0;
  forwardedForHash: i32 = 0;
  /** By what else the exchange is known again, of `message-traits.ts`. */
  readonly traits: Int32Array = new Int32Array(TRAITS);
  /** The request says that its connection is kept for no other: `Connection: close`. */
  isLast: boolean = false;
  /** Hash of the kind of request: its path without digits and without query (`pathHash`). */
  pathHash: i32 = 0;
  /** Status of the final response; 0 where none was seen, and for HTTP/0.9, which has none. */
  status: i32 = 0;
  /** Interim responses (1xx) seen before the final one. */
  interimResponses: i32 = 0;
  /** Time of the first byte of the request, and of the latest to be recorded: from then on it was whole. */
  requestStartNs: f64 = -1;
  requestEndNs: f64 = -1;
  /** The same of the final response. */
  responseStartNs: f64 = -1;
  responseEndNs: f64 = -1;
  /** Frame numbers (1, 2, … in the capture) of the four times, 0 where not seen. */
  requestStartFrame: i32 = 0;
  requestEndFrame: i32 = 0;
  responseStartFrame: i32 = 0;
  responseEndFrame: i32 = 0;
  /** It is a stream of HTTP/2. */
  isHttp2: boolean = false;
  /** Of HTTP/2: when its stream was reset, or its connection ended before it; −1 = neither. */
  cutNs: f64 = -1;
  /** Of HTTP/2: how long it waited for WINDOW_UPDATE, in all. */
  stalledNs: f64 = 0;
  /** It is a gRPC call. */
  isGrpc: boolean = false;
  /** grpc-status, 0 … 16; −1 = none was seen. */
  grpcStatus: i32 = -1;
  /** gRPC's messages in each direction, and when the first and the last one of the response were whole; −1 = none. */
  requestMessages: i32 = 0;
  responseMessages: i32 = 0;
  firstMessageNs: f64 = -1;
  lastMessageNs: f64 = -1;
  /** Header and body bytes of each message, as they lie in the stream (chunk framing included). */
  requestBytes: f64 = 0;
  responseBytes: f64 = 0;

  hasRequest: boolean = false;
  hasResponse: boolean = false;
  requestDone: boolean = false;
  responseDone: boolean = false;
  /** An HTTP/0.9 request. */
  isSimple: boolean = false;
  /** The place of its first half among the messages of its direction, or of the other half's, is not sure. */
  isDoubtful: boolean = false;
  /** A response may have been lost since the request came. */
  mayHaveAnswer: boolean = false;
  /** The two halves were put together because one followed the other. */
  isGuess: boolean = false;
  /** A guess, or a request whose response can't be told from others. */
  isUncertain: boolean = false;
  /** The connection ended within request or response. */
  isCut: boolean = false;
  /** The capture ended within request or response. */
  isRunning: boolean = false;
  /** It has a status that was not captured: HTTP/2 sent it before, in what is missing. */
  hasUnknownStatus: boolean = false;
  /** Framing of request or response was faulty. */
  isMalformed: boolean = false;
  /** Bytes of a body are missing. */
  hasHole: boolean = false;
  /** Its request came when the client had taken more of the responses than was read so far. */
  isAfterHole: boolean = false;
  /** Not in the connection's queue: only one half is expected. */
  isDetached: boolean = false;
  detailBytes: i32 = 0;

  /** A final response was seen that says how it went, if only by its times. */
  get isAnswered(): boolean {
    return this.status > 0 || this.hasUnknownStatus;
  }

  /** As new, but for the connection. */
  reset(): void {
    this.ordinal = 0;
    this.state = ExchangeState.COMPLETE;
    this.method = Method.UNKNOWN;
    this.methodName = null;
    this.target = null;
    this.host = null;
    this.requestId = null;
    this.forwardedFor = null;
    this.targetHash = 0;
    this.requestIdHash = 0;
    this.forwardedForHash = 0;
    this.traits.fill(0);
    this.isLast = false;
    this.pathHash = 0;
    this.status = 0;
    this.interimResponses = 0;
    this.requestStartNs = -1;
    this.requestEndNs = -1;
    this.responseStartNs = -1;
    this.responseEndNs = -1;
    this.requestStartFrame = 0;
    this.requestEndFrame = 0;
    this.responseStartFrame = 0;
    this.responseEndFrame = 0;
    this.isHttp2 = false;
    this.cutNs = -1;
    this.stalledNs = 0;
    this.isGrpc = false;
    this.grpcStatus = -1;
    this.requestMessages = 0;
    this.responseMessages = 0;
    this.firstMessageNs = -1;
    this.lastMessageNs = -1;
    this.requestBytes = 0;
    this.responseBytes = 0;
    this.hasRequest = false;
    this.hasResponse = false;
    this.requestDone = false;
    this.responseDone = false;
    this.isSimple = false;
    this.isDoubtful = false;
    this.mayHaveAnswer = false;
    this.isGuess = false;
    this.isUncertain = false;
    this.isCut = false;
    this.isRunning = false;
    this.hasUnknownStatus = false;
    this.isMalformed = false;
    this.hasHole = false;
    this.isAfterHole = false;
    this.isDetached = false;
    this.detailBytes = 0;
  }
}

/** Open exchanges of all connections, used again and again. */
export class ExchangePool {
  private readonly spare: OpenExchange[] = [];
  private open: i32 = 0;
  private detailBytes: i32 = 0;

  /**
   * Whether a connection should open no more before some have ended: all have too many together, and it has its share of them.
   * @param open those of the connection
   * @param share what a connection may have where all have just as many as they should; the more they have, the less
   */
  isFullFor(open: i32, share: i32): boolean {
    const all: f64 = this.open;
    return this.open >= MAX_OPEN && open * all >= MAX_OPEN * (share as f64);
  }

  take(): OpenExchange {
    this.open++;
    return this.spare.length > 0 ? (this.spare.pop() as OpenExchange) : new OpenExchange();
  }

  release(exchange: OpenExchange): void {
    this.open--;
    this.detailBytes -= exchange.detailBytes;
    if (this.spare.length < MAX_SPARE) {
      exchange.reset();
      this.spare.push(exchange);
    }
  }

  /** Whether `exchange` may hold details of `bytes` in all; if so, they are counted. */
  grantDetails(exchange: OpenExchange, bytes: i32): boolean {
    if (this.detailBytes + bytes > MAX_DETAIL_BYTES) return false;
    exchange.detailBytes += bytes;
    this.detailBytes += bytes;
    return true;
  }
}
