import type { ExchangeListener } from "../http/exchange-listener.ts";
import type { OpenExchange } from "../http/open-exchange.ts";
import type { Segment } from "../packet/segment.ts";
import type { AddressTable } from "../tcp/address-table.ts";
import type { Connection, Direction } from "../tcp/connection.ts";
import type { ConnectionSink } from "../tcp/connection-sink.ts";
import type { SegmentFacts } from "../tcp/segment-facts.ts";
import * as Finding from "./findings.ts";

const INITIAL_LENGTH: i32 = 1 << 16;

/** Writes down what the tcp and http rooms tell, in its order, as numbers: see `findings.ts`. */
export class FindingsWriter implements ConnectionSink, ExchangeListener {
  /** The records, in `values[0 … length)`. */
  values: Float64Array = new Float64Array(INITIAL_LENGTH);
  length: i32 = 0;
  /** Octets that records refer to. */
  copies: Uint8Array[] = [];
  private readonly addresses: AddressTable;
  /** Addresses that were written down already. */
  private addressesTold: i32 = 0;

  constructor(addresses: AddressTable) {
    this.addresses = addresses;
  }

  /** Begins anew: what was written was read. */
  begin(): void {
    this.length = 0;
    if (this.copies.length > 0) this.copies = [];
  }

  /** The frame whose segment is tracked next. */
  frame(number: i32, wireLength: i32, timeNs: f64): void {
    const at = this.take(Finding.FRAME_SIZE);
    const values = this.values;
    values[at] = Finding.FRAME;
    values[at + 1] = number;
    values[at + 2] = wireLength;
    values[at + 3] = timeNs;
  }

  /** The frame's segment, after everything else about it was told. */
  segment(facts: SegmentFacts, segment: Segment): void {
    const at = this.take(Finding.SEGMENT_SIZE);
    const values = this.values;
    values[at] = Finding.SEGMENT;
    values[at + 1] = facts.connection * 2 + facts.side;
    values[at + 2] =
      facts.analysis |
      (segment.flags << Finding.TCP_FLAGS_SHIFT) |
      (facts.duplicate ? Finding.DUPLICATE_BIT : 0) |
      (facts.occupies ? Finding.OCCUPIES_BIT : 0) |
      (facts.idStep << Finding.ID_STEP_SHIFT);
    values[at + 3] = segment.payloadLength;
    values[at + 4] = facts.newPayloadBytes;
    values[at + 5] = facts.seenAgainBytes;
  }

  /** A connection begins; `clientSide` −1: its SYN was not seen. */
  connectionOpened(connection: Connection, clientSide: i32): void {
    while (this.addressesTold < this.addresses.size) this.tellAddress(this.addressesTold++);
    const at = this.take(Finding.CONNECTION_OPENED_SIZE);
    const values = this.values;
    values[at] = Finding.CONNECTION_OPENED;
    values[at + 1] = connection.slot;
    values[at + 2] = clientSide;
    values[at + 3] = connection.ordinal;
    values[at + 4] = connection.address(0);
    values[at + 5] = connection.port(0);
    values[at + 6] = connection.address(1);
    values[at + 7] = connection.port(1);
  }

  /** The connection is gone: its slot may be used again. `isFailed`: its SYN was seen, and no answer to it. */
  connectionClosed(slot: i32, isFailed: boolean): void {
    const at = this.take(Finding.CONNECTION_CLOSED_SIZE);
    this.values[at] = Finding.CONNECTION_CLOSED;
    this.values[at + 1] = slot;
    this.values[at + 2] = isFailed ? 1 : 0;
  }

  /** A round trip of a segment of the direction, from the tap to the receiver and back; kinds: `round-trip-kind.ts`. */
  roundTrip(direction: Direction, kind: i32, durationNs: f64): void {
    const at = this.take(Finding.ROUND_TRIP_SIZE);
    const values = this.values;
    values[at] = Finding.ROUND_TRIP;
    values[at + 1] = direction.key;
    values[at + 2] = kind;
    values[at + 3] = durationNs;
  }

  /**
   * `segments` of the direction that occupy sequence space were lost; negative where later evidence takes an earlier
   * count back.
   */
  lost(direction: Direction, place: i32, evidence: i32, segments: i32): void {
    const at = this.take(Finding.LOST_SIZE);
    const values = this.values;
    values[at] = Finding.LOST;
    values[at + 1] = direction.key;
    values[at + 2] = place;
    values[at + 3] = evidence;
    values[at + 4] = segments;
  }

  /** The evidence leaves a choice: of the direction's losses, `below` may be none, and `above` more may be. */
  unsure(direction: Direction, evidence: i32, below: i32, above: i32): void {
    const at = this.take(Finding.UNSURE_SIZE);
    const values = this.values;
    values[at] = Finding.UNSURE;
    values[at + 1] = direction.key;
    values[at + 2] = evidence;
    values[at + 3] = below;
    values[at + 4] = above;
  }

  /** One segment of the handshake was lost: a SYN beyond the tap or a SYN/ACK before it; nothing tells which. */
  lostEitherWay(slot: i32): void {
    const at = this.take(Finding.LOST_EITHER_WAY_SIZE);
    this.values[at] = Finding.LOST_EITHER_WAY;
    this.values[at + 1] = slot;
  }

  message(connection: i32, side: i32, isRequest: boolean, timeNs: f64): void {
    const at = this.take(Finding.MESSAGE_SIZE);
    const values = this.values;
    values[at] = Finding.MESSAGE;
    values[at + 1] = connection * 2 + side;
    values[at + 2] = isRequest ? 1 : 0;
    values[at + 3] = timeNs;
  }

  request(connection: i32, side: i32, exchange: OpenExchange | null): void {
    const at = this.take(Finding.REQUEST_SIZE);
    const values = this.values;
    values[at] = Finding.REQUEST;
    values[at + 1] = connection * 2 + side;
    values[at + 2] = exchange === null ? 0 : 1;
    if (exchange !== null) this.tellKnown(at + Finding.KNOWN, exchange);
  }

  exchange(exchange: OpenExchange): void {
    const at = this.take(Finding.EXCHANGE_SIZE);
    const values = this.values;
    values[at] = Finding.EXCHANGE;
    values[at + 1] = exchange.connection * 2 + exchange.clientSide;
    values[at + 2] = exchange.state;
    this.tellKnown(at + Finding.KNOWN, exchange);
    const end = at + Finding.AT_END;
    values[end + Finding.INTERIM_RESPONSES] = exchange.interimResponses;
    values[end + Finding.REQUEST_START_FRAME] = exchange.requestStartFrame;
    values[end + Finding.REQUEST_END_FRAME] = exchange.requestEndFrame;
    values[end + Finding.RESPONSE_START_FRAME] = exchange.responseStartFrame;
    values[end + Finding.RESPONSE_END_FRAME] = exchange.responseEndFrame;
    values[end + Finding.REQUEST_BYTES] = exchange.requestBytes;
    values[end + Finding.RESPONSE_BYTES] = exchange.responseBytes;
    values[end + Finding.TARGET] = this.copy(exchange.target);
    values[end + Finding.HOST] = this.copy(exchange.host);
    values[end + Finding.REQUEST_ID] = this.copy(exchange.requestId);
    values[end + Finding.FORWARDED_FOR] = this.copy(exchange.forwardedFor);
  }

  private tellKnown(at: i32, exchange: OpenExchange): void {
    const values = this.values;
    values[at + Finding.ORDINAL] = exchange.ordinal;
    values[at + Finding.METHOD] = exchange.method;
    values[at + Finding.METHOD_NAME] = this.copy(exchange.methodName);
    values[at + Finding.TARGET_HASH] = exchange.targetHash;
    values[at + Finding.REQUEST_ID_HASH] = exchange.requestIdHash;
    values[at + Finding.FORWARDED_FOR_HASH] = exchange.forwardedForHash;
    values[at + Finding.STATUS] = exchange.status;
    values[at + Finding.REQUEST_START_NS] = exchange.requestStartNs;
    values[at + Finding.REQUEST_END_NS] = exchange.requestEndNs;
    values[at + Finding.RESPONSE_START_NS] = exchange.responseStartNs;
    values[at + Finding.RESPONSE_END_NS] = exchange.responseEndNs;
  }

  /** Hands octets on, which nobody changes any more; their index. */
  private copy(octets: Uint8Array | null): i32 {
    if (octets === null) return -1;
    this.copies.push(octets);
    return this.copies.length - 1;
  }

  private tellAddress(number: i32): void {
    const at = this.take(Finding.ADDRESS_SIZE);
    const values = this.values;
    values[at] = Finding.ADDRESS;
    values[at + 1] = this.addresses.version(number);
    for (let index: i32 = 0; index < 4; index++) values[at + 2 + index] = this.addresses.word(number, index);
  }

  /** Room for a record; where it starts. */
  private take(size: i32): i32 {
    const at = this.length;
    this.length = at + size;
    if (this.length > this.values.length) this.grow();
    return at;
  }

  private grow(): void {
    const larger = new Float64Array(2 * this.length);
    larger.set(this.values);
    this.values = larger;
  }
}
