/**
 * The metrics room's noun: everything measured in one run. Its shape is the JSON document of `lbqos analyze --json`;
 * names carry units; what was not measured is `null`, never 0.
 */
import type { Warning } from "../failure.ts";
import type { AllBackendsMetrics } from "./all-backends-metrics.ts";
import type { BackendState } from "./backend-state.ts";
import type { BalancerMetrics } from "./balancer-metrics.ts";
import type { Categories } from "./categories.ts";
import type { Distribution } from "./distribution.ts";
import type { PairTail } from "./exchanges/tail-groups.ts";
import type { LivePairMetrics } from "./live-metrics.ts";
import type { RtpStreamMetrics } from "./rtp-metrics.ts";
import type { SelectionMetrics } from "./selection-metrics.ts";
import type { TimeSeries } from "./time-series.ts";
import type { RunTimelines } from "./timeline.ts";
import type { TlsServerMetrics } from "./tls-metrics.ts";

/** The capture as a file: what was in it, what was passed over. */
export interface CaptureFacts {
  readonly files: readonly string[];
  readonly format: string;
  readonly packets: number;
  /** Bytes on the wire, link layer included. */
  readonly bytes: number;
  readonly tcpPackets: number;
  /** Earliest frame, ISO 8601 with nine decimals, UTC; `null` for a capture without frames, or outside of the years 0 to 9999. */
  readonly start: string | null;
  /** Earliest to latest frame. */
  readonly durationSeconds: number | null;
  /** Frames that are no TCP segment, counted by reason. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Frames recorded twice, counted once in everything else. */
  readonly duplicateFrames: number;
  /** Packets that the recorder says it dropped; `null` where it doesn't say. */
  readonly recorderDrops: number | null;
}

/** TCP analysis of the whole capture, counted as Wireshark 4.0 does; the kinds overlap, never add them up. */
export interface WiresharkCounts {
  readonly connections: number;
  readonly retransmissions: number;
  readonly fastRetransmissions: number;
  readonly spuriousRetransmissions: number;
  readonly outOfOrder: number;
  readonly lostSegments: number;
  readonly ackedUnseenSegments: number;
  readonly duplicateAcks: number;
  readonly zeroWindows: number;
}

/** Those that Wireshark has a name for: all but the connections. */
export const WIRESHARK_COUNTS = [
  "retransmissions",
  "fastRetransmissions",
  "spuriousRetransmissions",
  "outOfOrder",
  "lostSegments",
  "ackedUnseenSegments",
  "duplicateAcks",
  "zeroWindows",
] as const satisfies readonly (keyof WiresharkCounts)[];

/** HTTP of the whole capture, every connection. */
export interface HttpTotals {
  readonly requests: number;
  readonly responses: number;
  readonly exchanges: number;
  /** Without those whose answers do not pass the tap. */
  readonly unanswered: number;
}

/**
 * Connections to one server by what they speak. Those that speak several things count for each: HTTP/1 that was decrypted for
 * `http1`, `tls` and `tlsDecrypted`. Connections without data are in none.
 */
export interface ServerProtocolMetrics {
  /** `192.168.56.103:443`. */
  readonly server: string;
  readonly http1: number;
  readonly http2: number;
  /** On HTTP/2. */
  readonly grpc: number;
  readonly webSocket: number;
  readonly tls: number;
  /** Of `tls`: those whose content was read, with keys. */
  readonly tlsDecrypted: number;
  /** None of these. */
  readonly other: number;
}

/** Its counts, in the order of tables and CSV's columns. */
export const PROTOCOL_FIELDS = [
  "http1",
  "http2",
  "grpc",
  "webSocket",
  "tls",
  "tlsDecrypted",
  "other",
] as const satisfies readonly (keyof ServerProtocolMetrics)[];

/** The paper's metrics over the frames of source → destination in which an HTTP message is completed. */
export interface PaperMetrics {
  /** N. */
  readonly frames: number;
  /** Σ frame length on the wire. */
  readonly bytes: number;
  /** t_N − t₁. */
  readonly durationMs: number | null;
  readonly throughputMbps: number | null;
  readonly delayMs: number | null;
  readonly jitterMs: number | null;
  /** Spreadsheet form without the absolute value, (d_N − d₂)/n: reproduces old tables, measures almost nothing. */
  readonly jitterSignedMs: number | null;
  readonly lostPackets: number;
  readonly packetLossPercent: number | null;
  readonly requests: number;
}

/** One direction of a pair, from TCP itself. */
export interface DirectionMetrics {
  readonly packets: number;
  readonly bytes: number;
  /** Segments that occupy sequence space, as recorded, retransmissions included: those sent are more (`loss.ts`). */
  readonly segments: number;
  /** The same as they were on the wire: a frame larger than the maximum segment size (GRO, TSO) counts for all it holds. */
  readonly wireSegments: number;
  readonly payloadBytes: number;
  readonly retransmittedSegments: number;
  readonly retransmittedBytes: number;
  readonly lostBeyondTap: number;
  readonly lostBeforeTap: number;
  readonly captureDrops: number;
  /** Lost beyond and before the tap over the segments sent: those on the wire, lost before the tap, or missed by the recorder. */
  readonly lossPercent: number | null;
  /** Bounds of lostBeyondTap + lostBeforeTap: further apart where the evidence in the capture leaves a choice. */
  readonly lostAtLeast: number;
  readonly lostAtMost: number;
  /**
   * Pure ACKs that were sent and never recorded, by gaps in the sender's IPv4 IDs: beside the segments, and in none of the counts
   * above. Rather too few, as the first and the last ACK of a connection leave no gap. `null` where the sender's IDs don't count
   * its packets (IPv6; 0, random or shared IDs; fewer than 8 packets), or it sent fewer than 8 pure ACKs per connection.
   */
  readonly lostAcksBeforeTap: number | null;
  readonly throughputMbps: number | null;
  /** Unique TCP payload bits over the pair's active span. */
  readonly goodputMbps: number | null;
}

/** All of them, in the order of CSV's columns. */
export const DIRECTION_FIELDS = [
  "packets",
  "bytes",
  "segments",
  "wireSegments",
  "payloadBytes",
  "retransmittedSegments",
  "retransmittedBytes",
  "lostBeyondTap",
  "lostBeforeTap",
  "captureDrops",
  "lossPercent",
  "lostAtLeast",
  "lostAtMost",
  "lostAcksBeforeTap",
  "throughputMbps",
  "goodputMbps",
] as const satisfies readonly (keyof DirectionMetrics)[];

export interface TransportMetrics {
  readonly toBackend: DirectionMetrics;
  readonly fromBackend: DirectionMetrics;
  /** SYN → SYN/ACK, where the SYN was sent once (Karn). */
  readonly handshakeRttMs: Distribution;
  /**
   * The first SYN → SYN/ACK, also where the SYN was sent again: how long the source waited for its connection. Connections
   * that never came about are `failedHandshakes`.
   */
  readonly connectTimeMs: Distribution;
  /**
   * Data to the backend → the ACK without data that ends where it ends, tap → backend → tap, no retransmitted range
   * (Karn). FINs are left out: their ACK may wait for the server to close.
   */
  readonly rttMs: Distribution;
  /** The same where the ACK carries data or a FIN: it waited for the server, so its time is the server's and the network's. */
  readonly answeredRttMs: Distribution;
  /** As `rttMs`, for data from the backend: tap → source → tap; short where the tap is on the source itself. */
  readonly sourceRttMs: Distribution;
  readonly connections: number;
  readonly resets: number;
  readonly failedHandshakes: number;
  readonly zeroWindows: number;
}

/** Its counts of both directions, in the order of CSV's columns. */
export const TRANSPORT_COUNTS = [
  "connections",
  "resets",
  "failedHandshakes",
  "zeroWindows",
] as const satisfies readonly (keyof TransportMetrics)[];

export interface HttpMetrics {
  readonly requests: number;
  readonly responses: number;
  /** `null` where the answers do not pass the tap (direct server return): nobody knows. */
  readonly unanswered: number | null;
  /** The connection ended before request or response had. */
  readonly aborted: number;
  /** Request or response was still under way when the capture ended. */
  readonly running: number;
  /** Request or response whose framing can't be understood. */
  readonly malformed: number;
  /** Final responses by class: `2xx`. A gRPC call that ended with a status other than 0 is a `5xx`, whatever HTTP's status is. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly timeToFirstByteMs: Distribution;
  readonly timeToLastByteMs: Distribution;
  /** Of successive times to first byte. */
  readonly jitterMs: {
    readonly meanDifference: number | null;
    readonly rfc3550: number | null;
    readonly p99MinusMin: number | null;
  };
  readonly requestsPerSecond: number | null;
}

/** What charts are drawn from, beyond the figures: only where it was asked for. */
export interface ChartData {
  readonly series: TimeSeries;
  /** Times to first byte at the quantiles 0, 0.01, … 1; empty without samples. */
  readonly timeToFirstByteQuantilesMs: readonly number[];
}

/** Who got requests, below the address that they were sent to. */
export interface Receiver {
  /** The destination's MAC address, `02:00:5e:00:53:01`, or the destination of the IP packet around the segment's. */
  readonly address: string;
  readonly requests: number;
  /** Of the pair's requests. */
  readonly percent: number;
}

/** The calls of one gRPC method, as their paths tell. */
export interface GrpcMethodMetrics {
  /** `/shop.Cart/Add`; `null`: all methods beyond the first 64. */
  readonly method: string | null;
  readonly grpcCalls: number;
  /** Those that ended with a status other than 0. */
  readonly failed: number;
  /** Calls by `grpc-status` (https://grpc.io/docs/guides/status-codes), `none` of those that ended without one. */
  readonly statuses: Readonly<Record<string, number>>;
  /** (calls − 1) / time from the first call's begin to the last one's; `null` with one call. */
  readonly callsPerSecond: number | null;
  /** Messages in the requests and in the responses of all calls. */
  readonly requestMessages: number;
  readonly responseMessages: number;
  /**
   * End of the request → first and last message of the response, each when it was whole. Where the first message came before the
   * request had ended (the client streams), from the request's begin.
   */
  readonly firstMessageMs: Distribution;
  readonly lastMessageMs: Distribution;
}

/** What only HTTP/2 has (RFC 9113). */
export interface Http2Metrics {
  /** Requests that were streams. */
  readonly requests: number;
  /** How long streams waited for WINDOW_UPDATE, of those that did: from the DATA frame that used up a window. */
  readonly stallMs: Distribution;
  /** PING frames of the source → their acknowledgements. */
  readonly pingRttMs: Distribution;
  /** By method, in the order of their first call; none where nobody speaks gRPC. */
  readonly grpc: readonly GrpcMethodMetrics[];
}

/** What was measured of requests to a server. */
export interface TrafficMetrics {
  readonly name: string;
  readonly destination: string;
  /** Port of the backend, `null` where the pair spans all ports. */
  readonly destinationPort: number | null;
  readonly paper: PaperMetrics;
  readonly transport: TransportMetrics;
  readonly http: HttpMetrics;
  /** Only where some of the requests were HTTP/2's. */
  readonly http2?: Http2Metrics;
  /**
   * Only where the answers do not pass the tap: the servers behind the address, by what direct server return chooses them by,
   * most requests first. One alone may be a router.
   */
  readonly receivers?: readonly Receiver[];
  readonly categories: Categories;
}

export interface PairMetrics extends TrafficMetrics {
  readonly source: string;
  /**
   * What the balancer added to the time to first byte of this backend's exchanges (see `BalancerMetrics`); no samples
   * where the capture does not see both sides.
   */
  readonly addedTimeToFirstByteMs?: Distribution;
  /** When the backend was up, failing or silent, in order of time; none without evidence. At most 101. */
  readonly states?: readonly BackendState[];
  readonly chartData?: ChartData;
  /** Only of a run under way. */
  readonly live?: LivePairMetrics;
}

/** The requests of all clients to one server, as if they were one client's. */
export interface AllClientsMetrics extends TrafficMetrics {
  /** Clients that asked, each of which has its pair. */
  readonly clientCount: number;
  /**
   * More clients came than can have pairs (1,000 at a time, see the warning `too-many-pairs`): there were at least `clientCount`. Their requests
   * are counted here all the same.
   */
  readonly clientCountIsMinimum: boolean;
}

/** The figures of one run. */
export interface RunFigures {
  readonly capture: CaptureFacts;
  readonly tcp: WiresharkCounts;
  readonly http: HttpTotals;
  /** What the connections to each server speak, in the order in which the servers were first seen. */
  readonly protocols: readonly ServerProtocolMetrics[];
  /** What TLS says of itself, per server; absent where there is none. */
  readonly tls?: readonly TlsServerMetrics[];
  readonly pairs: readonly PairMetrics[];
  /**
   * Each server that several clients asked, with all of them together, busiest first; absent where there is none, where the
   * balancer was named, and while the run is under way. Its requests are those of its pairs: never add them up.
   */
  readonly allClients?: readonly AllClientsMetrics[];
  /**
   * All backends of the one source that asks several, together; absent where there are more sources, or one backend, and while the
   * run is under way. Its requests are those of its pairs: never add them up.
   */
  readonly allBackends?: AllBackendsMetrics;
  /** Both sides of the balancer compared; `null` where the capture does not see both. */
  readonly balancer?: BalancerMetrics | null;
  /** Frames that filters show, of whatever protocol; absent where none were asked for. They may overlap: never add them up. */
  readonly selections?: readonly SelectionMetrics[];
  /** RTP's streams, most packets first; only where selections were measured and the capture has some. */
  readonly rtpStreams?: readonly RtpStreamMetrics[];
}

/** Everything measured in one run. */
export interface RunMetrics extends RunFigures {
  readonly warnings: readonly Warning[];
  /** What a diagnosis is made from; of a run under way only that of the first pairs. No JSON has it. */
  readonly timelines?: RunTimelines;
  /** What slow exchanges have in common; only of a saved capture whose exchanges were listened to. No JSON has it. */
  readonly tails?: readonly PairTail[];
}
