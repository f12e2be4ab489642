/** What was counted between a source and a destination, as metrics: reads what `Conversation` of the tally room puts down. */
import { STATUS_CLASSES } from "../tally/exchange-tally.ts";
import { megabitsPerSecond, millisecondsFromNanoseconds, NANOSECONDS_PER_SECOND } from "../units.ts";
import type { FigureReader } from "./figure-reader.ts";
import { readSeries } from "./read-series.ts";
import type {
  ChartData,
  DirectionMetrics,
  HttpMetrics,
  PaperMetrics,
  TransportMetrics,
} from "./run-metrics.ts";

const ms = millisecondsFromNanoseconds;

/** The parts of `PairMetrics` that a conversation gives. */
export interface ConversationMetrics {
  readonly paper: PaperMetrics;
  readonly transport: TransportMetrics;
  readonly http: HttpMetrics;
  /** Only where time series were kept. */
  readonly chartData: ChartData | null;
}

/** `Conversation.figures`. */
export function readConversation(figures: FigureReader): ConversationMetrics {
  const paper = readPaper(figures);
  const transport = readTransport(figures);
  const http = readHttp(figures);
  return { paper, transport, http, chartData: figures.flag() ? readChartData(figures) : null };
}

/** The figures of `PaperMetrics` that come from the frames alone. */
export type PaperFigures = Omit<PaperMetrics, "lostPackets" | "packetLossPercent" | "requests">;

/** `PaperFrames.figures`: n frames, their bytes, t_N − t₁, Σ|dᵢ − dᵢ₋₁|, d_N − d₂. */
export function readPaperFrames(figures: FigureReader): PaperFigures {
  const n = figures.number();
  const bytes = figures.number();
  const span = figures.number();
  const differences = figures.number();
  const signedDifference = figures.number();
  return {
    frames: n,
    bytes,
    durationMs: n === 0 ? null : ms(span),
    throughputMbps: n === 0 ? 0 : span > 0 ? megabitsPerSecond(bytes, span) : null,
    delayMs: n < 2 ? null : ms(span) / (n - 1),
    jitterMs: n < 3 ? null : ms(differences) / (n - 2),
    jitterSignedMs: n < 3 ? null : ms(signedDifference) / (n - 2),
  };
}

function readPaper(figures: FigureReader): PaperMetrics {
  const frames = readPaperFrames(figures);
  const lost = figures.number();
  const received = figures.number();
  return {
    ...frames,
    lostPackets: lost,
    packetLossPercent: lost + received === 0 ? null : (100 * lost) / (lost + received),
    requests: figures.number(),
  };
}

function readTransport(figures: FigureReader): TransportMetrics {
  const span = figures.number();
  return {
    toBackend: readDirection(figures, span),
    fromBackend: readDirection(figures, span),
    handshakeRttMs: figures.distribution(),
    rttMs: figures.distribution(),
    sourceRttMs: figures.distribution(),
    connections: figures.number(),
    resets: figures.number(),
    failedHandshakes: figures.number(),
    zeroWindows: figures.number(),
  };
}

/**
 * `DirectionTally.figures`.
 * @param spanNs the conversation's active span, first to last packet of either direction
 */
export function readDirection(figures: FigureReader, spanNs: number): DirectionMetrics {
  const counts = {
    packets: figures.number(),
    bytes: figures.number(),
    segments: figures.number(),
    payloadBytes: figures.number(),
    retransmittedSegments: figures.number(),
    retransmittedBytes: figures.number(),
    lostBeyondTap: figures.number(),
    lostBeforeTap: figures.number(),
    captureDrops: figures.number(),
  };
  const lost = counts.lostBeyondTap + counts.lostBeforeTap;
  // What was lost before the tap was sent all the same, and so was what the recorder missed.
  const sent = counts.segments + counts.lostBeforeTap + counts.captureDrops;
  return {
    ...counts,
    lossPercent: sent === 0 ? null : (100 * lost) / sent,
    lostAtLeast: figures.number(),
    lostAtMost: figures.number(),
    throughputMbps: rateOf(counts.bytes, spanNs),
    goodputMbps: rateOf(figures.number(), spanNs),
  };
}

function rateOf(bytes: number, spanNs: number): number | null {
  return spanNs > 0 ? megabitsPerSecond(bytes, spanNs) : null;
}

/** `ExchangeTally.figures`. */
export function readHttp(figures: FigureReader): HttpMetrics {
  const requests = figures.number();
  const responses = figures.number();
  const unanswered = figures.number();
  const aborted = figures.number();
  const statuses = readStatuses(figures);
  const timeToFirstByteMs = figures.distribution();
  const timeToLastByteMs = figures.distribution();
  const differences = figures.number();
  const differencesNs = figures.number();
  const rfc3550Ns = figures.number();
  const span = figures.number();
  const { p99, min } = timeToFirstByteMs;
  return {
    requests,
    responses,
    unanswered,
    aborted,
    statuses,
    timeToFirstByteMs,
    timeToLastByteMs,
    jitterMs: {
      meanDifference: differences === 0 ? null : ms(differencesNs) / differences,
      rfc3550: differences === 0 ? null : ms(rfc3550Ns),
      p99MinusMin: p99 === null || min === null ? null : p99 - min,
    },
    requestsPerSecond: span > 0 ? ((requests - 1) * NANOSECONDS_PER_SECOND) / span : null,
  };
}

function readStatuses(figures: FigureReader): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let statusClass = 0; statusClass < STATUS_CLASSES; statusClass++) {
    const count = figures.number();
    if (count > 0) counts[`${statusClass}xx`] = count;
  }
  return counts;
}

function readChartData(figures: FigureReader): ChartData {
  return {
    series: readSeries(figures),
    timeToFirstByteQuantilesMs: figures.list(() => ms(figures.number())),
  };
}
