/** One connection: which side sends requests, what the messages of the two directions are, and how the exchanges end. */
import { Framing, requestFraming, responseFraming } from "./body-framing.ts";
import type { DiscardReason, Discards } from "./discards.ts";
import type { CloseReason, ExchangeSink, ExchangeState, Side } from "./exchange.ts";
import { takeDetails } from "./exchange-details.ts";
import type { HeadMeans } from "./head-reader.ts";
import type { MessageHead } from "./message-head.ts";
import type { Cut, MessageOwner } from "./message-owner.ts";
import { MessageParser } from "./message-parser.ts";
import type { ExchangePool, OpenExchange } from "./open-exchange.ts";
import { type OtherProtocol, recogniseProtocol } from "./other-protocols.ts";
import { Pairing, type PairingListener } from "./pairing.ts";
import { takeIdentity } from "./request-identity.ts";
import { Role } from "./start-line.ts";

/** What all connections share. */
export interface ConnectionMeans extends HeadMeans {
  readonly sink: ExchangeSink;
  readonly pool: ExchangePool;
  readonly discards: Discards;
}

export class HttpConnection implements MessageOwner, PairingListener {
  private slot = -1;
  private readonly means: ConnectionMeans;
  private readonly parsers: readonly [MessageParser, MessageParser];
  private readonly pairing: Pairing;
  /** HTTP is over, and nothing is open: no further byte matters. */
  isOver = false;
  private fromStart = false;
  /** Who sent the SYN, until messages show who sends requests. */
  private clientSide: Side | -1 = -1;
  /** A message was seen. */
  private isHttp = false;
  private isInTunnel = false;
  private otherProtocol: OtherProtocol | null = null;
  private request: OpenExchange | null = null;
  /** The exchange of the response that is being read; `null` in an interim one. */
  private response: OpenExchange | null = null;
  /** Holes before the first message. */
  private earlyHoles = 0;
  /** Interim responses that came before their request. */
  private earlyInterims = 0;

  constructor(means: ConnectionMeans) {
    this.means = means;
    this.parsers = [new MessageParser(this, 0, means), new MessageParser(this, 1, means)];
    this.pairing = new Pairing(means.pool, this);
  }

  /** Follows the connection of this slot from here on. */
  open(slot: number, fromStart: boolean, clientSide: Side | -1): void {
    this.slot = slot;
    this.isOver = false;
    this.fromStart = fromStart;
    this.clientSide = clientSide;
    this.isHttp = false;
    this.isInTunnel = false;
    this.otherProtocol = null;
    this.request = null;
    this.response = null;
    this.earlyHoles = 0;
    this.earlyInterims = 0;
    this.parsers[0].open(fromStart);
    this.parsers[1].open(fromStart);
    this.pairing.begin();
  }

  data(side: Side, bytes: Buffer, start: number, end: number, timeNs: number, frame: number): void {
    this.parsers[side].data(bytes, start, end, timeNs, frame);
  }

  gap(side: Side, length: number, timeNs: number, frame: number): void {
    this.parsers[side].gap(length, timeNs, frame);
  }

  close(side: Side, reason: CloseReason, timeNs: number): void {
    this.closeSide(side, reason, timeNs);
    if (reason === "reset") this.closeSide(otherSide(side), reason, timeNs);
  }

  /** Ends what is open, and counts the connection if it was another protocol's. */
  forget(): void {
    this.closeSide(0, "end", 0);
    this.closeSide(1, "end", 0);
    if (!this.isHttp && this.otherProtocol !== null) this.means.discards[this.otherProtocol]++;
    this.pairing.restart();
  }

  get speaksHttp(): boolean {
    return this.isHttp && !this.isInTunnel;
  }

  beginMessage(side: Side, head: MessageHead, bytes: Buffer, startNs: number, startFrame: number): Framing {
    if (!this.isHttp) this.takeRoles(side, head);
    this.isInTunnel = false;
    return head.isRequest
      ? this.beginRequest(head, bytes, startNs, startFrame)
      : this.beginResponse(side, head, startNs, startFrame);
  }

  noteHole(side: Side): void {
    const exchange = this.current(side);
    if (exchange !== null) exchange.hasHole = true;
  }

  endMessage(side: Side, messageBytes: number, endNs: number, endFrame: number, seenNs: number): void {
    const { sink } = this.means;
    const exchange = this.current(side);
    if (side === this.clientSide) {
      this.request = null;
      sink.message(this.slot, side, "request", seenNs);
      if (exchange !== null) {
        exchange.requestEndNs = endNs;
        exchange.requestEndFrame = endFrame;
        exchange.requestBytes = messageBytes;
        exchange.requestDone = true;
      }
      sink.request(this.slot, side, exchange);
      if (exchange === null) return;
      if (isAcceptedConnect(exchange)) {
        // The acceptance was recorded before its request.
        if (exchange === this.response) this.server().endAbsentBody(seenNs);
        this.pairing.finish(exchange);
        this.leaveHttp(Framing.TUNNEL);
        return;
      }
    } else {
      this.response = null;
      sink.message(this.slot, side, "response", seenNs);
      if (exchange === null) return;
      exchange.responseEndNs = endNs;
      exchange.responseEndFrame = endFrame;
      exchange.responseBytes = messageBytes;
      exchange.responseDone = true;
    }
    this.pairing.finish(exchange);
  }

  cutMessage(side: Side, cut: Cut): void {
    const exchange = this.current(side);
    if (exchange === null) return;
    if (cut === "bodyHole") exchange.hasHole = true;
    else if (cut === "headerHole") exchange.isUncertain = true;
    else exchange.isCut = true;
    if (side === this.clientSide) {
      this.request = null;
      exchange.requestDone = true;
    } else {
      this.response = null;
      exchange.responseDone = true;
    }
    this.pairing.finish(exchange);
  }

  giveUp(reason: DiscardReason): void {
    const isHole = reason === "startHole" || reason === "headerHole";
    if (this.speaksHttp || (!isHole && reason !== "badStartLine")) this.means.discards[reason]++;
    else if (isHole) this.earlyHoles++;
  }

  skip(length: number): void {
    if (this.speaksHttp) this.means.discards.skippedBytes += length;
  }

  loseCount(side: Side): void {
    this.pairing.lose(side === this.clientSide || !this.isHttp ? "request" : "response");
  }

  leaveHttp(framing: Framing): void {
    if (this.request !== null) this.cutMessage(this.clientSide === 0 ? 0 : 1, "end");
    if (this.response !== null) this.cutMessage(this.clientSide === 0 ? 1 : 0, "end");
    this.pairing.restart();
    if (framing === Framing.UPGRADE) {
      this.stop();
    } else {
      this.isInTunnel = true;
      this.parsers[0].enterTunnel();
      this.parsers[1].enterTunnel();
    }
  }

  mayBeSimple(side: Side): boolean {
    return this.fromStart && (this.clientSide === -1 || this.clientSide === side);
  }

  beginSimpleResponse(side: Side, timeNs: number, frame: number): boolean {
    if (!this.isHttp || side === this.clientSide) return false;
    if (!this.pairing.awaiting()?.isSimple) return false;
    this.startResponse(this.pairing.response(frame), timeNs, frame);
    return true;
  }

  isOtherProtocol(bytes: Buffer, start: number, end: number): boolean {
    if (this.speaksHttp) return false;
    const protocol = recogniseProtocol(bytes, start, end);
    if (protocol !== "otherProtocol" || this.otherProtocol === null) this.otherProtocol = protocol;
    if (protocol === "otherProtocol") return false;
    this.stop();
    return true;
  }

  exchangeEnded(exchange: OpenExchange): void {
    if (this.clientSide === -1) return;
    exchange.connection = this.slot;
    exchange.clientSide = this.clientSide;
    exchange.state = stateOf(exchange);
    this.means.sink.exchange(exchange);
  }

  tooManyOpen(): void {
    this.means.discards.tooManyOpen++;
  }

  private stop(): void {
    this.parsers[0].stop();
    this.parsers[1].stop();
    this.isOver = true;
  }

  private closeSide(side: Side, reason: CloseReason, timeNs: number): void {
    if (this.parsers[side].isClosed) return;
    this.parsers[side].close(reason, timeNs);
    if (this.isHttp) this.pairing.endOf(side === this.clientSide ? "request" : "response");
  }

  /** The first message shows who sends requests. */
  private takeRoles(side: Side, head: MessageHead): void {
    this.isHttp = true;
    this.means.discards.startHole += this.earlyHoles;
    const clientSide = head.isRequest ? side : otherSide(side);
    const server = this.parsers[otherSide(clientSide)];
    const client = this.parsers[clientSide];
    this.clientSide = clientSide;
    client.role = Role.REQUESTS;
    server.role = Role.RESPONSES;
    if (client.isClosed && head.isRequest === false) this.pairing.endOf("request");
    if (server.isClosed && head.isRequest) this.pairing.endOf("response");
    // Seen from the middle, a first response answers a request that went before: it must not wait for the next.
    if (!this.fromStart && !head.isRequest) this.pairing.lose("request");
  }

  private beginRequest(head: MessageHead, bytes: Buffer, startNs: number, startFrame: number): Framing {
    const { means } = this;
    const exchange = this.pairing.request(startFrame);
    this.request = exchange;
    exchange.hasRequest = true;
    exchange.method = head.method;
    exchange.isSimple = head.isSimple;
    exchange.requestStartNs = startNs;
    exchange.requestStartFrame = startFrame;
    takeIdentity(exchange, head, bytes);
    if (means.details && !takeDetails(exchange, head, bytes, means.pool)) means.discards.detailMemory++;
    const framing = requestFraming(head);
    if (exchange === this.response) {
      // Its response came first, and now it is clear whether that one has a body.
      if (head.method === "HEAD") this.server().endAbsentBody(startNs);
      else if (head.method !== "CONNECT") this.server().bodyMayBeAbsent = false;
    }
    return framing;
  }

  private beginResponse(side: Side, head: MessageHead, startNs: number, startFrame: number): Framing {
    if (head.status < 200 && head.status !== 101) {
      const awaiting = this.pairing.awaiting();
      if (awaiting === undefined) this.earlyInterims++;
      else awaiting.interimResponses++;
      return Framing.NONE;
    }
    const exchange = this.pairing.response(startFrame);
    this.startResponse(exchange, startNs, startFrame);
    exchange.status = head.status;
    exchange.interimResponses += this.earlyInterims;
    this.earlyInterims = 0;
    this.parsers[side].bodyMayBeAbsent = !exchange.hasRequest;
    return responseFraming(head, exchange.method);
  }

  private startResponse(exchange: OpenExchange, startNs: number, startFrame: number): void {
    this.response = exchange;
    exchange.hasResponse = true;
    exchange.responseStartNs = startNs;
    exchange.responseStartFrame = startFrame;
  }

  private current(side: Side): OpenExchange | null {
    return side === this.clientSide ? this.request : this.response;
  }

  private server(): MessageParser {
    return this.parsers[this.clientSide === 0 ? 1 : 0];
  }
}

function otherSide(side: Side): Side {
  return side === 0 ? 1 : 0;
}

function isAcceptedConnect(exchange: OpenExchange): boolean {
  return exchange.method === "CONNECT" && exchange.status >= 200 && exchange.status < 300;
}

function stateOf(exchange: OpenExchange): ExchangeState {
  if (!exchange.hasRequest) return "responseOnly";
  if (exchange.isUncertain) return "uncertain";
  if (exchange.isCut) return "aborted";
  if (!exchange.hasResponse) return "unanswered";
  return exchange.hasHole ? "bodyHole" : "complete";
}
