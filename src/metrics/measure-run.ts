/**
 * The metrics room's verb: listens to the tcp and http rooms and adds up. Whole-capture counts are Wireshark's; pairs are
 * measured as `metrics.md` of the project defines (see the doc comments of `run-metrics.ts`).
 */

import type { Warning } from "../failure.ts";
import type { Exchange, ExchangeSink } from "../http/exchange.ts";
import * as TcpFlag from "../packet/tcp-flags.ts";
import type { AddressTable } from "../tcp/address-table.ts";
import type { ConnectionBook } from "../tcp/connection-book.ts";
import * as RoundTripKind from "../tcp/round-trip-kind.ts";
import type { SegmentSink } from "../tcp/segment-sink.ts";
import type { SegmentTally } from "../tcp/segment-tally.ts";
import type { Side } from "../tcp/side.ts";
import type { AnalysisOptions } from "./analysis-options.ts";
import { BackendEvidence } from "./backend-evidence.ts";
import { BalancerObserver } from "./balancer-observer.ts";
import { type CategoryProfile, findProfile } from "./category-profiles.ts";
import { exchangeRow } from "./exchange-row.ts";
import { type Pair, PairDirectory } from "./pair-directory.ts";
import type {
  CaptureFacts,
  Distribution,
  HttpTotals,
  PairMetrics,
  RunMetrics,
  WiresharkCounts,
} from "./run-metrics.ts";
import { runWarnings } from "./run-warnings.ts";
import { emptyDistribution } from "./samples.ts";

const DEFAULT_PROFILE = "tiphon";
/** Discovered pairs in a snapshot: more of them than anybody reads, and few enough to be measured every second. */
const MOST_SHOWN = 100;
const ENDING = TcpFlag.FIN | TcpFlag.RST;

export class RunMeasurement implements SegmentSink, ExchangeSink {
  /** Absolute time of the capture's time 0, for rows of exchanges. */
  startNs: bigint | null = null;
  readonly #addresses: AddressTable;
  readonly #options: AnalysisOptions;
  readonly #profile: CategoryProfile;
  readonly #table: ConnectionBook;
  readonly #directory: PairDirectory;
  readonly #balancer: BalancerObserver;
  readonly #evidence = new BackendEvidence();
  /** Per connection slot: its pair, and which side is the pair's source. */
  readonly #pairOf: (Pair | null)[] = [];
  readonly #sourceSideOf: Side[] = [];
  #isUnderWay: boolean;
  #connections = 0;
  #requests = 0;
  #responses = 0;
  #exchanges = 0;
  #unanswered = 0;
  /** The frame being processed. */
  #frame = 0;
  #wireLength = 0;
  #timeNs = 0;

  /** @throws Failure (status 2) where an option names no address or no profile */
  constructor(addresses: AddressTable, table: ConnectionBook, options: AnalysisOptions) {
    this.#options = options;
    this.#isUnderWay = options.live ?? false;
    this.#addresses = addresses;
    const profile = options.profile ?? DEFAULT_PROFILE;
    this.#profile = typeof profile === "string" ? findProfile(profile) : profile;
    this.#table = table;
    this.#directory = new PairDirectory(addresses, table, options);
    this.#balancer = new BalancerObserver(addresses, table, options);
  }

  /** The frame whose segment is tracked next. */
  frame(number: number, wireLength: number, timeNs: number): void {
    this.#frame = number;
    this.#wireLength = wireLength;
    this.#timeNs = timeNs;
  }

  tally(connection: number, side: Side, tally: SegmentTally): void {
    this.#pairOf[connection]?.conversation.tally(tally, side === this.#sourceSideOf[connection]);
  }

  turn(connection: number, side: Side, flags: number): void {
    if ((flags & ENDING) !== 0) {
      this.#balancer.closing(connection, side, this.#timeNs);
      this.#evidence.closing(connection, side, (flags & TcpFlag.RST) !== 0, this.#timeNs);
    } else this.#evidence.synRepeated(connection, side, this.#timeNs);
  }

  segment(connection: number, side: Side, occupies: boolean, isNewPayload: boolean): void {
    const pair = this.#pairOf[connection];
    if (pair === null || pair === undefined) return;
    const fromSource = side === this.#sourceSideOf[connection];
    pair.conversation.segment(fromSource, this.#wireLength, this.#timeNs);
    if (pair.live === null) return;
    pair.live.segment(fromSource, this.#wireLength, occupies, this.#timeNs);
    if (!fromSource) this.#evidence.heard(connection, isNewPayload, this.#timeNs);
  }

  connectionOpened(connection: number, clientSide: Side | -1): void {
    this.#connections++;
    const { pair, sourceSide } = this.#directory.membershipOf(connection, clientSide, this.#timeNs);
    this.#pairOf[connection] = pair;
    this.#sourceSideOf[connection] = sourceSide;
    if (pair !== null) pair.conversation.connections++;
    this.#balancer.connectionOpened(connection, clientSide, pair, this.#timeNs);
    this.#evidence.opened(connection, pair, sourceSide, clientSide === sourceSide, this.#timeNs);
  }

  roundTrip(connection: number, side: Side, kind: number, durationNs: number): void {
    if (kind === RoundTripKind.HANDSHAKE) this.#evidence.established(connection);
    const pair = this.#pairOf[connection];
    if (pair === null || pair === undefined) return;
    const sourceSide = this.#sourceSideOf[connection] as Side;
    pair.conversation.roundTrip(side, sourceSide, kind, durationNs);
    if (side === sourceSide) pair.live?.roundTrip(kind !== RoundTripKind.DATA, durationNs, this.#timeNs);
  }

  lost(connection: number, side: Side, place: number, evidence: number, segments: number): void {
    const pair = this.#pairOf[connection];
    if (pair === null || pair === undefined) return;
    const { conversation } = pair;
    const isToBackend = side === this.#sourceSideOf[connection];
    (isToBackend ? conversation.toBackend : conversation.fromBackend).lost(place, evidence, segments);
    pair.live?.lost(isToBackend, place, evidence, segments, this.#timeNs);
  }

  unsure(connection: number, side: Side, evidence: number, below: number, above: number): void {
    const conversation = this.#pairOf[connection]?.conversation;
    if (conversation === undefined) return;
    const direction =
      side === this.#sourceSideOf[connection] ? conversation.toBackend : conversation.fromBackend;
    direction.unsure(evidence, below, above);
  }

  lostEitherWay(connection: number): void {
    const conversation = this.#pairOf[connection]?.conversation;
    if (conversation !== undefined) conversation.lossesEitherWay++;
  }

  connectionClosed(connection: number, isFailed: boolean): void {
    const pair = this.#pairOf[connection];
    this.#pairOf[connection] = null;
    if (isFailed && pair !== null && pair !== undefined) pair.conversation.failedHandshakes++;
  }

  message(connection: number, side: Side, kind: "request" | "response", timeNs: number): void {
    if (kind === "request") this.#requests++;
    else this.#responses++;
    const conversation = this.#pairOf[connection]?.conversation;
    if (conversation === undefined) return;
    conversation.messages++;
    if (side !== this.#sourceSideOf[connection]) return;
    conversation.paperMessage(kind, this.#frame, timeNs, this.#wireLength);
  }

  request(connection: number, side: Side, exchange: Exchange | null): void {
    this.#evidence.request(connection, side, this.#timeNs);
    if (side === this.#sourceSideOf[connection]) this.#pairOf[connection]?.live?.request(this.#timeNs);
    if (exchange !== null) {
      this.#balancer.request(connection, side, exchange, this.#pairOf[connection] ?? null);
    }
  }

  exchange(exchange: Exchange): void {
    this.#exchanges++;
    if (exchange.state === "unanswered") this.#unanswered++;
    const pair = this.#pairOf[exchange.connection] ?? null;
    this.#options.onExchange?.(
      exchangeRow(exchange, pair?.identity.name ?? null, this.#table, this.#addresses, this.startNs ?? 0n),
    );
    this.#balancer.exchange(exchange, pair, this.#timeNs);
    this.#evidence.exchange(exchange, this.#timeNs);
    if (pair === null) return;
    const { conversation } = pair;
    conversation.messages++;
    if (exchange.clientSide !== this.#sourceSideOf[exchange.connection]) return;
    conversation.exchange(exchange);
    pair.live?.exchange(exchange, this.#timeNs);
  }

  /** The capture has ended: nothing is kept back any more. */
  finish(): void {
    this.#balancer.finish();
    this.#isUnderWay = false;
  }

  /**
   * Everything measured so far.
   * @param capture facts of the capture
   * @param events what Wireshark's analysis says of all segments
   * @param warnings what the reader had to say
   * @param nowNs the present of a run under way, ns since the capture's first packet
   */
  metrics(
    capture: CaptureFacts,
    events: Omit<WiresharkCounts, "connections">,
    warnings: readonly Warning[],
    nowNs: number,
  ): RunMetrics {
    const tcp: WiresharkCounts = { connections: this.#connections, ...events };
    const { balancer, added } = this.#balancer.metrics();
    const pairs = this.#pairMetrics(nowNs, added);
    return {
      capture,
      tcp,
      http: this.#httpTotals(),
      pairs,
      balancer,
      warnings: [...warnings, ...runWarnings(capture, tcp, pairs, this.#directory.unpaired)],
    };
  }

  #httpTotals(): HttpTotals {
    return {
      requests: this.#requests,
      responses: this.#responses,
      exchanges: this.#exchanges,
      unanswered: this.#unanswered,
    };
  }

  /**
   * Named pairs in the order in which the user named them; discovered ones that spoke HTTP, busiest first. While the run
   * is under way, of those the first `MOST_SHOWN` that have `live`.
   */
  #shownPairs(): Pair[] {
    const { pairs } = this.#directory;
    const discovered = pairs
      .filter((pair) => !pair.named && pair.conversation.messages > 0)
      .filter((pair) => !this.#isUnderWay || pair.live !== null)
      .sort(busiestFirst);
    const shown = this.#isUnderWay ? discovered.slice(0, MOST_SHOWN) : discovered;
    return [...pairs.filter((pair) => pair.named), ...shown];
  }

  #pairMetrics(nowNs: number, added: ReadonlyMap<Pair, Distribution>): PairMetrics[] {
    const bandwidth = this.#options.bandwidthBitsPerSecond;
    return this.#shownPairs().map((pair) => {
      const { identity, conversation, live } = pair;
      return {
        ...conversation.metrics(identity, this.#profile, bandwidth, added.get(pair) ?? emptyDistribution),
        states: pair.states.states(),
        ...(live !== null && {
          live: live.metrics(nowNs, conversation.toBackend, conversation.fromBackend),
        }),
      };
    });
  }
}

function busiestFirst(a: Pair, b: Pair): number {
  return (
    b.conversation.messages - a.conversation.messages ||
    compareText(a.identity.source, b.identity.source) ||
    compareText(a.identity.destination, b.identity.destination) ||
    (a.identity.destinationPort ?? 0) - (b.identity.destinationPort ?? 0)
  );
}

/** Order by code unit: the same on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
