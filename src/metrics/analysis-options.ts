import type { BalancedExchangeRow } from "./balancer-metrics.ts";
import type { CategoryProfile } from "./category-profiles.ts";
import type { ExchangeRow } from "./exchanges/exchange-row.ts";
import type { RtpPort } from "./rtp-metrics.ts";
import type { FrameSelection, TrafficGroups } from "./selection-metrics.ts";

/** A backend server, as the user names it. */
export interface Backend {
  /** Name in reports: `Flask A`. */
  readonly name: string;
  /** IPv4 or IPv6 address, any valid spelling. */
  readonly address: string;
  /** 1 … 65535; absent: all ports. */
  readonly port?: number;
  /** Its share beside the others', in a method that weights them: positive; absent: 1. See `BackendChoices`. */
  readonly weight?: number;
}

/** What to measure, and who listens meanwhile. */
export interface AnalysisOptions {
  /**
   * Source address of the pairs: the balancer, or for a baseline without one the client. Absent: every client counts.
   */
  readonly balancer?: string;
  /** Further addresses of the balancer: that at which clients ask it, where it asks the backends from another. */
  readonly otherBalancerAddresses?: readonly string[];
  /**
   * Destinations of the pairs. With `balancer`, exactly these pairs are reported, also those without traffic. Absent:
   * pairs are discovered, every client → HTTP server, busiest first.
   */
  readonly backends?: readonly Backend[];
  /** Category profile that rates the paper's metrics: a built-in one by name (default `tiphon`), or one's own. */
  readonly profile?: string | CategoryProfile;
  /** Link bandwidth in bit/s, for profiles that rate throughput as a share of it. */
  readonly bandwidthBitsPerSecond?: number;
  /** Frames to measure besides, of any protocol (`RunMetrics.selections`). The capture is read once more for them. */
  readonly selections?: readonly FrameSelection[];
  /** Frames to measure besides, as the capture suggests them: its busiest conversations, protocols, … */
  readonly groups?: TrafficGroups;
  /** UDP ports with RTP, for selections; elsewhere it is recognized by how packets follow each other. */
  readonly rtp?: readonly RtpPort[];
  /**
   * Secrets of TLS sessions: the text of a key log (RFC 9850, SSLKEYLOGFILE). Connections that have theirs in it, or in the
   * capture, are decrypted.
   */
  readonly keys?: string;
  /** Also keep what charts are drawn from: time series and cumulative distributions (`PairMetrics.chartData`). */
  readonly chartData?: boolean;
  /** Also keep what a run under way shows: the last seconds, states now, growing histograms (`PairMetrics.live`). */
  readonly live?: boolean;
  /**
   * Called with every HTTP exchange, over all connections, in the order in which they end: some time later, when it is known
   * what belongs together at a balancer; with `live` at once, and without these links.
   */
  readonly onExchange?: (row: ExchangeRow) => void;
  /** Exchanges are told at once, without these links, which take as long to find as all else that is told. */
  readonly withoutLinks?: boolean;
  /** Called with every client exchange of the balancer, some time after it ended, when what it caused was found. */
  readonly onBalancedExchange?: (row: BalancedExchangeRow) => void;
  /** Called now and then while files are read: bytes read so far, and of how many (`null`: unknown). */
  readonly onProgress?: (bytesRead: number, bytesTotal: number | null) => void;
}
