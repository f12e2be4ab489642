/** One stream of an HTTP/2 connection, and the exchange that it is. */
import { BodyStart } from "../http/body-start.ts";
import { OpenExchange } from "../http/open-exchange.ts";
import type { Http2Frame } from "./frame-owner.ts";
import { GrpcMessages } from "./grpc-messages.ts";

const SIDES: i32 = 2;

/** One half of a stream: what its client sends, or its server. */
export class StreamHalf {
  readonly body: BodyStart = new BodyStart();
  /** Counted where the stream is gRPC's. */
  readonly messages: GrpcMessages = new GrpcMessages();
  /** Octets of its frames. */
  octets: f64 = 0;
  /** When the latest of its bytes was recorded. */
  lastNs: f64 = -1;
  lastFrame: i32 = 0;
  /** Frames of its direction are missing since it began: its end may be among them. */
  mayHaveEnded: boolean = false;

  begin(): void {
    this.body.begin();
    this.messages.begin();
    this.octets = 0;
    this.lastNs = -1;
    this.lastFrame = 0;
    this.mayHaveEnded = false;
  }

  /** A frame came. @param octets of it, and of those that continue it */
  take(frame: Http2Frame, octets: f64): void {
    this.octets += octets;
    if (frame.endFrame <= this.lastFrame) return;
    this.lastNs = frame.endNs;
    this.lastFrame = frame.endFrame;
  }
}

/** What a stream's exchange is before it has any. */
const NO_EXCHANGE: OpenExchange = new OpenExchange();

export class Http2Stream {
  id: i32 = 0;
  /** Its place in the connection's list. */
  place: i32 = 0;
  exchange: OpenExchange = NO_EXCHANGE;
  readonly request: StreamHalf = new StreamHalf();
  readonly response: StreamHalf = new StreamHalf();
  /** Octets of DATA that each side sent, less what the other one allowed beyond the first window. */
  readonly sent: Float64Array = new Float64Array(SIDES);
  /** Since when a side waits for WINDOW_UPDATE, −1 = none does, and which. */
  stalledNs: f64 = -1;
  stalledSide: i32 = 0;
  /** Its client asks for a WebSocket (RFC 8441). */
  isWebSocket: boolean = false;
  /** Its response came first: its request may still come. */
  awaitsRequest: boolean = false;

  /** As new. */
  begin(id: i32, exchange: OpenExchange): void {
    this.id = id;
    this.exchange = exchange;
    this.request.begin();
    this.response.begin();
    this.sent.fill(0);
    this.stalledNs = -1;
    this.isWebSocket = false;
    this.awaitsRequest = false;
  }

  /** Its exchange is over, and belongs to others. */
  end(): void {
    this.exchange = NO_EXCHANGE;
  }

  half(isRequest: boolean): StreamHalf {
    return isRequest ? this.request : this.response;
  }
}
