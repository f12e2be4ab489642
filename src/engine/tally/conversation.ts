/** Everything counted between one source (client, balancer) and one destination (server, backend): a pair in the making. */
import type { OpenExchange } from "../http/open-exchange.ts";
import type { DistributionReadings } from "../readings/distribution-readings.ts";
import { PairReadings } from "../readings/pair-readings.ts";
import { TransportReadings } from "../readings/transport-readings.ts";
import * as RoundTripKind from "../tcp/connection-sink.ts";
import type { SegmentTally } from "../tcp/segment-tally.ts";
import { DirectionTally } from "./direction-tally.ts";
import { ExchangeTally } from "./exchange-tally.ts";
import { Http2Tally } from "./http2-tally.ts";
import { PaperFrames } from "./paper-frames.ts";
import { ReceiverCounts } from "./receiver-counts.ts";
import type { PairTimeline, TimelineRoom } from "./samples/pair-timeline.ts";
import { Samples } from "./samples/samples.ts";
import { TimeSeriesTally } from "./samples/time-series.ts";

/** A host answers its own tap within microseconds, sooner than any network brings an answer from elsewhere. */
const OWN_HOST_NS: f64 = 20_000;
/**
 * How many times as long the other end takes at least: of a few round trips between virtual machines, the shortest of one side may be
 * three times as long as the other's.
 */
const TIMES_FARTHER: f64 = 4;
/** Sooner than any network at all: then the round trip to the other end need not be known. */
const SURELY_OWN_HOST_NS: f64 = 5_000;

/** Whether the tap is on a host: by the least round trip there, and that to the other end. */
function isOwnHost(leastNs: f64, otherLeastNs: f64): boolean {
  if (otherLeastNs === Infinity) return leastNs < SURELY_OWN_HOST_NS;
  return leastNs < OWN_HOST_NS && TIMES_FARTHER * leastNs < otherLeastNs;
}

export class Conversation {
  readonly toBackend: DirectionTally = new DirectionTally();
  readonly fromBackend: DirectionTally = new DirectionTally();
  readonly paperFrames: PaperFrames = new PaperFrames();
  readonly exchanges: ExchangeTally = new ExchangeTally();
  /** HTTP messages of either direction: a conversation without any is no HTTP pair. */
  messages: i32 = 0;
  connections: i32 = 0;
  failedHandshakes: i32 = 0;
  /** Connections that are in another pair, too, behind an address translation. */
  translated: i32 = 0;
  /** Handshake segments lost in one direction or the other. */
  lossesEitherWay: i32 = 0;
  /** The same of one SYN or two SYN/ACKs. */
  lossesOfOneOrTwo: i32 = 0;
  /** Time of the latest segment; −∞ before the first. */
  lastNs: f64 = -Infinity;
  private firstNs: f64 = Infinity;
  private receivers: ReceiverCounts = new ReceiverCounts();
  private handshake: Samples = new Samples();
  /** Waits for a connection whose SYN was repeated. */
  private repeatedHandshake: Samples = new Samples();
  private toBackendAndBack: Samples = new Samples();
  private toBackendAndAnswered: Samples = new Samples();
  private toSourceAndBack: Samples = new Samples();
  private readonly series: TimeSeriesTally | null;
  private readonly timelines: TimelineRoom;
  /** `null` before the first stream. */
  private http2: Http2Tally | null = null;
  /** `null` before the first HTTP message, and where there are too many. */
  private timeline: PairTimeline | null = null;
  /** All clients of the server together, where there are several: what is counted here counts there, too. */
  private total: Conversation | null = null;

  /**
   * @param chartData keep time series too
   * @param timelines gives it a timeline when it speaks HTTP, where there is room
   */
  constructor(chartData: boolean, timelines: TimelineRoom) {
    this.timelines = timelines;
    this.series = chartData ? new TimeSeriesTally() : null;
  }

  get hasTotal(): boolean {
    return this.total !== null;
  }

  /** What is counted from now on counts for the total, too. */
  addTo(total: Conversation): void {
    this.total = total;
  }

  /** The same counts once more, without time series, to be added to apart from these. */
  copy(): Conversation {
    const copy = new Conversation(false, this.timelines);
    copy.toBackend.copyFrom(this.toBackend);
    copy.fromBackend.copyFrom(this.fromBackend);
    copy.paperFrames.copyFrom(this.paperFrames);
    copy.exchanges.copyFrom(this.exchanges);
    copy.messages = this.messages;
    copy.connections = this.connections;
    copy.failedHandshakes = this.failedHandshakes;
    copy.translated = this.translated;
    copy.lossesEitherWay = this.lossesEitherWay;
    copy.lossesOfOneOrTwo = this.lossesOfOneOrTwo;
    copy.firstNs = this.firstNs;
    copy.lastNs = this.lastNs;
    copy.receivers = this.receivers.copy();
    copy.handshake = this.handshake.copy();
    copy.repeatedHandshake = this.repeatedHandshake.copy();
    copy.toBackendAndBack = this.toBackendAndBack.copy();
    copy.toBackendAndAnswered = this.toBackendAndAnswered.copy();
    copy.toSourceAndBack = this.toSourceAndBack.copy();
    const timeline = this.timeline;
    if (timeline !== null) copy.timeline = timeline.copy();
    const http2 = this.http2;
    if (http2 !== null) copy.http2 = http2.copy();
    return copy;
  }

  /** A connection joined, or, −1, never was here. */
  connection(count: i32): void {
    const total = this.total;
    if (total !== null) total.connection(count);
    this.connections += count;
  }

  /** A connection's SYN got no answer. */
  failedHandshake(timeNs: f64): void {
    const total = this.total;
    if (total !== null) total.failedHandshake(timeNs);
    this.failedHandshakes++;
    const timeline = this.timeline;
    if (timeline !== null) timeline.failedConnect(timeNs);
  }

  /** The backend failed. @param reason of `failure-reason.ts` */
  failed(reason: i32, timeNs: f64): void {
    const total = this.total;
    if (total !== null) total.failed(reason, timeNs);
    const timeline = this.timeline;
    if (timeline !== null) timeline.failed(reason, timeNs);
  }

  /** A request was sent on a connection when the backend had closed it. */
  raced(timeNs: f64): void {
    const total = this.total;
    if (total !== null) total.raced(timeNs);
    const timeline = this.timeline;
    if (timeline !== null) timeline.raced(timeNs);
  }

  /** A connection was recorded again behind an address translation. */
  translatedAway(): void {
    const total = this.total;
    if (total !== null) total.translatedAway();
    this.translated++;
  }

  /** An HTTP message of either direction. */
  message(): void {
    const total = this.total;
    if (total !== null) total.message();
    if (this.messages === 0 && this.timeline === null) this.timeline = this.timelines.take();
    this.messages++;
  }

  /** Counts lost segments: see `DirectionTally`. */
  lost(fromSource: boolean, place: i32, evidence: i32, segments: i32, timeNs: f64): void {
    const total = this.total;
    if (total !== null) total.lost(fromSource, place, evidence, segments, timeNs);
    this.direction(fromSource).lost(place, evidence, segments);
    const timeline = this.timeline;
    if (timeline !== null) timeline.lost(place, evidence, segments, timeNs);
  }

  unsure(fromSource: boolean, evidence: i32, below: i32, above: i32): void {
    const total = this.total;
    if (total !== null) total.unsure(fromSource, evidence, below, above);
    this.direction(fromSource).unsure(evidence, below, above);
  }

  /** A SYN was lost, or so many SYN/ACKs: 1 or 2. */
  lostEitherWay(synAcks: i32): void {
    const total = this.total;
    if (total !== null) total.lostEitherWay(synAcks);
    if (synAcks === 1) this.lossesEitherWay++;
    else this.lossesOfOneOrTwo++;
  }

  /** Whether its connections were recorded again behind an address translation: most of them, since some began unseen. */
  get isTranslated(): boolean {
    return this.translated > 0 && 2 * this.translated >= this.connections;
  }

  /** Adds segments that were counted elsewhere; `fromSource`: they went to the backend. */
  tally(tally: SegmentTally, fromSource: boolean): void {
    const total = this.total;
    if (total !== null) total.tally(tally, fromSource);
    this.direction(fromSource).add(tally);
    this.firstNs = Math.min(this.firstNs, tally.firstNs);
    this.lastNs = Math.max(this.lastNs, tally.lastNs);
  }

  /** The direction in which the source, or the backend, sends. */
  direction(fromSource: boolean): DirectionTally {
    return fromSource ? this.toBackend : this.fromBackend;
  }

  /** Puts a segment, already counted, in its place in time. */
  segment(fromSource: boolean, wireLength: i32, timeNs: f64): void {
    const series = this.series;
    if (series !== null) series.addBytes(timeNs, wireLength, fromSource);
  }

  /** Counts an HTTP message from source to destination, completed in this frame. */
  paperMessage(isRequest: boolean, frame: i32, timeNs: f64, wireLength: i32): void {
    const total = this.total;
    if (total !== null) total.paperMessage(isRequest, frame, timeNs, wireLength);
    this.paperFrames.add(frame, timeNs, wireLength);
    if (!isRequest) return;
    this.paperFrames.addRequest();
    const series = this.series;
    if (series !== null) series.addRequest(timeNs);
  }

  /** HTTP/2: frames from source to destination were whole in this frame. */
  paperFrame(frame: i32, timeNs: f64, wireLength: i32): void {
    const total = this.total;
    if (total !== null) total.paperFrame(frame, timeNs, wireLength);
    this.paperFrames.add(frame, timeNs, wireLength);
  }

  /** HTTP/2: the source's PING was acknowledged. */
  ping(roundTripNs: f64): void {
    const total = this.total;
    if (total !== null) total.ping(roundTripNs);
    this.streams().ping(roundTripNs);
  }

  private streams(): Http2Tally {
    let http2 = this.http2;
    if (http2 === null) {
      http2 = new Http2Tally();
      this.http2 = http2;
    }
    return http2;
  }

  /** Counts an exchange that the source began. @param receiver who got what side 0 sent: see `frame-receiver.ts` */
  exchange(exchange: OpenExchange, receiver: f64): void {
    const total = this.total;
    if (total !== null) total.exchange(exchange, receiver);
    this.exchanges.add(exchange);
    if (exchange.isHttp2) this.streams().exchange(exchange);
    const timeline = this.timeline;
    if (timeline !== null) timeline.exchange(exchange);
    // Answers that pass tell who answered.
    if (exchange.responseStartNs < 0 && exchange.clientSide === 0) this.receivers.add(receiver);
    const series = this.series;
    if (series === null || exchange.responseStartNs < 0 || exchange.requestEndNs < 0) return;
    const timeToFirstByteNs = exchange.responseStartNs - exchange.requestEndNs;
    if (timeToFirstByteNs >= 0) series.addResponse(exchange.responseStartNs, timeToFirstByteNs);
  }

  /** Counts a round trip of a segment that the source (or else the backend) sent. */
  roundTrip(fromSource: boolean, kind: i32, durationNs: f64, timeNs: f64): void {
    const total = this.total;
    if (total !== null) total.roundTrip(fromSource, kind, durationNs, timeNs);
    if (!fromSource) {
      if (kind === RoundTripKind.DATA) this.toSourceAndBack.add(durationNs);
      return;
    }
    const timeline = this.timeline;
    if (timeline !== null) timeline.roundTrip(kind, durationNs, timeNs);
    if (kind === RoundTripKind.DATA) this.toBackendAndBack.add(durationNs);
    else if (kind === RoundTripKind.ANSWERED_DATA) this.toBackendAndAnswered.add(durationNs);
    else if (kind === RoundTripKind.HANDSHAKE) this.handshake.add(durationNs);
    else if (kind === RoundTripKind.REPEATED_HANDSHAKE) this.repeatedHandshake.add(durationNs);
  }

  /** Adds its round trips to the backend to those of others. */
  addRoundTripsTo(handshakes: Samples, roundTrips: Samples): void {
    handshakes.addAll(this.handshake);
    roundTrips.addAll(this.toBackendAndBack);
  }

  /** @param hasTimeline with the timeline, which is much */
  readings(hasTimeline: boolean): PairReadings {
    const readings = new PairReadings();
    readings.paper = this.paperFrames.readings();
    readings.transport = this.transport();
    readings.http = this.exchanges.readings();
    readings.receivers = this.receivers.readings();
    const http2 = this.http2;
    if (http2 !== null) readings.http2 = http2.readings();
    const timeline = this.timeline;
    if (hasTimeline && timeline !== null) readings.timeline = timeline.readings();
    const series = this.series;
    if (series === null) return readings;
    const seriesReadings = series.readings();
    seriesReadings.timeToFirstByteQuantilesNs = this.exchanges.quantilesNs();
    readings.series = seriesReadings;
    return readings;
  }

  private transport(): TransportReadings {
    const readings = new TransportReadings();
    readings.spanNs = this.lastNs - this.firstNs;
    readings.toBackend = this.toBackend.readings();
    readings.fromBackend = this.fromBackend.readings();
    const toBackendNs = Math.min(this.toBackendAndBack.least, this.handshake.least);
    const toSourceNs = this.toSourceAndBack.least;
    // Beyond a tap on the receiver's own host nothing can be lost: what came twice was repeated in vain.
    if (isOwnHost(toSourceNs, toBackendNs)) readings.fromBackend.loseNothingBeyond();
    if (isOwnHost(toBackendNs, toSourceNs)) readings.toBackend.loseNothingBeyond();
    readings.lossesEitherWay = this.lossesEitherWay;
    readings.lossesOfOneOrTwo = this.lossesOfOneOrTwo;
    readings.handshakes = this.handshake.distribution();
    readings.connects = this.repeatedHandshake.count === 0 ? readings.handshakes : this.connects();
    readings.roundTrips = this.toBackendAndBack.distribution();
    readings.answeredRoundTrips = this.toBackendAndAnswered.distribution();
    readings.sourceRoundTrips = this.toSourceAndBack.distribution();
    readings.connections = this.connections;
    readings.failedHandshakes = this.failedHandshakes;
    return readings;
  }

  /** How long the source waited for its connections, those with one SYN and those with several. */
  private connects(): DistributionReadings {
    const all = this.handshake.copy();
    all.addAll(this.repeatedHandshake);
    return all.distribution();
  }
}
