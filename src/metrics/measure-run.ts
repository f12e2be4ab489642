/**
 * The metrics room's verb: makes metrics of what the tally room counted. Whole-capture counts are Wireshark's; pairs are
 * measured as `metrics.md` of the project defines (see the doc comments of `run-metrics.ts`).
 */
import type { Warning } from "../failure.ts";
import { formatIpAddress, parseIpAddress } from "../packet/ip-address.ts";
import type { AnalysisOptions } from "./analysis-options.ts";
import { type CategoryProfile, findProfile, rateCategories } from "./category-profiles.ts";
import { readBalancer } from "./read-balancer.ts";
import { readLive } from "./read-live.ts";
import { readConversation } from "./read-pair.ts";
import { readStates } from "./read-states.ts";
import type { ReadingsReader } from "./readings-reader.ts";
import type { CaptureFacts, PairMetrics, RunMetrics, WiresharkCounts } from "./run-metrics.ts";
import { runWarnings } from "./run-warnings.ts";
import { type ListedPair, readPairList, shownPairs } from "./shown-pairs.ts";

const DEFAULT_PROFILE = "tiphon";

/** What was counted, to be read: `RunTally` of the tally room says what is in it. */
export interface CountedRun {
  /** An address by its number, as reports write it. */
  addressText(address: number): string;
  totals(): ReadingsReader;
  list(): ReadingsReader;
  /** The pair at a place of the list; to be asked for after `totals`. */
  pair(place: number, nowNs: number): ReadingsReader;
}

/** What is known beside what was counted. */
export interface RunFacts {
  readonly capture: CaptureFacts;
  /** What Wireshark's analysis says of all segments. */
  readonly events: Omit<WiresharkCounts, "connections">;
  /** What the reader had to say. */
  readonly warnings: readonly Warning[];
}

export class RunMeasurement {
  readonly #counted: CountedRun;
  readonly #options: AnalysisOptions;
  readonly #profile: CategoryProfile;
  /** Names that the user gave, by address and port. */
  readonly #names = new Map<string, string>();

  /** @throws Failure (status 2) where an option names no address or no profile */
  constructor(counted: CountedRun, options: AnalysisOptions) {
    this.#counted = counted;
    this.#options = options;
    const profile = options.profile ?? DEFAULT_PROFILE;
    this.#profile = typeof profile === "string" ? findProfile(profile) : profile;
    for (const { name, address, port } of options.backends ?? []) {
      const key = backendKey(formatIpAddress(parseIpAddress(address)), port ?? 0);
      if (!this.#names.has(key)) this.#names.set(key, name);
    }
  }

  /** The name of the pair with this destination; port 0 = all. */
  nameOf(destination: string, port: number): string {
    return this.#names.get(backendKey(destination, port)) ?? destination;
  }

  /**
   * Everything measured so far.
   * @param isUnderWay not everything was counted yet
   * @param nowNs the present of a run under way, ns since the capture's first packet
   */
  metrics({ capture, events, warnings }: RunFacts, isUnderWay: boolean, nowNs: number): RunMetrics {
    const counted = this.#counted;
    const addressText = (address: number) => counted.addressText(address);
    const totals = counted.totals();
    const connections = totals.number();
    const unpaired = totals.number();
    const http = {
      requests: totals.number(),
      responses: totals.number(),
      exchanges: totals.number(),
      unanswered: totals.number(),
    };
    const balancer = readBalancer(totals, addressText);
    const tcp: WiresharkCounts = { connections, ...events };
    const shown = shownPairs(readPairList(counted.list(), addressText), isUnderWay);
    const pairs = shown.map((pair) => this.#pairMetrics(pair, nowNs));
    const ownWarnings = runWarnings(capture, tcp, pairs, unpaired);
    return { capture, tcp, http, pairs, balancer, warnings: [...warnings, ...ownWarnings] };
  }

  #pairMetrics({ place, source, destination, port }: ListedPair, nowNs: number): PairMetrics {
    const readings = this.#counted.pair(place, nowNs);
    const { paper, transport, http, chartData } = readConversation(readings);
    return {
      name: this.nameOf(destination, port),
      source,
      destination,
      destinationPort: port === 0 ? null : port,
      paper,
      transport,
      http,
      categories: rateCategories(this.#profile, paper, this.#options.bandwidthBitsPerSecond),
      addedTimeToFirstByteMs: readings.distribution(),
      ...(chartData !== null && { chartData }),
      states: readStates(readings),
      ...(readings.flag() && { live: readLive(readings) }),
    };
  }
}

function backendKey(address: string, port: number): string {
  return `${address} ${port}`;
}
