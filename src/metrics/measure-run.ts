/**
 * Makes metrics of what the engine counted. Whole-capture counts are Wireshark's; pairs are measured as `docs/metrics.md`
 * defines.
 */
import type { PairListing, PairReadings } from "../engine/readings/pair-readings.ts";
import type { RunReadings } from "../engine/readings/run-readings.ts";
import type { TogetherReadings } from "../engine/readings/together-readings.ts";
import type { Warning } from "../failure.ts";
import { formatIpAddress, parseIpAddress } from "../packet/ip-address.ts";
import type { ServerTls } from "../tls/tls-tally.ts";
import type { AnalysisOptions } from "./analysis-options.ts";
import { BackendNames } from "./backend-names.ts";
import { type CategoryProfile, rateCategories, ratingProfile } from "./category-profiles.ts";
import { measureAllBackends, pairsTogether } from "./measure-all-backends.ts";
import { measureBalancer } from "./measure-balancer.ts";
import { measureDistribution } from "./measure-distribution.ts";
import { measureHttp2 } from "./measure-http2.ts";
import { measureLive } from "./measure-live.ts";
import { measureHttp, measurePaper, measureTransport } from "./measure-pair.ts";
import { measureProtocols } from "./measure-protocols.ts";
import { measureReceivers } from "./measure-receivers.ts";
import { measureSeries } from "./measure-series.ts";
import { measureSides } from "./measure-sides.ts";
import { measureStates } from "./measure-states.ts";
import { measureTimeline } from "./measure-timeline.ts";
import { measureTls } from "./measure-tls.ts";
import { protocolWarnings } from "./protocol-warnings.ts";
import { answersPassElsewhere, isOneSided, ratedFigures, unseenAnswers } from "./rated-figures.ts";
import type {
  CaptureFacts,
  PairMetrics,
  RunMetrics,
  TrafficMetrics,
  WiresharkCounts,
} from "./run-metrics.ts";
import { runWarnings } from "./run-warnings.ts";
import { type ListedPair, listedPairs, shownPairs, shownTotals } from "./shown-pairs.ts";
import { type NamedSides, sideWarnings } from "./side-warnings.ts";
import type { RunTimelines, Timeline } from "./timeline.ts";
import { tlsWarnings } from "./tls-warnings.ts";
import { givenUpWarnings } from "./unread-warnings.ts";

/** Pairs whose timelines are read each second of a run under way, the first ones. */
const MOST_UNDER_WAY = 16;

/** What was counted. */
export interface CountedRun {
  /** An address by its number, as reports write it. */
  addressText(address: number): string;
  totals(): RunReadings;
  list(): PairListing[];
  /**
   * The pair at a place of the list; to be asked for after `totals`.
   * @param hasTimeline with its timeline, which is much
   */
  pair(place: number, nowNs: number, hasTimeline: boolean): PairReadings;
  /** Several pairs, by their places in the list; to be asked for after `totals`. */
  together(places: readonly number[]): TogetherReadings;
}

/** What is known beside what was counted. */
export interface RunFacts {
  readonly capture: CaptureFacts;
  /** What Wireshark's analysis says of all segments. */
  readonly events: Omit<WiresharkCounts, "connections">;
  /** What was counted of TLS, per server. */
  readonly tls: readonly ServerTls[];
  /** What the reader had to say. */
  readonly warnings: readonly Warning[];
}

export class RunMeasurement {
  readonly #counted: CountedRun;
  readonly #options: AnalysisOptions;
  readonly #profile: CategoryProfile;
  readonly #names: BackendNames;

  readonly #named: NamedSides;

  /** @throws Failure (status 2) where an option names no address or no profile */
  constructor(counted: CountedRun, options: AnalysisOptions) {
    this.#counted = counted;
    this.#options = options;
    this.#profile = ratingProfile(options.profile);
    const { balancer, otherBalancerAddresses = [], backends = [] } = options;
    const shortest = (address: string) => formatIpAddress(parseIpAddress(address));
    this.#named = {
      balancers: (balancer === undefined ? [] : [balancer, ...otherBalancerAddresses]).map(shortest),
      backends: backends.map(({ name, address }) => ({ name, address: shortest(address) })),
    };
    this.#names = new BackendNames(backends);
  }

  /**
   * Everything measured so far.
   * @param isUnderWay not everything was counted yet
   * @param nowNs the present of a run under way, ns since the capture's first packet
   */
  metrics({ capture, events, tls, warnings }: RunFacts, isUnderWay: boolean, nowNs: number): RunMetrics {
    const counted = this.#counted;
    const addressText = (address: number) => counted.addressText(address);
    const run = counted.totals();
    const { connections, unpaired, requests, responses, exchanges, unanswered, balancer } = run;
    const tcp: WiresharkCounts = { connections, ...events };
    const listed = listedPairs(counted.list(), addressText);
    let unseen = 0;
    const shown = shownPairs(listed, isUnderWay);
    const timelines: Record<keyof RunTimelines, (Timeline | null)[]> = { pairs: [], allClients: [] };
    const most = isUnderWay ? MOST_UNDER_WAY : shown.length;
    const pairs = shown.map((pair, index) => {
      const readings = counted.pair(pair.place, nowNs, index < most);
      unseen += unseenAnswers(readings);
      timelines.pairs.push(timelineOf(readings));
      return this.#pairMetrics(pair, readings);
    });
    const totals = isUnderWay ? [] : shownTotals(listed);
    const allClients = totals.map((total) => {
      const readings = counted.pair(total.place, nowNs, true);
      timelines.allClients.push(timelineOf(readings));
      return {
        ...this.#trafficMetrics(total, readings),
        clientCount: total.clientCount,
        clientCountIsMinimum: total.hasOthers,
      };
    });
    const bothSides = balancer === null ? null : measureBalancer(balancer, addressText);
    const togetherPlaces = new Set(isUnderWay ? [] : pairsTogether(shown).map(({ place }) => place));
    const tlsServers = measureTls(tls);
    const ownWarnings = [
      ...runWarnings(capture, tcp, pairs, unpaired),
      ...protocolWarnings(run.protocols, addressText),
      ...tlsWarnings(tlsServers),
      ...givenUpWarnings(
        { places: run.discards, firstFrames: run.discardFrames },
        warnings.some(({ code }) => code === "short-snap-length" || code === "short-frames"),
        isUnderWay || requests + responses > 0,
      ),
      ...sideWarnings(measureSides(run.sides, addressText), this.#named, bothSides),
    ];
    return {
      capture,
      tcp,
      http: { requests, responses, exchanges, unanswered: unanswered - unseen },
      protocols: measureProtocols(run.protocols, addressText),
      ...(tlsServers.length > 0 && { tls: tlsServers }),
      pairs,
      ...(allClients.length > 0 && { allClients }),
      ...(togetherPlaces.size > 0 && {
        allBackends: measureAllBackends(
          pairs.filter((_, index) => togetherPlaces.has(shown[index]?.place ?? -1)),
          counted.together([...togetherPlaces]),
        ),
      }),
      balancer: bothSides,
      warnings: [...warnings, ...ownWarnings],
      timelines,
    };
  }

  #pairMetrics(pair: ListedPair, readings: PairReadings): PairMetrics {
    const { series, live } = readings;
    const { name, ...measured } = this.#trafficMetrics(pair, readings);
    return {
      name,
      source: pair.source,
      ...measured,
      addedTimeToFirstByteMs: measureDistribution(readings.addedTimeToFirstByte),
      ...(series !== null && { chartData: measureSeries(series) }),
      // Where answers don't pass, their absence says nothing about the backend.
      states: isOneSided(measured.transport) ? [] : measureStates(readings.states),
      ...(live !== null && { live: measureLive(live) }),
    };
  }

  #trafficMetrics({ destination, port }: ListedPair, readings: PairReadings): TrafficMetrics {
    const paper = measurePaper(readings.paper, readings.transport.toBackend);
    const transport = measureTransport(readings.transport);
    const areElsewhere = answersPassElsewhere(readings);
    const http = measureHttp(readings.http, !areElsewhere);
    const rated = ratedFigures(paper, http, transport);
    return {
      name: this.#names.of(destination, port),
      destination,
      destinationPort: port === 0 ? null : port,
      paper,
      transport,
      http,
      ...(readings.http2 !== null && { http2: measureHttp2(readings.http2) }),
      ...(areElsewhere && { receivers: measureReceivers(readings.receivers, http.requests) }),
      categories: rateCategories(this.#profile, rated, this.#options.bandwidthBitsPerSecond),
    };
  }
}

function timelineOf({ timeline, transport }: PairReadings): Timeline | null {
  const { toBackend, fromBackend } = transport;
  return measureTimeline(timeline, {
    ofSource: toBackend.zeroWindows,
    ofBackend: fromBackend.zeroWindows,
  });
}
