/** One connection: which side sends requests, what the messages of the two directions are, and how the exchanges end. */

import { takeRequestBody, takeResponseBody, takeResponseHead } from "../http/answer-identity.ts";
import * as Framing from "../http/body-framing.ts";
import { requestFraming, responseFraming } from "../http/body-framing.ts";
import * as DiscardReason from "../http/discards.ts";
import { stateOf } from "../http/exchange-outcome.ts";
import type { MessageHead } from "../http/message-head.ts";
import type { MessageOwner } from "../http/message-owner.ts";
import * as Cut from "../http/message-owner.ts";
import { MessageParser } from "../http/message-parser.ts";
import * as Method from "../http/methods.ts";
import { octetsOf, WEBSOCKET } from "../http/octets.ts";
import type { OpenExchange } from "../http/open-exchange.ts";
import { recogniseProtocol } from "../http/other-protocols.ts";
import * as Half from "../http/pairing.ts";
import { Pairing, type PairingListener } from "../http/pairing.ts";
import * as Role from "../http/start-line.ts";
import { takeRequest } from "../http/take-request.ts";
import * as Protocol from "../readings/protocol-readings.ts";
import * as ReplyKind from "../tcp/reply-kind.ts";
import * as CloseReason from "../tcp/stream-listener.ts";
import type { ConnectionShared } from "./connection-shared.ts";
import { Http2Switch, NOT_HTTP2 } from "./http2-switch.ts";

/** HTTP/2 in cleartext (RFC 7540 §3.2). */
const H2C: Uint8Array = octetsOf("h2c");
/** The status of a server that has waited long enough for a request. */
const REQUEST_TIMEOUT: i32 = 408;

export class HttpConnection implements MessageOwner, PairingListener {
  private slot: i32 = -1;
  private readonly means: ConnectionShared;
  /** Of side 0 and of side 1. */
  private readonly parsers: MessageParser[] = [];
  private readonly pairing: Pairing;
  /** HTTP is over, and nothing is open: no further byte matters. */
  isOver: boolean = false;
  private fromStart: boolean = false;
  /** Who sent the SYN, until messages show who sends requests; −1 where unknown. */
  private clientSide: i32 = -1;
  /** A message was seen. */
  private isHttp: boolean = false;
  private isInTunnel: boolean = false;
  /** The protocol that the first bytes say it is, of `discards.ts`. */
  private otherProtocol: i32 = DiscardReason.NONE;
  private request: OpenExchange | null = null;
  /** The exchange of the response that is being read; `null` in an interim one. */
  private response: OpenExchange | null = null;
  /** Of the bytes that are being read: what their sender had taken of the other side. */
  private reply: i32 = ReplyKind.NONE;
  /** The frame that is being read. */
  private frame: i32 = 0;
  /** Holes before the first message, and the frame in which the first was seen. */
  private earlyHoles: i32 = 0;
  private earlyHoleFrame: i32 = 0;
  /** The frame that showed the other protocol. */
  private otherProtocolFrame: i32 = 0;
  /** Interim responses that came before their request. */
  private earlyInterims: i32 = 0;
  /** Who reads the connection instead, since it turned out to speak HTTP/2. */
  private readonly http2: Http2Switch;
  /** The present. */
  private nowNs: f64 = 0;

  constructor(means: ConnectionShared) {
    this.means = means;
    this.http2 = new Http2Switch(means);
    this.pairing = new Pairing(means.pool);
    this.pairing.listener = this;
    this.parsers.push(new MessageParser(this, 0, means));
    this.parsers.push(new MessageParser(this, 1, means));
  }

  /** Follows the connection of this slot from here on. */
  open(slot: i32, fromStart: boolean, clientSide: i32): void {
    this.slot = slot;
    this.isOver = false;
    this.fromStart = fromStart;
    this.clientSide = clientSide;
    this.isHttp = false;
    this.isInTunnel = false;
    this.otherProtocol = DiscardReason.NONE;
    this.request = null;
    this.response = null;
    this.earlyHoles = 0;
    this.earlyInterims = 0;
    this.parser(0).open(fromStart);
    this.parser(1).open(fromStart);
    this.pairing.begin();
  }

  /** @param reply see `StreamListener` */
  data(side: i32, bytes: Uint8Array, start: i32, end: i32, timeNs: f64, frame: i32, reply: i32): void {
    this.reply = reply;
    this.frame = frame;
    this.nowNs = timeNs;
    if (this.http2.isOn) this.takeRest(side, bytes, start, end);
    else this.parser(side).data(bytes, start, end, timeNs, frame);
  }

  gap(side: i32, length: i32, timeNs: f64, frame: i32): void {
    this.frame = frame;
    this.nowNs = timeNs;
    if (this.http2.isOn) this.http2.gap(side, length, timeNs, frame);
    else this.parser(side).gap(length, timeNs, frame);
  }

  close(side: i32, reason: i32, timeNs: f64): void {
    this.http2.close(side, reason, timeNs);
    this.closeSide(side, reason, timeNs);
    if (reason === CloseReason.RESET) this.closeSide(1 - side, reason, timeNs);
  }

  /** Ends what is open, and counts the connection if it was another protocol's. */
  forget(): void {
    this.http2.end();
    this.closeSide(0, CloseReason.END, 0);
    this.closeSide(1, CloseReason.END, 0);
    if (!this.isHttp && this.otherProtocol !== DiscardReason.NONE) {
      this.means.discards.add(this.otherProtocol, 1, this.otherProtocolFrame);
    }
    if (!this.isHttp) this.means.listener.speaks(this.slot, this.clientSide, Protocol.OTHER);
    this.pairing.restart();
  }

  get speaksHttp(): boolean {
    return this.isHttp && !this.isInTunnel;
  }

  beginMessage(side: i32, head: MessageHead, bytes: Uint8Array, startNs: f64, startFrame: i32): i32 {
    if (!this.isHttp) this.takeRoles(side, head);
    this.isInTunnel = false;
    return head.isRequest
      ? this.beginRequest(head, bytes, startNs, startFrame)
      : this.beginResponse(side, head, bytes, startNs, startFrame);
  }

  noteHole(side: i32): void {
    const exchange = this.current(side);
    if (exchange !== null) exchange.hasHole = true;
  }

  endMessage(side: i32, messageBytes: f64, endNs: f64, endFrame: i32, seenNs: f64): void {
    const listener = this.means.listener;
    const exchange = this.current(side);
    if (side === this.clientSide) {
      this.request = null;
      listener.message(this.slot, side, true, seenNs);
      if (exchange !== null) {
        exchange.requestEndNs = endNs;
        exchange.requestEndFrame = endFrame;
        exchange.requestBytes = messageBytes;
        exchange.requestDone = true;
        takeRequestBody(exchange, this.parser(side).body.start);
      }
      listener.request(this.slot, side, exchange);
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
      listener.message(this.slot, side, false, seenNs);
      if (exchange === null) return;
      exchange.responseEndNs = endNs;
      exchange.responseEndFrame = endFrame;
      exchange.responseBytes = messageBytes;
      exchange.responseDone = true;
      takeResponseBody(exchange, this.parser(side).body.start);
    }
    this.pairing.finish(exchange);
  }

  cutMessage(side: i32, cut: i32): void {
    const exchange = this.current(side);
    if (exchange === null) return;
    Cut.markCut(exchange, cut);
    if (side === this.clientSide) {
      this.request = null;
      exchange.requestDone = true;
    } else {
      this.response = null;
      exchange.responseDone = true;
    }
    this.pairing.finish(exchange);
  }

  giveUp(reason: i32): void {
    const isHole = reason === DiscardReason.START_HOLE || reason === DiscardReason.HEADER_HOLE;
    if (this.speaksHttp || (!isHole && reason !== DiscardReason.BAD_START_LINE)) {
      this.means.discards.add(reason, 1, this.frame);
    } else if (isHole) {
      if (this.earlyHoles === 0) this.earlyHoleFrame = this.frame;
      this.earlyHoles++;
    }
  }

  skip(length: f64): void {
    if (this.speaksHttp) this.means.discards.add(DiscardReason.SKIPPED_BYTES, length, this.frame);
  }

  loseCount(side: i32): void {
    const half: i32 = side === this.clientSide || !this.isHttp ? Half.REQUEST : Half.RESPONSE;
    if (this.pairing.lose(half)) this.server().countAnew();
  }

  leaveHttp(framing: i32): void {
    if (this.request !== null) this.cutMessage(this.clientSide === 0 ? 0 : 1, Cut.END);
    if (this.response !== null) this.cutMessage(this.clientSide === 0 ? 1 : 0, Cut.END);
    if (framing !== Framing.HTTP2) this.pairing.restart();
    if (framing === Framing.UPGRADE) {
      this.stop();
    } else if (framing === Framing.HTTP2) {
      const upgraded = this.pairing.handOver();
      this.pairing.restart();
      this.leaveForHttp2(this.clientSide, -1, upgraded);
    } else {
      this.isInTunnel = true;
      this.parser(0).enterTunnel();
      this.parser(1).enterTunnel();
    }
  }

  takeRest(side: i32, bytes: Uint8Array, start: i32, end: i32): void {
    this.http2.data(side, bytes, start, end, this.nowNs, this.frame);
    if (this.http2.isMistaken) {
      this.http2.end();
      this.parser(0).open(false);
      this.parser(1).open(false);
      this.parser(side).data(bytes, start, end, this.nowNs, this.frame);
    } else if (this.http2.isOver) this.stop();
  }

  mayBeSimple(side: i32): boolean {
    return this.fromStart && (this.clientSide === -1 || this.clientSide === side);
  }

  beginSimpleResponse(side: i32, timeNs: f64, frame: i32): boolean {
    if (!this.isHttp || side === this.clientSide) return false;
    const awaiting = this.pairing.awaiting();
    if (awaiting === null || !awaiting.isSimple) return false;
    this.startResponse(this.pairing.response(frame), timeNs, frame);
    return true;
  }

  beginsHttp2(side: i32, bytes: Uint8Array, start: i32, end: i32): boolean {
    if (this.speaksHttp) return false;
    const isFirst = this.parser(side).isFresh && side !== this.clientSide;
    const clientSide = this.http2.clientOf(side, bytes, start, end, isFirst, this.fromStart);
    if (clientSide === NOT_HTTP2) return false;
    const other = 1 - side;
    this.leaveForHttp2(clientSide, this.parser(other).isFresh ? -1 : other, null);
    this.takeRest(side, bytes, start, end);
    return true;
  }

  isOtherProtocol(bytes: Uint8Array, start: i32, end: i32): boolean {
    if (this.speaksHttp) return false;
    const protocol = recogniseProtocol(bytes, start, end);
    const isKnown = protocol !== DiscardReason.OTHER_PROTOCOL;
    if (isKnown || this.otherProtocol === DiscardReason.NONE) {
      this.otherProtocol = protocol;
      this.otherProtocolFrame = this.frame;
    }
    if (!isKnown) return false;
    if (protocol === DiscardReason.TLS) this.means.listener.speaks(this.slot, this.clientSide, Protocol.TLS);
    this.stop();
    return true;
  }

  exchangeEnded(exchange: OpenExchange): void {
    if (this.clientSide === -1) return;
    exchange.connection = this.slot;
    exchange.clientSide = this.clientSide;
    exchange.state = stateOf(exchange);
    this.means.listener.exchange(exchange);
  }

  tooManyOpen(): void {
    this.means.discards.add(DiscardReason.TOO_MANY_OPEN, 1, this.frame);
  }

  private stop(): void {
    this.parser(0).stop();
    this.parser(1).stop();
    this.isOver = true;
  }

  /** @param missed see `Http2Connection.open`; @param upgraded the request that is answered on stream 1 */
  private leaveForHttp2(clientSide: i32, missed: i32, upgraded: OpenExchange | null): void {
    this.otherProtocol = DiscardReason.NONE;
    this.means.listener.speaks(this.slot, clientSide, Protocol.HTTP2);
    this.http2.begin(this.slot, clientSide, missed, upgraded);
    for (let side: i32 = 0; side < 2; side++) {
      if (this.parser(side).isClosed) this.http2.close(side, CloseReason.FIN, this.nowNs);
      this.parser(side).stop();
    }
  }

  private closeSide(side: i32, reason: i32, timeNs: f64): void {
    if (this.parser(side).isClosed) return;
    this.parser(side).close(reason, timeNs);
    if (this.isHttp) this.pairing.endOf(side === this.clientSide ? Half.REQUEST : Half.RESPONSE);
  }

  /** The first message shows who sends requests. */
  private takeRoles(side: i32, head: MessageHead): void {
    this.isHttp = true;
    this.means.discards.add(DiscardReason.START_HOLE, this.earlyHoles, this.earlyHoleFrame);
    const clientSide = head.isRequest ? side : 1 - side;
    const server = this.parser(1 - clientSide);
    const client = this.parser(clientSide);
    this.clientSide = clientSide;
    client.role = Role.REQUESTS;
    server.role = Role.RESPONSES;
    this.means.listener.speaks(this.slot, this.clientSide, Protocol.HTTP1);
    if (client.isClosed && !head.isRequest) this.pairing.endOf(Half.REQUEST);
    if (server.isClosed && head.isRequest) this.pairing.endOf(Half.RESPONSE);
    // Seen from the middle, a first response answers a request that went before: it must not wait for the next.
    if (!this.fromStart && !head.isRequest) this.pairing.lose(Half.REQUEST);
  }

  private beginRequest(head: MessageHead, bytes: Uint8Array, startNs: f64, startFrame: i32): i32 {
    const means = this.means;
    const isBeyondHole = this.reply === ReplyKind.REPLY_BEYOND_HOLE;
    const isReply = isBeyondHole || this.reply === ReplyKind.REPLY;
    // Whoever has taken every answer so far and asks again waits for none: what was missed is over.
    if (isReply && this.pairing.endsDoubtAt(startFrame, isBeyondHole)) this.server().countAnew();
    const exchange = this.pairing.request(startFrame);
    exchange.isAfterHole = isBeyondHole;
    this.request = exchange;
    if (!takeRequest(exchange, head, bytes, startNs, startFrame, means.details, means.pool)) {
      means.discards.add(DiscardReason.DETAIL_MEMORY, 1, this.frame);
    }
    const framing = requestFraming(head);
    if (exchange === this.response) {
      // Its response came first, and now it is clear whether that one has a body.
      if (head.method === Method.HEAD) this.server().endAbsentBody(startNs);
      else if (head.method !== Method.CONNECT) this.server().bodyMayBeAbsent = false;
    }
    return framing;
  }

  private beginResponse(side: i32, head: MessageHead, bytes: Uint8Array, startNs: f64, startFrame: i32): i32 {
    const isHttp2 = head.status === 101 && head.upgrade.begins(bytes, H2C);
    if (head.status < 200 && (head.status !== 101 || isHttp2)) {
      const awaiting = this.pairing.awaiting();
      if (awaiting === null) this.earlyInterims++;
      else awaiting.interimResponses++;
      return isHttp2 ? Framing.HTTP2 : Framing.NONE;
    }
    // RFC 9110 §15.5.9: sent on an idle connection, before it is closed.
    const isUnsolicited =
      head.status === REQUEST_TIMEOUT &&
      this.pairing.awaiting() === null &&
      (this.reply === ReplyKind.REPLY || this.reply === ReplyKind.NOTHING_NEW);
    const exchange = isUnsolicited ? this.pairing.unsolicited() : this.pairing.response(startFrame);
    this.startResponse(exchange, startNs, startFrame);
    if (head.status === 101 && head.upgrade.begins(bytes, WEBSOCKET))
      this.means.listener.speaks(this.slot, this.clientSide, Protocol.WEBSOCKET);
    exchange.status = head.status;
    takeResponseHead(exchange, head, bytes);
    exchange.interimResponses += this.earlyInterims;
    this.earlyInterims = 0;
    this.parser(side).bodyMayBeAbsent = !exchange.hasRequest;
    return responseFraming(head, exchange.method);
  }

  private startResponse(exchange: OpenExchange, startNs: f64, startFrame: i32): void {
    this.response = exchange;
    exchange.hasResponse = true;
    exchange.responseStartNs = startNs;
    exchange.responseStartFrame = startFrame;
  }

  private current(side: i32): OpenExchange | null {
    return side === this.clientSide ? this.request : this.response;
  }

  private parser(side: i32): MessageParser {
    return this.parsers[side] as MessageParser;
  }

  private server(): MessageParser {
    return this.parser(this.clientSide === 0 ? 1 : 0);
  }
}

function isAcceptedConnect(exchange: OpenExchange): boolean {
  return exchange.method === Method.CONNECT && exchange.status >= 200 && exchange.status < 300;
}
