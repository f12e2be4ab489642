import * as ExchangeState from "./exchange-state.ts";
import * as Method from "./methods.ts";

/** Records that are kept for reuse. */
const MAX_SPARE: i32 = 1024;
/** Open exchanges over all connections; beyond it a connection that adds one lets its waiting ones go. */
const MAX_OPEN: i32 = 200_000;
/** Bytes of details that open exchanges may hold together. */
const MAX_DETAIL_BYTES: i32 = 64 * 1024 * 1024;

/**
 * An exchange that is still going on, and what is handed on of it when it ends: `Exchange` in `exchange.ts` says what
 * the fields of that name mean. Each half is *done* when it was framed, cut, or is no longer expected.
 */
export class OpenExchange {
  connection: i32 = 0;
  clientSide: i32 = 0;
  ordinal: i32 = 0;
  /** Of `exchange-state.ts`. */
  state: i32 = ExchangeState.COMPLETE;
  /** Of `methods.ts`; `UNKNOWN` where there is no request, too. */
  method: i32 = Method.UNKNOWN;
  /** Octets of an unknown method's name. */
  methodName: Uint8Array | null = null;
  /** Octets of a request's details; `null` where absent or empty, or when details are off. */
  target: Uint8Array | null = null;
  host: Uint8Array | null = null;
  requestId: Uint8Array | null = null;
  forwardedFor: Uint8Array | null = null;
  targetHash: i32 = 0;
  requestIdHash: i32 = 0;
  forwardedForHash: i32 = 0;
  status: i32 = 0;
  interimResponses: i32 = 0;
  requestStartNs: f64 = -1;
  requestEndNs: f64 = -1;
  responseStartNs: f64 = -1;
  responseEndNs: f64 = -1;
  requestStartFrame: i32 = 0;
  requestEndFrame: i32 = 0;
  responseStartFrame: i32 = 0;
  responseEndFrame: i32 = 0;
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
  /** Request or response was cut, or its framing was faulty. */
  isCut: boolean = false;
  /** Bytes of a body are missing. */
  hasHole: boolean = false;
  /** Not in the connection's queue: only one half is expected. */
  isDetached: boolean = false;
  detailBytes: i32 = 0;

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
    this.hasHole = false;
    this.isDetached = false;
    this.detailBytes = 0;
  }
}

/** Open exchanges of all connections, used again and again. */
export class ExchangePool {
  private readonly spare: OpenExchange[] = [];
  private open: i32 = 0;
  private detailBytes: i32 = 0;

  /** No more should be opened before some have ended. */
  get isFull(): boolean {
    return this.open >= MAX_OPEN;
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
