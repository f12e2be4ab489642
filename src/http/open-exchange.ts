import { Exchange } from "./exchange.ts";

/** Records that are kept for reuse. */
const MAX_SPARE = 1024;
/** Open exchanges over all connections; beyond it a connection that adds one lets its waiting ones go. */
const MAX_OPEN = 200_000;
/** Bytes of strings that open exchanges may hold together. */
const MAX_DETAIL_BYTES = 64 * 1024 * 1024;

/** An exchange that is still going on. Each half is *done* when it was framed, cut, or is no longer expected. */
export class OpenExchange extends Exchange {
  hasRequest = false;
  hasResponse = false;
  requestDone = false;
  responseDone = false;
  /** An HTTP/0.9 request. */
  isSimple = false;
  /** The place of its first half among the messages of its direction, or of the other half's, is not sure. */
  isDoubtful = false;
  /** A response may have been lost since the request came. */
  mayHaveAnswer = false;
  /** The two halves were put together because one followed the other. */
  isGuess = false;
  /** A guess, or a request whose response can't be told from others. */
  isUncertain = false;
  /** Request or response was cut, or its framing was faulty. */
  isCut = false;
  /** Bytes of a body are missing. */
  hasHole = false;
  /** Not in the connection's queue: only one half is expected. */
  isDetached = false;
  detailBytes = 0;

  /** As new, but for the connection. */
  reset(): void {
    this.ordinal = 0;
    this.state = "complete";
    this.method = "";
    this.target = "";
    this.host = "";
    this.requestId = "";
    this.forwardedFor = "";
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
  private open = 0;
  private detailBytes = 0;

  /** No more should be opened before some have ended. */
  get isFull(): boolean {
    return this.open >= MAX_OPEN;
  }

  take(): OpenExchange {
    this.open++;
    return this.spare.pop() ?? new OpenExchange();
  }

  release(exchange: OpenExchange): void {
    this.open--;
    this.detailBytes -= exchange.detailBytes;
    if (this.spare.length < MAX_SPARE) {
      exchange.reset();
      this.spare.push(exchange);
    }
  }

  /** Whether `exchange` may hold strings of `bytes` in all; if so, they are counted. */
  grantDetails(exchange: OpenExchange, bytes: number): boolean {
    if (this.detailBytes + bytes > MAX_DETAIL_BYTES) return false;
    exchange.detailBytes += bytes;
    this.detailBytes += bytes;
    return true;
  }
}
