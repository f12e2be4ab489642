/**
 * One connection that speaks HTTP/2 (RFC 9113): by prior knowledge, after an upgrade from HTTP/1, in TLS that was decrypted, or
 * seen from the middle.
 */
import { octetAt } from "../dialect/byte-order.ts";
import { min } from "../dialect/integers.ts";
import * as DiscardReason from "../http/discards.ts";
import type { OpenExchange } from "../http/open-exchange.ts";
import * as CloseReason from "../tcp/stream-listener.ts";
import { DynamicTable } from "./dynamic-table.ts";
import { FlowControl } from "./flow-control.ts";
import type { FrameOwner, Http2Frame } from "./frame-owner.ts";
import { FrameReader } from "./frame-reader.ts";
import * as Type from "./frame-types.ts";
import { number31At, SETTING_LENGTH } from "./frame-types.ts";
import type { Http2Shared } from "./http2-shared.ts";
import { Ping } from "./pings.ts";
import { beginsHttp1, beginsWithSettings, continuesPreface, PREFACE_LENGTH } from "./preface.ts";
import { StreamExchanges } from "./stream-exchanges.ts";

const SIDES: i32 = 2;
/** RFC 9113 §6.5.2. */
const INITIAL_WINDOW_SIZE: i32 = 4;

export class Http2Connection implements FrameOwner {
  private readonly means: Http2Shared;
  private slot: i32 = -1;
  private readonly readers: FrameReader[] = [];
  private readonly tables: DynamicTable[] = [];
  private readonly pings: Ping[] = [];
  private readonly flow: FlowControl;
  private readonly exchanges: StreamExchanges;
  /** −1 until a header block tells, on a connection that is seen from the middle. */
  clientSide: i32 = -1;
  /** Octets of the client's preface that came. */
  private prefaceTaken: i32 = 0;
  /** What follows an upgrade is HTTP/2 indeed. */
  private isProven: boolean = false;
  /** It is not HTTP/2: nothing of it is read any more. */
  isOver: boolean = false;
  private frameNumber: i32 = 0;

  constructor(means: Http2Shared) {
    this.means = means;
    const flow = new FlowControl();
    this.flow = flow;
    this.exchanges = new StreamExchanges(means, flow);
    for (let side: i32 = 0; side < SIDES; side++) {
      this.readers.push(new FrameReader(this, side, means.memory));
      this.tables.push(new DynamicTable(means.tables));
      this.pings.push(new Ping());
    }
  }

  /**
   * Follows the connection of this slot from here on.
   * @param clientSide −1 where unknown: the connection is seen from the middle
   * @param missed the side whose first frames went by unread, −1 = none
   */
  open(slot: i32, clientSide: i32, missed: i32): void {
    const isKnown = clientSide !== -1;
    this.isOver = false;
    this.isProven = true;
    this.slot = slot;
    this.clientSide = clientSide;
    this.prefaceTaken = isKnown ? 0 : PREFACE_LENGTH;
    this.exchanges.open(slot, !isKnown || missed === clientSide);
    if (isKnown) this.exchanges.knowClient(clientSide);
    this.flow.begin(isKnown && missed === -1);
    for (let side: i32 = 0; side < SIDES; side++) {
      const isFromStart = isKnown && side !== missed;
      this.reader(side).open(isFromStart);
      this.table(side).begin(isFromStart);
      (this.pings[side] as Ping).begin();
    }
  }

  /** HTTP/1 was left for it: `exchange` asked for that, and its answer comes on stream 1. */
  upgrade(exchange: OpenExchange): void {
    this.isProven = false;
    this.exchanges.upgrade(exchange);
  }

  data(side: i32, bytes: Uint8Array, start: i32, end: i32, timeNs: f64, frame: i32): void {
    this.frameNumber = frame;
    this.exchanges.now(timeNs, frame);
    let at = start;
    // Frames that were seen from the middle may have been none.
    if (this.clientSide === -1 && beginsHttp1(bytes, start, end)) this.isOver = true;
    if (side === this.clientSide && this.prefaceTaken < PREFACE_LENGTH) {
      if (!continuesPreface(bytes, start, end, this.prefaceTaken)) {
        this.isOver = true;
        return;
      }
      const taken = min(end - start, PREFACE_LENGTH - this.prefaceTaken);
      this.prefaceTaken += taken;
      at += taken;
      if (this.prefaceTaken === PREFACE_LENGTH) this.isProven = true;
    } else if (!this.isProven) {
      this.isProven = beginsWithSettings(bytes, start, end);
      this.isOver = !this.isProven;
    }
    if (this.isOver) return;
    const reader = this.reader(side);
    const before = reader.wholeFrames;
    reader.data(bytes, at, end, timeNs, frame);
    if (reader.wholeFrames !== before && this.clientSide !== -1)
      this.means.listener.http2Frames(this.slot, side, this.clientSide, timeNs);
  }

  gap(side: i32, length: i32, timeNs: f64, frame: i32): void {
    this.frameNumber = frame;
    this.exchanges.now(timeNs, frame);
    if (side === this.clientSide) this.prefaceTaken = PREFACE_LENGTH;
    this.reader(side).gap(length, timeNs, frame);
  }

  /** @param reason of `stream-listener.ts` */
  close(side: i32, reason: i32, timeNs: f64): void {
    this.exchanges.now(timeNs, this.frameNumber);
    this.closeSide(side, reason);
    if (reason === CloseReason.RESET) this.closeSide(1 - side, reason);
  }

  /** Ends what is open, and lets memory go. */
  forget(): void {
    this.closeSide(0, CloseReason.END);
    this.closeSide(1, CloseReason.END);
    for (let side: i32 = 0; side < SIDES; side++) {
      this.reader(side).drop();
      this.table(side).drop();
    }
  }

  content(side: i32, frame: Http2Frame, bytes: Uint8Array, start: i32, end: i32): void {
    const stream = this.exchanges.get(frame.stream);
    if (stream !== null) this.exchanges.content(stream, side === this.clientSide, frame, bytes, start, end);
  }

  contentHole(side: i32, frame: Http2Frame, length: i32): void {
    const stream = this.exchanges.get(frame.stream);
    if (stream !== null) this.exchanges.hole(stream, side === this.clientSide, length);
  }

  endData(side: i32, frame: Http2Frame): void {
    const stream = this.exchanges.get(frame.stream);
    this.flow.sent(side, stream, frame.length, frame.has(Type.END_STREAM), frame.endNs);
    if (stream !== null) this.exchanges.endData(stream, side === this.clientSide, frame);
  }

  endBlock(
    side: i32,
    frame: Http2Frame,
    bytes: Uint8Array,
    start: i32,
    end: i32,
    isWhole: boolean,
    octets: f64,
  ): void {
    const means = this.means;
    const fields = means.fields;
    const table = this.table(side);
    fields.begin();
    if (!isWhole || !means.decoder.decode(table, bytes, start, end, fields)) {
      table.lose();
      fields.hasUnknown = true;
    }
    if (fields.hasUnknown) means.discards.add(DiscardReason.HTTP2_FIELDS, 1, this.frameNumber);
    // What a server pushes nobody asked for (RFC 9113 §8.4): it is no exchange.
    if (frame.type === Type.PUSH_PROMISE) means.discards.add(DiscardReason.HTTP2_PUSHED, 1, this.frameNumber);
    if (frame.type === Type.PUSH_PROMISE || (frame.stream & 1) === 0) return;
    if (this.clientSide === -1) this.takeRole(side);
    if (side === this.clientSide) this.exchanges.requestBlock(frame, octets);
    else if (this.clientSide !== -1) this.exchanges.responseBlock(frame, octets);
  }

  control(side: i32, frame: Http2Frame, payload: Uint8Array, length: i32): void {
    switch (frame.type) {
      case Type.RST_STREAM:
        this.exchanges.reset(frame.stream);
        return;
      case Type.GOAWAY:
        if (this.clientSide === 1 - side) this.exchanges.goAway(number31At(payload, 0));
        return;
      case Type.SETTINGS:
        this.takeSettings(side, payload, length, frame.endNs);
        return;
      case Type.WINDOW_UPDATE: {
        const stream = this.exchanges.get(frame.stream);
        this.flow.allow(side, stream, frame.stream === 0, number31At(payload, 0), frame.endNs);
        return;
      }
      case Type.PING:
        this.takePing(side, frame, payload);
        return;
    }
  }

  loseFrames(side: i32): void {
    this.means.discards.add(DiscardReason.HTTP2_HOLE, 1, this.frameNumber);
    this.table(side).lose();
    this.flow.lose();
    if (this.clientSide !== -1) this.exchanges.loseFrames(side === this.clientSide);
  }

  skip(length: f64): void {
    this.means.discards.add(DiscardReason.SKIPPED_BYTES, length, this.frameNumber);
  }

  /** The first header block shows who sends requests. */
  private takeRole(side: i32): void {
    const head = this.means.fields.head;
    if (!head.isRequest && head.status === 0) return;
    this.clientSide = head.isRequest ? side : 1 - side;
    this.exchanges.knowClient(this.clientSide);
  }

  private takeSettings(side: i32, payload: Uint8Array, length: i32, nowNs: f64): void {
    for (let at: i32 = 0; at + SETTING_LENGTH <= length; at += SETTING_LENGTH) {
      const setting = (octetAt(payload, at) << 8) | octetAt(payload, at + 1);
      // The highest bit is an error's (RFC 9113 §6.5.2).
      if (setting === INITIAL_WINDOW_SIZE) this.flow.setInitial(side, number31At(payload, at + 2), nowNs);
    }
  }

  private takePing(side: i32, frame: Http2Frame, payload: Uint8Array): void {
    if (!frame.has(Type.ACK)) {
      (this.pings[side] as Ping).sent(payload, frame.endNs);
      return;
    }
    const sender = 1 - side;
    const roundTripNs = (this.pings[sender] as Ping).acknowledged(payload, frame.endNs);
    if (roundTripNs >= 0) this.means.listener.ping(this.slot, sender, roundTripNs);
  }

  private closeSide(side: i32, reason: i32): void {
    if (this.clientSide !== -1) this.exchanges.close(side === this.clientSide, reason === CloseReason.END);
  }

  private reader(side: i32): FrameReader {
    return this.readers[side] as FrameReader;
  }

  private table(side: i32): DynamicTable {
    return this.tables[side] as DynamicTable;
  }
}
