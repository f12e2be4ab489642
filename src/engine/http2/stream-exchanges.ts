/**
 * The streams of one connection as exchanges (RFC 9113 §8.1): what a header block, the end of a stream, a reset or the end of
 * the connection means for them.
 */
import { takeRequestBody, takeResponseBody, takeResponseHead } from "../http/answer-identity.ts";
import * as DiscardReason from "../http/discards.ts";
import { stateOf } from "../http/exchange-outcome.ts";
import * as Method from "../http/methods.ts";
import type { OpenExchange } from "../http/open-exchange.ts";
import { takeRequest } from "../http/take-request.ts";
import * as Protocol from "../readings/protocol-readings.ts";
import type { FlowControl } from "./flow-control.ts";
import type { Http2Frame } from "./frame-owner.ts";
import * as Type from "./frame-types.ts";
import { NO_GRPC_STATUS } from "./head-fields.ts";
import type { Http2Shared } from "./http2-shared.ts";
import type { Http2Stream } from "./http2-stream.ts";
import { StreamTable } from "./stream-table.ts";

/** Streams of one connection that may be open, and where others have many: see `ExchangePool`. */
const MAX_OPEN: i32 = 10_000;
const FAIR_SHARE: i32 = 64;
/** A stream whose end may be in a hole is over when nothing was heard of it for so long; looked for as often. */
const QUIET_NS: f64 = 30e9;
/** Streams that were reset lately: what comes late of them is nobody's. */
const RESETS: i32 = 32;

export class StreamExchanges {
  private readonly means: Http2Shared;
  private readonly streams: StreamTable;
  private readonly flow: FlowControl;
  private connection: i32 = -1;
  private clientSide: i32 = 0;
  private nextOrdinal: i32 = 0;
  /** The highest stream that its client opened. */
  private highest: i32 = 0;
  /** Streams whose response came first, and that wait for their request. */
  private awaitingRequest: i32 = 0;
  /** Frames of the client are missing. */
  private missedRequests: boolean = false;
  private readonly resets: Int32Array = new Int32Array(RESETS);
  private nextReset: i32 = 0;
  /** When streams are looked for that ended unseen: after a hole. */
  private nextSweepNs: f64 = Infinity;
  /** The present, and its frame. */
  private nowNs: f64 = 0;
  private frameNumber: i32 = 0;

  constructor(means: Http2Shared, flow: FlowControl) {
    this.means = means;
    this.flow = flow;
    this.streams = new StreamTable(means.streams);
  }

  /** A connection begins. @param missedRequests its first frames may be missing */
  open(connection: i32, missedRequests: boolean): void {
    this.connection = connection;
    this.nextOrdinal = 0;
    this.highest = 0;
    this.awaitingRequest = 0;
    this.missedRequests = missedRequests;
    this.resets.fill(0);
    this.nextReset = 0;
    this.nextSweepNs = Infinity;
  }

  /** Which side sends requests. */
  knowClient(side: i32): void {
    this.clientSide = side;
  }

  /** What is told from here on is seen in this frame. */
  now(timeNs: f64, frame: i32): void {
    this.nowNs = timeNs;
    this.frameNumber = frame;
  }

  get(id: i32): Http2Stream | null {
    return this.streams.get(id);
  }

  /** HTTP/1's exchange that asked for HTTP/2: its answer comes on stream 1 (RFC 7540 §3.2). */
  upgrade(exchange: OpenExchange): void {
    this.nextOrdinal = exchange.ordinal + 1;
    this.highest = 1;
    exchange.isHttp2 = true;
    this.streams.add(1, exchange);
  }

  /** A block of the client: a request's head or trailers. */
  requestBlock(frame: Http2Frame, octets: f64): void {
    let stream = this.streams.get(frame.stream);
    if (stream === null) {
      // Numbers only grow (RFC 9113 §5.1.1): the rest of a stream that is over.
      if (frame.stream <= this.highest) return;
      stream = this.create(frame.stream);
    }
    if (frame.stream > this.highest) {
      this.highest = frame.stream;
      if (this.awaitingRequest > 0) this.giveUpRequestsBefore(frame.stream);
    }
    const exchange = stream.exchange;
    stream.request.take(frame, octets);
    if (!exchange.hasRequest) {
      this.beginRequest(stream, frame);
      // What a CONNECT asks for is a tunnel, not an end.
      if (exchange.method === Method.CONNECT) this.endRequest(stream);
    }
    if (frame.has(Type.END_STREAM)) this.endRequest(stream);
  }

  /** A block of the server: an interim or final response's head, or trailers. */
  responseBlock(frame: Http2Frame, octets: f64): void {
    const fields = this.means.fields;
    const status = fields.head.status;
    let stream = this.streams.get(frame.stream);
    if (stream === null) {
      if (!this.mayAnswer(frame.stream)) return;
      stream = this.create(frame.stream);
      if (frame.stream <= this.highest) stream.exchange.requestDone = true;
      else {
        stream.awaitsRequest = true;
        this.awaitingRequest++;
      }
    }
    const exchange = stream.exchange;
    if (status > 0 && status < 200 && !frame.has(Type.END_STREAM)) {
      exchange.interimResponses++;
      this.means.listener.message(this.connection, 1 - this.clientSide, false, this.nowNs);
      return;
    }
    stream.response.take(frame, octets);
    if (!exchange.hasResponse) {
      exchange.hasResponse = true;
      exchange.status = status;
      exchange.hasUnknownStatus = status === 0 && fields.hasUnknown;
      if (fields.isGrpc) exchange.isGrpc = true;
      takeResponseHead(exchange, fields.head, fields.bytes);
      // Trailers, after a head that was missed, begin no answer.
      if (status > 0 || !stream.response.mayHaveEnded) {
        exchange.responseStartNs = frame.wholeNs;
        exchange.responseStartFrame = frame.wholeFrame;
      } else exchange.isUncertain = true;
      if (exchange.method === Method.CONNECT && status >= 200 && status < 300) {
        if (stream.isWebSocket)
          this.means.listener.speaks(this.connection, this.clientSide, Protocol.WEBSOCKET);
        this.endResponse(stream);
      }
    }
    if (exchange.isGrpc && fields.grpcStatus !== NO_GRPC_STATUS) exchange.grpcStatus = fields.grpcStatus;
    if (frame.has(Type.END_STREAM)) this.endResponse(stream);
  }

  /** Content of the stream. */
  content(
    stream: Http2Stream,
    isRequest: boolean,
    frame: Http2Frame,
    bytes: Uint8Array,
    start: i32,
    end: i32,
  ): void {
    const half = stream.half(isRequest);
    const exchange = stream.exchange;
    half.body.take(bytes, start, end);
    if (!exchange.isGrpc || !half.messages.take(bytes, start, end) || isRequest) return;
    if (exchange.firstMessageNs < 0) exchange.firstMessageNs = frame.endNs;
    exchange.lastMessageNs = frame.endNs;
  }

  /** A DATA frame was read to its end. */
  endData(stream: Http2Stream, isRequest: boolean, frame: Http2Frame): void {
    stream.half(isRequest).take(frame, frame.length + Type.HEADER_LENGTH);
    if (!frame.has(Type.END_STREAM)) return;
    if (isRequest) this.endRequest(stream);
    else this.endResponse(stream);
  }

  /** Bytes of the stream's content are missing. */
  hole(stream: Http2Stream, isRequest: boolean, length: i32): void {
    const half = stream.half(isRequest);
    half.body.miss(length);
    half.messages.miss(length);
    stream.exchange.hasHole = true;
  }

  /** RST_STREAM: nothing more comes, of either side. */
  reset(id: i32): void {
    this.resets[this.nextReset] = id;
    this.nextReset = (this.nextReset + 1) & (RESETS - 1);
    const stream = this.streams.get(id);
    if (stream === null) return;
    const exchange = stream.exchange;
    // A server that has answered may refuse the rest of the request (RFC 9113 §8.1).
    if (!exchange.responseDone && (exchange.hasResponse || !exchange.requestDone)) exchange.isCut = true;
    exchange.cutNs = this.nowNs;
    exchange.requestDone = true;
    exchange.responseDone = true;
    this.settle(stream);
  }

  /** GOAWAY of the server: requests on streams beyond the last one that it took are never answered (RFC 9113 §6.8). */
  goAway(last: i32): void {
    const streams = this.streams.inOrder();
    for (let index: i32 = 0; index < streams.length; index++) {
      const stream = streams[index] as Http2Stream;
      if (stream.id > last) this.reset(stream.id);
    }
  }

  /** Frames of the client, or of the server, are missing. */
  loseFrames(isRequest: boolean): void {
    if (isRequest) this.missedRequests = true;
    this.nextSweepNs = Math.min(this.nextSweepNs, this.nowNs + QUIET_NS);
    const list = this.streams.list;
    for (let index: i32 = 0; index < list.length; index++) {
      const stream = list[index] as Http2Stream;
      const isDone = isRequest ? stream.exchange.requestDone : stream.exchange.responseDone;
      if (!isDone) stream.half(isRequest).mayHaveEnded = true;
    }
  }

  /** The direction ends: no more requests, or no more responses, come. @param isCapture it is the capture that ends */
  close(isRequest: boolean, isCapture: boolean): void {
    if (this.streams.list.length === 0) return;
    const streams = this.streams.inOrder();
    for (let index: i32 = 0; index < streams.length; index++) {
      const stream = streams[index] as Http2Stream;
      const exchange = stream.exchange;
      const isDone = isRequest ? exchange.requestDone : exchange.responseDone;
      if (isDone) continue;
      const hasBegun = isRequest ? exchange.hasRequest : exchange.hasResponse;
      if (stream.half(isRequest).mayHaveEnded) exchange.isUncertain = true;
      else if (hasBegun && isCapture) exchange.isRunning = true;
      else if (hasBegun) exchange.isCut = true;
      if (!isCapture) exchange.cutNs = this.nowNs;
      if (isRequest) exchange.requestDone = true;
      else exchange.responseDone = true;
      this.settle(stream);
    }
  }

  private create(id: i32): Http2Stream {
    if (this.nowNs >= this.nextSweepNs) this.endUnseen();
    const open = this.streams.list.length;
    if (open >= MAX_OPEN || this.means.pool.isFullFor(open, FAIR_SHARE)) this.letGo();
    const exchange = this.means.pool.take();
    exchange.ordinal = this.nextOrdinal++;
    exchange.isHttp2 = true;
    return this.streams.add(id, exchange);
  }

  /** Too many are open. */
  private letGo(): void {
    this.means.discards.add(DiscardReason.TOO_MANY_OPEN, 1, this.frameNumber);
    const streams = this.streams.inOrder();
    for (let index: i32 = 0; index < streams.length; index++)
      this.endUncertain(streams[index] as Http2Stream);
  }

  /** Ends streams whose last frames are in a hole, as it seems. */
  private endUnseen(): void {
    let isLeft = false;
    const streams = this.streams.inOrder();
    for (let index: i32 = 0; index < streams.length; index++) {
      const stream = streams[index] as Http2Stream;
      if (!stream.request.mayHaveEnded && !stream.response.mayHaveEnded) continue;
      const lastNs: f64 = Math.max(stream.request.lastNs, stream.response.lastNs);
      if (this.nowNs - lastNs < QUIET_NS) isLeft = true;
      else this.endUncertain(stream);
    }
    this.nextSweepNs = isLeft ? this.nowNs + QUIET_NS : Infinity;
  }

  private endUncertain(stream: Http2Stream): void {
    stream.exchange.isUncertain = true;
    stream.exchange.requestDone = true;
    stream.exchange.responseDone = true;
    this.settle(stream);
  }

  /** Whether a response may begin on a stream that is not open: its request was not seen, or not yet. */
  private mayAnswer(id: i32): boolean {
    if (this.resets.includes(id)) return false;
    return id > this.highest || this.missedRequests;
  }

  /** The client opens a stream: those before it get no request any more. */
  private giveUpRequestsBefore(id: i32): void {
    const streams = this.streams.inOrder();
    for (let index: i32 = 0; index < streams.length; index++) {
      const stream = streams[index] as Http2Stream;
      if (stream.id >= id || !stream.awaitsRequest) continue;
      this.stopAwaiting(stream);
      stream.exchange.requestDone = true;
      this.settle(stream);
    }
  }

  private stopAwaiting(stream: Http2Stream): void {
    if (!stream.awaitsRequest) return;
    stream.awaitsRequest = false;
    this.awaitingRequest--;
  }

  private beginRequest(stream: Http2Stream, frame: Http2Frame): void {
    const exchange = stream.exchange;
    const means = this.means;
    const fields = means.fields;
    const head = fields.head;
    this.stopAwaiting(stream);
    if (fields.isGrpc) exchange.isGrpc = true;
    stream.isWebSocket = fields.isWebSocket;
    // gRPC is told by method, which its path is.
    const details = means.details || fields.isGrpc;
    if (!takeRequest(exchange, head, fields.bytes, frame.startNs, frame.startFrame, details, means.pool)) {
      means.discards.add(DiscardReason.DETAIL_MEMORY, 1, this.frameNumber);
    }
    if (fields.hasPath) return;
    exchange.targetHash = 0;
    exchange.pathHash = 0;
  }

  private endRequest(stream: Http2Stream): void {
    const exchange = stream.exchange;
    if (exchange.requestDone) return;
    const half = stream.request;
    exchange.requestDone = true;
    exchange.requestEndNs = half.lastNs;
    exchange.requestEndFrame = half.lastFrame;
    exchange.requestBytes = half.octets;
    if (half.mayHaveEnded) exchange.hasHole = true;
    takeRequestBody(exchange, half.body);
    const listener = this.means.listener;
    listener.message(this.connection, this.clientSide, true, this.nowNs);
    listener.request(this.connection, this.clientSide, exchange);
    this.settle(stream);
  }

  private endResponse(stream: Http2Stream): void {
    const exchange = stream.exchange;
    if (exchange.responseDone) return;
    const half = stream.response;
    exchange.responseDone = true;
    exchange.responseEndNs = half.lastNs;
    exchange.responseEndFrame = half.lastFrame;
    exchange.responseBytes = half.octets;
    if (!exchange.hasResponse) exchange.isUncertain = true;
    else if (half.mayHaveEnded) exchange.hasHole = true;
    if (stream.request.mayHaveEnded && !exchange.requestDone) {
      // Its end is among what was missed.
      exchange.hasHole = true;
      exchange.requestDone = true;
    }
    takeResponseBody(exchange, half.body);
    this.means.listener.message(this.connection, 1 - this.clientSide, false, this.nowNs);
    this.settle(stream);
  }

  /** Ends the exchange if both of its halves are done. */
  private settle(stream: Http2Stream): void {
    const exchange = stream.exchange;
    if (!exchange.requestDone || !exchange.responseDone) return;
    this.stopAwaiting(stream);
    this.flow.end(stream, this.nowNs);
    exchange.requestMessages = stream.request.messages.count;
    exchange.responseMessages = stream.response.messages.count;
    this.streams.remove(stream);
    exchange.connection = this.connection;
    exchange.clientSide = this.clientSide;
    exchange.state = stateOf(exchange);
    this.means.listener.exchange(exchange);
    this.means.pool.release(exchange);
  }
}
