/** When the segment was recorded that another one answers, by the timestamp that it echoes (RFC 7323 §3). */
import type { Segment } from "../packet/segment.ts";
import { Direction } from "./connection.ts";
import type { DirectionPlace } from "./direction-place.ts";
import { type Flight, NONE } from "./flight.ts";
import { sequenceDistance } from "./sequence.ts";

/** Linux's shortest retransmission timeout is 200 ms; what comes later than this after its cue was sent by a timer. */
const TIMEOUT_LATE_NS = 150_000_000;

export class EchoClock {
  readonly #flight: Flight;

  constructor(flight: Flight) {
    this.#flight = flight;
  }

  /** When the other side's segment was recorded that this one may answer: not a copy that it doesn't echo yet. */
  cueNs(reverse: DirectionPlace, segment: Segment): number {
    const entry = reverse.page.getInt32(reverse.at + Direction.FLIGHT_HEAD, true);
    const repeated = entry !== NONE && this.#flight.copies(entry) > 1;
    if (repeated && segment.hasTimestamp) return this.echoedNs(entry, segment);
    return reverse.page.getFloat64(reverse.at + Direction.LAST_TIME, true);
  }

  /** When the copy of a segment in flight was recorded whose timestamp `segment` echoes; without one, the last copy. */
  echoedNs(entry: number, segment: Segment): number {
    const flight = this.#flight;
    const firstNs = flight.firstNs(entry);
    const lastNs = flight.lastNs(entry);
    const first = flight.firstTimestamp(entry);
    const ticks = sequenceDistance(flight.lastTimestamp(entry), first);
    if (!segment.hasTimestamp || ticks <= 0) return lastNs;
    const echoed = Math.max(0, Math.min(ticks, sequenceDistance(segment.timestampEcho, first)));
    return firstNs + (echoed / ticks) * (lastNs - firstNs);
  }
}

/** Whether a segment at `timeNs` was sent by a retransmission timer, not in answer to its cue or right after its own side's last. */
export function isLate(place: DirectionPlace, cueNs: number, timeNs: number): boolean {
  const ownNs = place.page.getFloat64(place.at + Direction.LAST_TIME, true);
  return timeNs - Math.max(ownNs, cueNs) > TIMEOUT_LATE_NS;
}
