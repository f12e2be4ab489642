/** When the segment was recorded that another one answers, by the timestamp that it echoes (RFC 7323 §3). */
import { max, min } from "../dialect/integers.ts";
import type { Segment } from "../segments/segment.ts";
import type { Direction } from "./connection.ts";
import type { FlightEntry } from "./flight-entry.ts";
import { sequenceDistance } from "./sequence.ts";

/** Linux's shortest retransmission timeout is 200 ms; what comes later than this after its cue was sent by a timer. */
const TIMEOUT_LATE_NS: f64 = 150_000_000;

/** When the other side's segment was recorded that this one may answer: not a copy that it doesn't echo yet. */
export function cueNs(reverse: Direction, segment: Segment): f64 {
  const entry = reverse.flightHead;
  if (entry !== null && entry.copies > 1 && segment.hasTimestamp) return echoedNs(entry, segment);
  return reverse.lastNs;
}

/** When the copy of a segment in flight was recorded whose timestamp `segment` echoes; without one, the last copy. */
export function echoedNs(entry: FlightEntry, segment: Segment): f64 {
  const ticks = sequenceDistance(entry.lastTimestamp, entry.firstTimestamp);
  if (!segment.hasTimestamp || ticks <= 0) return entry.lastNs;
  const echoed: f64 = max(0, min(ticks, sequenceDistance(segment.timestampEcho, entry.firstTimestamp)));
  return entry.firstNs + (echoed / ticks) * (entry.lastNs - entry.firstNs);
}

/** Whether a segment at `timeNs` was sent by a retransmission timer, not in answer to its cue or right after its own side's last. */
export function isLate(direction: Direction, cue: f64, timeNs: f64): boolean {
  return timeNs - Math.max(direction.lastNs, cue) > TIMEOUT_LATE_NS;
}
