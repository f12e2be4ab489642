/** What only a run under way has. */
import {
  ANSWER_BOUNDS_NS,
  type HistogramReadings,
  ROUND_TRIP_BOUNDS_NS,
} from "../engine/readings/histogram-readings.ts";
import type { LiveReadings, RecentReadings } from "../engine/readings/live-readings.ts";
import { LIVE_STATES } from "../engine/readings/live-state.ts";
import { megabitsPerSecond, NANOSECONDS_PER_SECOND } from "../units.ts";
import type { GrowingHistogram, LivePairMetrics, RecentMetrics } from "./live-metrics.ts";
import { lossPercent, lostSegments } from "./loss.ts";
import { measureDistribution } from "./measure-distribution.ts";
import { failureReason } from "./measure-states.ts";
import { nameOf } from "./name-of.ts";

export function measureLive(readings: LiveReadings): LivePairMetrics {
  const state = nameOf(LIVE_STATES, readings.state);
  return {
    state,
    stateReason: failureReason(readings.reason),
    stateSinceSeconds: state === "unknown" ? null : readings.sinceNs / NANOSECONDS_PER_SECOND,
    inFlight: readings.inFlight,
    recent: measureRecent(readings.recent),
    requestsBySecond: Array.from(readings.requestsBySecond),
    histograms: {
      timeToFirstByte: measureHistogram(readings.timeToFirstByte, ANSWER_BOUNDS_NS),
      timeToLastByte: measureHistogram(readings.timeToLastByte, ANSWER_BOUNDS_NS),
      rtt: measureHistogram(readings.roundTrips, ROUND_TRIP_BOUNDS_NS),
      handshakeRtt: measureHistogram(readings.handshakes, ROUND_TRIP_BOUNDS_NS),
    },
  };
}

function measureRecent(readings: RecentReadings): RecentMetrics {
  const { spanNs } = readings;
  const percent = lossPercent(readings);
  return {
    windowSeconds: spanNs / NANOSECONDS_PER_SECOND,
    requestsPerSecond: (readings.requests * NANOSECONDS_PER_SECOND) / spanNs,
    toBackendMbps: megabitsPerSecond(readings.toBackendBytes, spanNs),
    fromBackendMbps: megabitsPerSecond(readings.fromBackendBytes, spanNs),
    lostSegments: lostSegments(readings),
    // A loss becomes known later than its segment was sent, perhaps when fewer are sent than were.
    lossPercent: percent === null ? null : Math.min(100, percent),
    unanswered: readings.unanswered,
    rttMs: measureDistribution(readings.roundTrips),
    timeToFirstByteMs: measureDistribution(readings.timeToFirstByte),
  };
}

/** @param boundsNs the bounds that the histogram was made with */
export function measureHistogram(
  { counts, count, sumNs }: HistogramReadings,
  boundsNs: Float64Array,
): GrowingHistogram {
  let seen = 0;
  return {
    upperBoundsSeconds: Array.from(boundsNs, (bound) => bound / NANOSECONDS_PER_SECOND),
    cumulativeCounts: Array.from(boundsNs, (_, bucket) => {
      seen += counts[bucket] ?? 0;
      return seen;
    }),
    count,
    sumSeconds: sumNs / NANOSECONDS_PER_SECOND,
  };
}
