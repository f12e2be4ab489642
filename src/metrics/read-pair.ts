/** What was counted between a source and a destination, as metrics: reads what `Conversation` of the tally room puts down. */
import { STATUS_CLASSES } from "../engine/tally/exchange-tally.ts";
import { megabitsPerSecond, millisecondsFromNanoseconds, NANOSECONDS_PER_SECOND } from "../units.ts";
import { readSeries } from "./read-series.ts";
import type { ReadingsReader } from "./readings-reader.ts";
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

/** `Conversation.readings`. */
export function readConversation(readings: ReadingsReader): ConversationMetrics {
  const paper = readPaper(readings);
  const transport = readTransport(readings);
  const http = readHttp(readings);
  return { paper, transport, http, chartData: readings.flag() ? readChartData(readings) : null };
}

/** The readings of `PaperMetrics` that come from the frames alone. */
export type PaperFigures = Omit<PaperMetrics, "lostPackets" | "packetLossPercent" | "requests">;

/** `PaperFrames.readings`: n frames, their bytes, t_N − t₁, Σ|dᵢ − dᵢ₋₁|, d_N − d₂. */
export function readPaperFrames(readings: ReadingsReader): PaperFigures {
  const n = readings.number();
  const bytes = readings.number();
  const span = readings.number();
  const differences = readings.number();
  const signedDifference = readings.number();
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

function readPaper(readings: ReadingsReader): PaperMetrics {
  const frames = readPaperFrames(readings);
  const lost = readings.number();
  const received = readings.number();
  return {
    ...frames,
    lostPackets: lost,
    packetLossPercent: lost + received === 0 ? null : (100 * lost) / (lost + received),
    requests: readings.number(),
  };
}

function readTransport(readings: ReadingsReader): TransportMetrics {
  const span = readings.number();
  return {
    toBackend: readDirection(readings, span),
    fromBackend: readDirection(readings, span),
    handshakeRttMs: readings.distribution(),
    rttMs: readings.distribution(),
    sourceRttMs: readings.distribution(),
    connections: readings.number(),
    resets: readings.number(),
    failedHandshakes: readings.number(),
    zeroWindows: readings.number(),
  };
}

/**
 * `DirectionTally.readings`.
 * @param spanNs the conversation's active span, first to last packet of either direction
 */
export function readDirection(readings: ReadingsReader, spanNs: number): DirectionMetrics {
  const counts = {
    packets: readings.number(),
    bytes: readings.number(),
    segments: readings.number(),
    payloadBytes: readings.number(),
    retransmittedSegments: readings.number(),
    retransmittedBytes: readings.number(),
    lostBeyondTap: readings.number(),
    lostBeforeTap: readings.number(),
    captureDrops: readings.number(),
  };
  const lost = counts.lostBeyondTap + counts.lostBeforeTap;
  // What was lost before the tap was sent all the same, and so was what the recorder missed.
  const sent = counts.segments + counts.lostBeforeTap + counts.captureDrops;
  return {
    ...counts,
    lossPercent: sent === 0 ? null : (100 * lost) / sent,
    lostAtLeast: readings.number(),
    lostAtMost: readings.number(),
    throughputMbps: rateOf(counts.bytes, spanNs),
    goodputMbps: rateOf(readings.number(), spanNs),
  };
}

function rateOf(bytes: number, spanNs: number): number | null {
  return spanNs > 0 ? megabitsPerSecond(bytes, spanNs) : null;
}

/** `ExchangeTally.readings`. */
export function readHttp(readings: ReadingsReader): HttpMetrics {
  const requests = readings.number();
  const responses = readings.number();
  const unanswered = readings.number();
  const aborted = readings.number();
  const statuses = readStatuses(readings);
  const timeToFirstByteMs = readings.distribution();
  const timeToLastByteMs = readings.distribution();
  const differences = readings.number();
  const differencesNs = readings.number();
  const rfc3550Ns = readings.number();
  const span = readings.number();
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

function readStatuses(readings: ReadingsReader): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let statusClass = 0; statusClass < STATUS_CLASSES; statusClass++) {
    const count = readings.number();
    if (count > 0) counts[`${statusClass}xx`] = count;
  }
  return counts;
}

function readChartData(readings: ReadingsReader): ChartData {
  return {
    series: readSeries(readings),
    timeToFirstByteQuantilesMs: readings.list(() => ms(readings.number())),
  };
}
