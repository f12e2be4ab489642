/** What was counted between a source and a destination, as metrics. */
import type { DirectionReadings } from "../engine/readings/direction-readings.ts";
import type { HttpReadings } from "../engine/readings/http-readings.ts";
import type { PaperReadings } from "../engine/readings/paper-readings.ts";
import type { TransportReadings } from "../engine/readings/transport-readings.ts";
import { megabitsPerSecond, millisecondsFromNanoseconds, NANOSECONDS_PER_SECOND } from "../units.ts";
import { lossBounds, lossPercent } from "./loss.ts";
import { measureDistribution } from "./measure-distribution.ts";
import type { DirectionMetrics, HttpMetrics, PaperMetrics, TransportMetrics } from "./run-metrics.ts";

const ms = millisecondsFromNanoseconds;

/**
 * The paper's metrics: see `PaperFrames`.
 * @param toBackend whose losses and frames, as Wireshark counts them, make the packet loss
 */
export function measurePaper(paper: PaperReadings, toBackend: DirectionReadings): PaperMetrics {
  const { frames: n, bytes, spanNs, differencesNs, signedDifferenceNs, requests } = paper;
  const { lostSegments: lost, frames: received } = toBackend;
  return {
    frames: n,
    bytes,
    durationMs: n === 0 ? null : ms(spanNs),
    throughputMbps: n === 0 ? 0 : spanNs > 0 ? megabitsPerSecond(bytes, spanNs) : null,
    delayMs: n < 2 ? null : ms(spanNs) / (n - 1),
    jitterMs: n < 3 ? null : ms(differencesNs) / (n - 2),
    jitterSignedMs: n < 3 ? null : ms(signedDifferenceNs) / (n - 2),
    lostPackets: lost,
    packetLossPercent: lost + received === 0 ? null : (100 * lost) / (lost + received),
    requests,
  };
}

export function measureTransport(readings: TransportReadings): TransportMetrics {
  const { toBackend, fromBackend, connections, spanNs } = readings;
  const either = readings.lossesEitherWay;
  const ofTwo = readings.lossesOfOneOrTwo;
  const syns = shareOfEither(either, toBackend, fromBackend);
  const synsOfTwo = Math.round(ofTwo * shareOfSyns(toBackend, fromBackend));
  // Seen from the tap beside the source: what goes to the backend is lost beyond it, what comes from there before it.
  const to = { lost: syns + synsOfTwo, elsewhere: either - syns + (ofTwo - synsOfTwo) };
  const from = { lost: either - syns + 2 * (ofTwo - synsOfTwo), elsewhere: syns + 2 * synsOfTwo };
  const toLosses = { beyondTap: to.lost, beforeTap: 0, elsewhere: to.elsewhere };
  const fromLosses = { beyondTap: 0, beforeTap: from.lost, elsewhere: from.elsewhere };
  return {
    toBackend: measureDirection(toBackend, fromBackend, connections, spanNs, toLosses),
    fromBackend: measureDirection(fromBackend, toBackend, connections, spanNs, fromLosses),
    handshakeRttMs: measureDistribution(readings.handshakes),
    connectTimeMs: measureDistribution(readings.connects),
    rttMs: measureDistribution(readings.roundTrips),
    answeredRttMs: measureDistribution(readings.answeredRoundTrips),
    sourceRttMs: measureDistribution(readings.sourceRoundTrips),
    connections,
    resets: toBackend.resets + fromBackend.resets,
    failedHandshakes: readings.failedHandshakes,
    zeroWindows: toBackend.zeroWindows + fromBackend.zeroWindows,
  };
}

/** Of handshake segments that either direction may have lost, those to the backend: in proportion to its other losses. */
function shareOfEither(either: number, toBackend: DirectionReadings, fromBackend: DirectionReadings): number {
  const toRate = lossPercent(toBackend) ?? 0;
  const rates = toRate + (lossPercent(fromBackend) ?? 0);
  return rates === 0 ? 0 : Math.round((either * toRate) / rates);
}

/**
 * Of SYNs that were lost (p), or else their SYN/ACK and one of the two that follow (2 q²), the SYNs: by the losses that are known of
 * both directions.
 */
function shareOfSyns(toBackend: DirectionReadings, fromBackend: DirectionReadings): number {
  const p = (lossPercent(toBackend) ?? 0) / 100;
  const q = (lossPercent(fromBackend) ?? 0) / 100;
  return p + q === 0 ? 1 : p / (p + 2 * q * q);
}

/** Of segments that were lost, or else their ACKs, the segments: by the losses that are known of both directions. */
function shareOfUndecided(own: DirectionReadings, other: DirectionReadings): number {
  const ownRate = lossPercent(own) ?? 0;
  const rates = ownRate + (lossPercent(other) ?? 0);
  return rates === 0 ? 1 : ownRate / rates;
}

/** Of segments sent again in vain, as many as of the others. */
function lostInVain(own: DirectionReadings): number {
  const { sentInVain, wireSegments, lostBeyondTap } = own;
  const others = wireSegments - sentInVain;
  return others <= 0 ? 0 : Math.round((sentInVain * lostBeyondTap) / others);
}

/** A share of fewer segments than these is no rate to expect others by. */
const SEGMENTS_OF_A_RATE = 100;
/** With more lost no connection goes on: something else left the holes. */
const LARGEST_SHARE = 0.5;

/**
 * Where holes tell, repeats that were lost like what they repeat and left no trace. What was sent was recorded once in the end, and
 * p of that left a hole before: its first copy was lost. Repeats are lost as often; with m of them unseen, seen + m = p · (lost + m).
 */
function lostUnseen({
  byHoles,
  wireSegments,
  lostBeforeTap,
  captureDrops,
  repeatsLost,
}: DirectionReadings): number {
  const arrived = wireSegments + captureDrops;
  if (byHoles === 0 || arrived + lostBeforeTap < SEGMENTS_OF_A_RATE) return 0;
  const share = (lostBeforeTap - repeatsLost) / arrived;
  if (!(share <= LARGEST_SHARE)) return 0;
  return Math.max(0, Math.round((share * lostBeforeTap - repeatsLost) / (1 - share)));
}

/** Handshake segments that either direction may have lost: those put down to this one, and the others. */
interface SharedLosses {
  readonly beyondTap: number;
  readonly beforeTap: number;
  readonly elsewhere: number;
}

/**
 * @param other the other direction, which the ACKs took
 * @param spanNs the pair's active span, first to last packet of either direction
 */
export function measureDirection(
  readings: DirectionReadings,
  other: DirectionReadings,
  connections: number,
  spanNs: number,
  shared: SharedLosses,
): DirectionMetrics {
  const ownShare = shareOfUndecided(readings, other);
  const undecided = readings.undecidedBeyondTap + readings.undecidedBeforeTap;
  const undecidedBeyondTap = Math.round(readings.undecidedBeyondTap * ownShare);
  const undecidedBeforeTap = Math.round(readings.undecidedBeforeTap * ownShare);
  const ownUndecided = undecidedBeyondTap + undecidedBeforeTap;
  const inVain = lostInVain(readings);
  const unseen = lostUnseen(readings);
  const counts = {
    packets: readings.packets,
    bytes: readings.bytes,
    segments: readings.segments,
    wireSegments: readings.wireSegments,
    payloadBytes: readings.payloadBytes,
    retransmittedSegments: readings.retransmittedSegments,
    retransmittedBytes: readings.retransmittedBytes,
    lostBeyondTap: readings.lostBeyondTap + undecidedBeyondTap + inVain + shared.beyondTap,
    lostBeforeTap: readings.lostBeforeTap + undecidedBeforeTap + unseen + shared.beforeTap,
    captureDrops: readings.captureDrops,
  };
  const bounds = lossBounds(counts, {
    fewer: readings.lostFewer + ownUndecided + shared.beyondTap + shared.beforeTap,
    more: readings.lostMore + (undecided - ownUndecided) + shared.elsewhere,
    expected: inVain + unseen,
    byHoles: readings.byHoles === 1,
    repeated: Math.max(0, readings.retransmittedSegments - readings.sentInVain),
    connections,
    otherShare: (lossPercent(other) ?? 0) / 100,
  });
  return {
    ...counts,
    lossPercent: lossPercent(counts),
    lostAtLeast: bounds.atLeast,
    lostAtMost: bounds.atMost,
    lostAcksBeforeTap: lostAcks(readings, connections),
    throughputMbps: rateOf(counts.bytes, spanNs),
    goodputMbps: rateOf(readings.newPayloadBytes, spanNs),
  };
}

/** Pure ACKs per connection from which on those at its ends, which leave no gap when they are lost, are at most a quarter. */
const ACKS_THAT_TELL = 8;

/** Pure ACKs lost before the tap; `null` where neither IDs nor the ends of connections tell enough of them. */
function lostAcks(readings: DirectionReadings, connections: number): number | null {
  const { packets, segments, byHoles, lostAcksBeforeTap } = readings;
  const acks = packets - segments + lostAcksBeforeTap;
  return byHoles === 1 || acks < ACKS_THAT_TELL * connections ? null : lostAcksBeforeTap;
}

function rateOf(bytes: number, spanNs: number): number | null {
  return spanNs > 0 ? megabitsPerSecond(bytes, spanNs) : null;
}

/** @param answersSeen answers pass the tap: where they don't, nobody knows which requests got none */
export function measureHttp(readings: HttpReadings, answersSeen = true): HttpMetrics {
  const { requests, differences, differencesNs, rfc3550Ns, requestSpanNs } = readings;
  const timeToFirstByteMs = measureDistribution(readings.timeToFirstByte);
  const { p99, min } = timeToFirstByteMs;
  return {
    requests,
    responses: readings.responses,
    unanswered: answersSeen ? readings.unanswered : null,
    aborted: readings.aborted,
    running: readings.running,
    malformed: readings.malformed,
    statuses: statusesByClass(readings.statuses),
    timeToFirstByteMs,
    timeToLastByteMs: measureDistribution(readings.timeToLastByte),
    jitterMs: {
      meanDifference: differences === 0 ? null : ms(differencesNs) / differences,
      rfc3550: differences === 0 ? null : ms(rfc3550Ns),
      p99MinusMin: p99 === null || min === null ? null : p99 - min,
    },
    requestsPerSecond: requestSpanNs > 0 ? ((requests - 1) * NANOSECONDS_PER_SECOND) / requestSpanNs : null,
  };
}

function statusesByClass(counts: Float64Array): Record<string, number> {
  const statuses: Record<string, number> = {};
  for (const [statusClass, count] of counts.entries()) if (count > 0) statuses[`${statusClass}xx`] = count;
  return statuses;
}
