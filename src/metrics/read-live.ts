/** Reads what only a run under way has: the readings of `LivePair`. */
import { ANSWER_BOUNDS_NS, ROUND_TRIP_BOUNDS_NS } from "../engine/tally/samples/histogram-tally.ts";
import { megabitsPerSecond, NANOSECONDS_PER_SECOND } from "../units.ts";
import type { GrowingHistogram, LivePairMetrics, LiveState, RecentMetrics } from "./live-metrics.ts";
import { readReason } from "./read-states.ts";
import type { ReadingsReader } from "./readings-reader.ts";

/** Names of `tally/live-states.ts`. */
const STATES: readonly LiveState[] = ["unknown", "up", "failing", "down"];

export function readLive(reader: ReadingsReader): LivePairMetrics {
  const state = STATES[reader.number()] as LiveState;
  const stateReason = readReason(reader);
  const sinceNs = reader.number();
  return {
    state,
    stateReason,
    stateSinceSeconds: state === "unknown" ? null : sinceNs / NANOSECONDS_PER_SECOND,
    inFlight: reader.number(),
    recent: readRecent(reader),
    requestsBySecond: reader.list(() => reader.number()),
    histograms: {
      timeToFirstByte: readHistogram(reader, ANSWER_BOUNDS_NS),
      timeToLastByte: readHistogram(reader, ANSWER_BOUNDS_NS),
      rtt: readHistogram(reader, ROUND_TRIP_BOUNDS_NS),
      handshakeRtt: readHistogram(reader, ROUND_TRIP_BOUNDS_NS),
    },
  };
}

function readRecent(reader: ReadingsReader): RecentMetrics {
  const spanNs = reader.number();
  const requests = reader.number();
  const toBackendBytes = reader.number();
  const fromBackendBytes = reader.number();
  const lost = reader.number();
  const sent = reader.number();
  return {
    windowSeconds: spanNs / NANOSECONDS_PER_SECOND,
    requestsPerSecond: (requests * NANOSECONDS_PER_SECOND) / spanNs,
    toBackendMbps: megabitsPerSecond(toBackendBytes, spanNs),
    fromBackendMbps: megabitsPerSecond(fromBackendBytes, spanNs),
    lostSegments: lost,
    lossPercent: sent === 0 ? null : Math.min(100, (100 * lost) / sent),
    unanswered: reader.number(),
    rttMs: reader.distribution(),
    timeToFirstByteMs: reader.distribution(),
  };
}

/** A histogram of `HistogramTally`. @param boundsNs the bounds that it was made with */
export function readHistogram(reader: ReadingsReader, boundsNs: Float64Array): GrowingHistogram {
  let seen = 0;
  const cumulativeCounts = Array.from(boundsNs, () => {
    seen += reader.number();
    return seen;
  });
  return {
    upperBoundsSeconds: Array.from(boundsNs, (bound) => bound / NANOSECONDS_PER_SECOND),
    cumulativeCounts,
    count: reader.number(),
    sumSeconds: reader.number() / NANOSECONDS_PER_SECOND,
  };
}
