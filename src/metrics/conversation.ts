/** Everything counted between one source (client, balancer) and one destination (server, backend): a pair in the making. */
import type { Exchange } from "../http/exchange.ts";
import * as LossPlace from "../tcp/loss-place.ts";
import * as RoundTripKind from "../tcp/round-trip-kind.ts";
import type { SegmentTally } from "../tcp/segment-tally.ts";
import type { Side } from "../tcp/side.ts";
import { type CategoryProfile, rateCategories } from "./category-profiles.ts";
import { DirectionTally } from "./direction-tally.ts";
import { ExchangeTally } from "./exchange-tally.ts";
import { PaperFrames } from "./paper-frames.ts";
import type { Distribution, PairMetrics, PaperMetrics, TransportMetrics } from "./run-metrics.ts";
import { Samples } from "./samples.ts";
import { TimeSeriesTally } from "./time-series.ts";

/** Names of a pair in reports. */
export interface PairIdentity {
  readonly name: string;
  readonly source: string;
  readonly destination: string;
  readonly destinationPort: number | null;
}

export class Conversation {
  readonly toBackend = new DirectionTally();
  readonly fromBackend = new DirectionTally();
  readonly paperFrames = new PaperFrames();
  readonly exchanges = new ExchangeTally();
  /** Requests that were completed from source to destination. */
  paperRequests = 0;
  /** HTTP messages of either direction: a conversation without any is no HTTP pair. */
  messages = 0;
  connections = 0;
  resets = 0;
  failedHandshakes = 0;
  /** Handshake segments lost in one direction or the other. */
  lossesEitherWay = 0;
  readonly #handshake = new Samples();
  readonly #roundTrip = new Samples();
  readonly #sourceRoundTrip = new Samples();
  readonly #series: TimeSeriesTally | null;
  #firstNs = Number.POSITIVE_INFINITY;
  #lastNs = Number.NEGATIVE_INFINITY;

  /** @param chartData keep time series too */
  constructor(chartData: boolean) {
    this.#series = chartData ? new TimeSeriesTally() : null;
  }

  /** Time of the latest segment; −∞ before the first. */
  get lastNs(): number {
    return this.#lastNs;
  }

  /** Adds segments that were counted elsewhere; `fromSource`: they went to the backend. */
  tally(tally: SegmentTally, fromSource: boolean): void {
    (fromSource ? this.toBackend : this.fromBackend).add(tally);
    this.resets += tally.resets;
    this.#firstNs = Math.min(this.#firstNs, tally.firstNs);
    this.#lastNs = Math.max(this.#lastNs, tally.lastNs);
  }

  /** Puts a segment, already counted, in its place in time. */
  segment(fromSource: boolean, wireLength: number, timeNs: number): void {
    this.#series?.addBytes(timeNs, wireLength, fromSource);
  }

  /** Counts an HTTP message from source to destination, completed in this frame. */
  paperMessage(kind: "request" | "response", frame: number, timeNs: number, wireLength: number): void {
    this.paperFrames.add(frame, timeNs, wireLength);
    if (kind !== "request") return;
    this.paperRequests++;
    this.#series?.addRequest(timeNs);
  }

  /** Counts an exchange that the source began. */
  exchange(exchange: Exchange): void {
    this.exchanges.add(exchange);
    const timeToFirstByteNs = exchange.responseStartNs - exchange.requestEndNs;
    const timed = exchange.responseStartNs >= 0 && exchange.requestEndNs >= 0 && timeToFirstByteNs >= 0;
    if (timed) this.#series?.addResponse(exchange.responseStartNs, timeToFirstByteNs);
  }

  /** Counts a round trip of a segment that `sender` sent. */
  roundTrip(sender: Side, sourceSide: Side, kind: number, durationNs: number): void {
    if (sender === sourceSide)
      (kind === RoundTripKind.DATA ? this.#roundTrip : this.#handshake).add(durationNs);
    else if (kind === RoundTripKind.DATA) this.#sourceRoundTrip.add(durationNs);
  }

  /**
   * The pair's metrics so far.
   * @param addedTimeToFirstByteMs what the balancer added, where it is the pair's source and its clients were captured too
   */
  metrics(
    identity: PairIdentity,
    profile: CategoryProfile,
    bandwidthBitsPerSecond: number | undefined,
    addedTimeToFirstByteMs: Distribution,
  ): PairMetrics {
    const paper = this.#paper();
    return {
      ...identity,
      paper,
      transport: this.#transport(),
      http: this.exchanges.metrics(),
      categories: rateCategories(profile, paper, bandwidthBitsPerSecond),
      addedTimeToFirstByteMs,
      ...(this.#series === null
        ? {}
        : {
            chartData: {
              series: this.#series.series(),
              timeToFirstByteQuantilesMs: this.exchanges.timeToFirstByteQuantilesMs(),
            },
          }),
    };
  }

  #paper(): PaperMetrics {
    const lost = this.toBackend.wiresharkLostSegments;
    const received = this.toBackend.wiresharkFrames;
    return {
      ...this.paperFrames.figures(),
      lostPackets: lost,
      packetLossPercent: lost + received === 0 ? null : (100 * lost) / (lost + received),
      requests: this.paperRequests,
    };
  }

  #transport(): TransportMetrics {
    const span = this.#lastNs - this.#firstNs;
    // What either direction may have lost is shared out in proportion to what each is known to have lost.
    const either = this.lossesEitherWay;
    const toRate = this.toBackend.lossRate();
    const rates = toRate + this.fromBackend.lossRate();
    const toBackend = rates === 0 ? 0 : Math.round((either * toRate) / rates);
    return {
      toBackend: this.toBackend.metrics(span, LossPlace.BEYOND_TAP, either, toBackend),
      fromBackend: this.fromBackend.metrics(span, LossPlace.BEFORE_TAP, either, either - toBackend),
      handshakeRttMs: this.#handshake.distribution(),
      rttMs: this.#roundTrip.distribution(),
      sourceRttMs: this.#sourceRoundTrip.distribution(),
      connections: this.connections,
      resets: this.resets,
      failedHandshakes: this.failedHandshakes,
      zeroWindows: this.toBackend.zeroWindows + this.fromBackend.zeroWindows,
    };
  }
}
