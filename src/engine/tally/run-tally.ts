/**
 * Listens to TCP and HTTP, and adds up. Whole-capture counts are Wireshark's; pairs are counted as `docs/metrics.md`
 * defines.
 */
import type { Discards } from "../http/discards.ts";
import type { ExchangeListener } from "../http/exchange-listener.ts";
import * as ExchangeState from "../http/exchange-state.ts";
import type { OpenExchange } from "../http/open-exchange.ts";
import { PairListing, type PairReadings } from "../readings/pair-readings.ts";
import * as Protocol from "../readings/protocol-readings.ts";
import type { ReadingsWriter } from "../readings/readings-writer.ts";
import { RunReadings } from "../readings/run-readings.ts";
import * as TcpFlag from "../segments/tcp-flags.ts";
import type { AddressTable } from "../tcp/address-table.ts";
import * as RoundTripKind from "../tcp/connection-sink.ts";
import type { SegmentSink } from "../tcp/segment-sink.ts";
import type { SegmentTally } from "../tcp/segment-tally.ts";
import { AddressRoles } from "./address-roles.ts";
import { BalancerObserver } from "./balancer/balancer-observer.ts";
import type { ConnectionEnds } from "./connection-ends.ts";
import { ConnectionPairs } from "./connection-pairs.ts";
import { putExchangeRow } from "./exchange-row.ts";
import * as Held from "./held-records.ts";
import type { Pair } from "./pair.ts";
import { PairDirectory } from "./pair-directory.ts";
import { ServerProtocols } from "./server-protocols.ts";
import type { ServerTotal } from "./server-totals.ts";
import { BackendEvidence } from "./state/backend-evidence.ts";
import { TranslatedConnections } from "./translated-connections.ts";

const ENDING: i32 = TcpFlag.FIN | TcpFlag.RST;

export class RunTally implements SegmentSink, ExchangeListener {
  readonly directory: PairDirectory;
  readonly balancer: BalancerObserver;
  /** What the http room gave up. */
  discards: Discards | null = null;
  private readonly ends: ConnectionEnds;
  private readonly protocols: ServerProtocols;
  private readonly evidence: BackendEvidence = new BackendEvidence();
  /** Where every exchange is put as it ends; `null` where nobody asks for them. */
  private readonly rows: ReadingsWriter | null;
  private readonly slots: ConnectionPairs;
  private readonly roles: AddressRoles;
  private readonly translated: TranslatedConnections;
  private readonly counted: RunReadings = new RunReadings();
  /** The frame that what is told was found in. */
  private frameNumber: i32 = 0;
  private wireLength: i32 = 0;
  private timeNs: f64 = 0;

  /**
   * @param chartData pairs keep time series too
   * @param live pairs keep what a run under way shows too
   * @param rows where every exchange is put as it ends
   * @param balancedRows where every client exchange of a balancer is put when what it caused was found
   */
  constructor(
    addresses: AddressTable,
    ends: ConnectionEnds,
    chartData: boolean,
    live: boolean,
    rows: ReadingsWriter | null,
    balancedRows: ReadingsWriter | null,
  ) {
    this.ends = ends;
    this.protocols = new ServerProtocols(ends);
    const directory = new PairDirectory(ends, chartData, live);
    this.directory = directory;
    this.slots = new ConnectionPairs(directory);
    this.roles = new AddressRoles(ends, directory);
    this.translated = new TranslatedConnections(ends);
    this.balancer = new BalancerObserver(addresses, ends, balancedRows);
    this.rows = rows;
  }

  frame(number: i32, wireLength: i32, timeNs: f64): void {
    this.frameNumber = number;
    this.wireLength = wireLength;
    this.timeNs = timeNs;
  }

  tally(connection: i32, side: i32, tally: SegmentTally): void {
    // Sums can't wait: without a message, the ports decide.
    this.place(connection, -1);
    const pair = this.slots.of(connection);
    if (pair !== null) pair.conversation.tally(tally, this.slots.isSource(connection, side));
  }

  turn(connection: i32, side: i32, flags: i32, timeNs: f64): void {
    const held = this.hold(Held.TURN, connection, side);
    if (held !== null) {
      held.first = flags;
      held.durationNs = timeNs;
      return;
    }
    if ((flags & ENDING) === 0) return;
    this.balancer.closing(connection, side, timeNs);
    this.evidence.closing(connection, side, (flags & TcpFlag.RST) !== 0, timeNs);
  }

  segment(connection: i32, side: i32, wireSegments: i32, isNewPayload: boolean): void {
    const held = this.hold(Held.SEGMENT, connection, side);
    if (held !== null) {
      held.first = wireSegments;
      held.second = isNewPayload ? 1 : 0;
      return;
    }
    const pair = this.slots.of(connection);
    if (pair === null) return;
    const fromSource = this.slots.isSource(connection, side);
    pair.conversation.segment(fromSource, this.wireLength, this.timeNs);
    const live = pair.live;
    if (live === null) return;
    live.segment(fromSource, this.wireLength, wireSegments, this.timeNs);
    if (!fromSource) this.evidence.heard(connection, isNewPayload, this.timeNs);
  }

  connectionOpened(connection: i32, clientSide: i32): void {
    // Wireshark's count: a four-tuple that is used again without a SYN stays one stream of it.
    this.counted.connections = Math.max(this.counted.connections, this.ends.ordinalOf(connection) as f64);
    this.protocols.connectionOpened(connection, clientSide);
    this.translated.opened(connection, clientSide, this.timeNs);
    const isKnown = clientSide !== -1;
    this.slots.open(connection, isKnown);
    if (isKnown) this.roles.note(connection, clientSide);
    else if (this.directory.isUnsure(connection)) {
      this.slots.hold(connection, this.timeNs);
      this.balancer.connectionOpened(connection, -1, null, this.timeNs);
      return;
    }
    const pair = this.slots.join(connection, clientSide, this.timeNs);
    this.balancer.connectionOpened(connection, clientSide, pair, this.timeNs);
    const sourceSide = this.slots.sourceSide(connection);
    this.evidence.opened(connection, pair, sourceSide, clientSide === sourceSide, this.timeNs);
  }

  roundTrip(connection: i32, side: i32, kind: i32, durationNs: f64, timeNs: f64): void {
    const held = this.hold(Held.ROUND_TRIP, connection, side);
    if (held !== null) {
      held.first = kind;
      held.durationNs = durationNs;
      held.timeNs = timeNs;
      return;
    }
    if (kind !== RoundTripKind.REPEATED_HANDSHAKE) this.evidence.acknowledged(connection, side, timeNs);
    if (kind === RoundTripKind.HANDSHAKE) {
      this.evidence.established(connection);
      this.translated.answered(connection);
    }
    const pair = this.slots.of(connection);
    if (pair === null) return;
    const fromSource = this.slots.isSource(connection, side);
    pair.conversation.roundTrip(fromSource, kind, durationNs, timeNs);
    const live = pair.live;
    if (live !== null && fromSource) live.roundTrip(kind, durationNs, timeNs);
  }

  lost(connection: i32, side: i32, place: i32, evidence: i32, segments: i32): void {
    const held = this.hold(Held.LOST, connection, side);
    if (held !== null) {
      held.first = place;
      held.second = evidence;
      held.third = segments;
      return;
    }
    const pair = this.slots.of(connection);
    if (pair === null) return;
    const fromSource = this.slots.isSource(connection, side);
    pair.conversation.lost(fromSource, place, evidence, segments, this.timeNs);
    const live = pair.live;
    if (live !== null) live.lost(fromSource, place, evidence, segments, this.timeNs);
  }

  unsure(connection: i32, side: i32, evidence: i32, below: i32, above: i32): void {
    const held = this.hold(Held.UNSURE, connection, side);
    if (held !== null) {
      held.first = evidence;
      held.second = below;
      held.third = above;
      return;
    }
    const pair = this.slots.of(connection);
    if (pair === null) return;
    pair.conversation.unsure(this.slots.isSource(connection, side), evidence, below, above);
  }

  lostEitherWay(connection: i32, synAcks: i32): void {
    const held = this.hold(Held.LOST_EITHER_WAY, connection, 0);
    if (held !== null) {
      held.first = synAcks;
      return;
    }
    const pair = this.slots.of(connection);
    if (pair !== null) pair.conversation.lostEitherWay(synAcks);
  }

  connectionClosed(connection: i32, isFailed: boolean): void {
    this.place(connection, -1);
    const pair = this.slots.of(connection);
    if (pair === null) return;
    this.slots.leave(connection);
    if (isFailed) pair.conversation.failedHandshake(this.timeNs);
  }

  message(connection: i32, side: i32, isRequest: boolean, timeNs: f64): void {
    this.clientIs(connection, isRequest ? side : 1 - side);
    if (!this.translated.isAgain(connection)) {
      if (isRequest) this.counted.requests++;
      else this.counted.responses++;
    }
    const pair = this.slots.of(connection);
    if (pair === null) return;
    const conversation = pair.conversation;
    conversation.message();
    if (!this.slots.isSource(connection, side)) {
      this.evidence.answering(connection, this.timeNs);
      return;
    }
    conversation.paperMessage(isRequest, this.frameNumber, timeNs, this.wireLength);
  }

  request(connection: i32, side: i32, exchange: OpenExchange | null): void {
    this.clientIs(connection, side);
    this.evidence.request(connection, side, exchange === null ? 0 : exchange.pathHash, this.timeNs);
    const pair = this.slots.of(connection);
    if (pair !== null && this.slots.isSource(connection, side)) {
      const live = pair.live;
      if (live !== null) live.request(this.timeNs);
    }
    if (exchange === null) return;
    if (this.translated.isFoundBy(connection, side, exchange)) {
      this.counted.requests--;
      const before = this.slots.of(this.translated.before(connection));
      if (before !== null && pair !== null) before.conversation.translatedAway();
    }
    this.balancer.compareRequest(connection, side, exchange, !this.translated.isAgain(connection));
    this.balancer.request(connection, side, exchange, pair);
  }

  exchange(exchange: OpenExchange): void {
    const connection = exchange.connection;
    if (!this.translated.isAgain(connection)) {
      this.counted.exchanges++;
      if (exchange.state === ExchangeState.UNANSWERED) this.counted.unanswered++;
    }
    this.clientIs(connection, exchange.clientSide);
    if (exchange.isGrpc) this.speaks(connection, exchange.clientSide, Protocol.GRPC);
    const pair = this.slots.of(connection);
    const rows = this.rows;
    if (rows !== null) putExchangeRow(exchange, pair, this.ends, rows);
    this.balancer.exchange(exchange, pair, this.timeNs);
    this.evidence.exchange(exchange, this.timeNs);
    if (pair === null) return;
    pair.conversation.message();
    if (!this.slots.isSource(connection, exchange.clientSide)) return;
    pair.conversation.exchange(exchange, this.ends.receiverOf(connection));
    const live = pair.live;
    if (live !== null) live.exchange(exchange, this.timeNs);
  }

  speaks(connection: i32, clientSide: i32, protocol: i32): void {
    this.protocols.add(connection, clientSide, protocol, this.frameNumber);
  }

  http2Frames(connection: i32, side: i32, clientSide: i32, timeNs: f64): void {
    this.clientIs(connection, clientSide);
    const pair = this.slots.of(connection);
    if (pair !== null && this.slots.isSource(connection, side))
      pair.conversation.paperFrame(this.frameNumber, timeNs, this.wireLength);
  }

  ping(connection: i32, side: i32, roundTripNs: f64): void {
    const pair = this.slots.of(connection);
    if (pair !== null && this.slots.isSource(connection, side)) pair.conversation.ping(roundTripNs);
  }

  /** The capture has ended: nothing is kept back any more. */
  finish(): void {
    this.balancer.finish();
  }

  /** The whole capture so far. */
  totals(): RunReadings {
    const readings = this.counted;
    readings.unpaired = this.directory.unpaired;
    readings.protocols = this.protocols.list;
    const discards = this.discards;
    if (discards !== null) {
      readings.discards = discards.counts;
      readings.discardFrames = discards.firstFrames;
    }
    this.balancer.compare();
    readings.balancer = this.balancer.readings();
    readings.sides.roles = this.roles.readings();
    this.translated.tell(readings.sides);
    return readings;
  }

  /** How many pairs there are, and after them servers with all of their clients together. */
  get pairCount(): i32 {
    return this.directory.pairs.length + this.directory.totals.length;
  }

  /** The pair at this place of the list, 0 … `pairCount` − 1. */
  listing(place: i32): PairListing {
    const total = this.totalAt(place);
    if (total !== null) return total.listing();
    const pair = (this.directory.pairs[place] as Pair).counted;
    const listing = new PairListing();
    listing.isNamed = pair.isNamed;
    listing.source = pair.source;
    listing.destination = pair.destination;
    listing.port = pair.port;
    listing.messages = pair.conversation.messages;
    listing.isLive = pair.live !== null;
    listing.isTranslated = pair.conversation.isTranslated;
    return listing;
  }

  /**
   * Everything of the pair at this place of the list, after `totals`.
   * @param nowNs the present of a run under way, ns since the capture's first packet
   * @param hasTimeline with its timeline, which is much
   */
  pair(place: i32, nowNs: f64, hasTimeline: boolean): PairReadings {
    const total = this.totalAt(place);
    if (total !== null) return total.conversation.readings(hasTimeline);
    const pair = (this.directory.pairs[place] as Pair).counted;
    const conversation = pair.conversation;
    const readings = conversation.readings(hasTimeline);
    readings.addedTimeToFirstByte = this.balancer.added(pair);
    readings.states = pair.states.readings(this.timeNs);
    const live = pair.live;
    if (live !== null) readings.live = live.readings(nowNs, conversation.toBackend, conversation.fromBackend);
    return readings;
  }

  private totalAt(place: i32): ServerTotal | null {
    const at = place - this.directory.pairs.length;
    return at < 0 ? null : (this.directory.totals[at] as ServerTotal);
  }

  /** An HTTP message tells the connection's client. */
  private clientIs(connection: i32, clientSide: i32): void {
    const slots = this.slots;
    if (!slots.isGuessed(connection)) return;
    slots.tell(connection);
    this.roles.note(connection, clientSide);
    if (slots.heldBy(connection) !== null) this.place(connection, clientSide);
    else if (slots.isWrong(connection, clientSide)) {
      // The ports were misleading: from now on it counts for the pair that it belongs to.
      slots.leavePair(connection);
      this.joinLate(connection, clientSide, this.timeNs);
    }
  }

  private joinLate(connection: i32, clientSide: i32, openedNs: f64): void {
    const pair = this.slots.join(connection, clientSide, openedNs);
    this.evidence.opened(connection, pair, this.slots.sourceSide(connection), false, openedNs);
  }

  /** Finds the pair of a connection that waits for it, if it does, and counts what was held. @param clientSide −1 = guess */
  private place(connection: i32, clientSide: i32): void {
    const held = this.slots.takeHeld(connection);
    if (held === null) return;
    this.joinLate(connection, clientSide, held.openedNs);
    const timeNs = this.timeNs;
    const wireLength = this.wireLength;
    for (let index: i32 = 0; index < held.records.length; index++) {
      this.release(connection, held.records[index] as Held.HeldRecord);
    }
    this.timeNs = timeNs;
    this.wireLength = wireLength;
  }

  private release(connection: i32, held: Held.HeldRecord): void {
    this.timeNs = held.timeNs;
    this.wireLength = held.wireLength;
    Held.tellHeld(held, connection, this);
  }

  /** A record to be filled, where the connection's client isn't known yet; else `null`. */
  private hold(kind: i32, connection: i32, side: i32): Held.HeldRecord | null {
    const held = this.slots.heldBy(connection);
    if (held === null) return null;
    if (!held.isFull) return held.add(kind, side, this.timeNs, this.wireLength);
    this.place(connection, -1);
    return null;
  }
}
