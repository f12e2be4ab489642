/**
 * Offset and drift of two clocks as one line between the envelopes of both directions. Of all lines the one is taken that leaves the
 * most room to either side (Moon, Skelly and Towsley 1999 fit one direction so; both at once halve what the noise can do), in the
 * middle between them: the two smallest delays are taken to be alike.
 */
import { type EnvelopePoints, hullOf } from "./clock-envelope.ts";

/** Crystals are wrong by 100 ppm at most, two of them by 200; a virtual machine's clock by somewhat more. */
const MAX_DRIFT = 1e-3;
const ITERATIONS = 120;

export interface ClockLine {
  /** Second clock less first at the first clock's 0, ns. */
  readonly offsetNs: number;
  /** Seconds per second that the second clock gains. */
  readonly drift: number;
  /**
   * Room between the envelopes along the line, ns: the sum of both directions' smallest delays. Half of it bounds what an
   * asymmetric path can bend the offset by. Negative: no line fits.
   */
  readonly roomNs: number;
  /** Between these drifts a line fits: no other is possible. */
  readonly lowestDrift: number;
  readonly highestDrift: number;
}

/** @param pointsBack may be empty: then the line runs along the fastest packets there, whose delay counts as 0 */
export function fitClockLine(pointsThere: EnvelopePoints, pointsBack: EnvelopePoints): ClockLine {
  if (pointsBack.atNs.length === 0 || pointsThere.atNs.length === 0)
    return fitOneWay(pointsThere, pointsBack);
  const there = hullOf(pointsThere, 1);
  const back = hullOf(pointsBack, -1);
  const room = (drift: number): number => lowest(there, drift) - highest(back, drift);
  const drift = maximize(room, -MAX_DRIFT, MAX_DRIFT);
  const roomNs = room(drift);
  return {
    offsetNs: (lowest(there, drift) + highest(back, drift)) / 2,
    drift,
    roomNs,
    lowestDrift: roomNs <= 0 ? drift : lastFitting(room, drift, -MAX_DRIFT),
    highestDrift: roomNs <= 0 ? drift : lastFitting(room, drift, MAX_DRIFT),
  };
}

/** How far the offset can be off at a time, for any line that fits, ns. */
export function offsetBoundNs(
  line: ClockLine,
  there: EnvelopePoints,
  back: EnvelopePoints,
  atNs: number,
): number {
  const offset = line.offsetNs + line.drift * atNs;
  const { lowestDrift, highestDrift } = line;
  const above = (drift: number): number => lowest(there, drift) + drift * atNs;
  const below = (drift: number): number => -(highest(back, drift) + drift * atNs);
  const most = above(maximize(above, lowestDrift, highestDrift));
  const least = -below(maximize(below, lowestDrift, highestDrift));
  return Math.max(most - offset, offset - least);
}

/** Packets go one way: the drift shows, the offset does not. */
function fitOneWay(there: EnvelopePoints, back: EnvelopePoints): ClockLine {
  const isThere = there.atNs.length > 0;
  const points = isThere ? there : back;
  const middleNs = points.atNs.reduce((sum, at) => sum + at, 0) / Math.max(1, points.atNs.length);
  const nearness = (drift: number): number =>
    isThere ? lowest(points, drift) + drift * middleNs : -highest(points, drift) - drift * middleNs;
  const drift = points.atNs.length < 2 ? 0 : maximize(nearness, -MAX_DRIFT, MAX_DRIFT);
  const offsetNs = isThere ? lowest(points, drift) : highest(points, drift);
  return { offsetNs, drift, roomNs: Number.NaN, lowestDrift: drift, highestDrift: drift };
}

function lowest({ atNs, differenceNs }: EnvelopePoints, drift: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < atNs.length; index++) {
    const value = (differenceNs[index] as number) - drift * (atNs[index] as number);
    if (value < least) least = value;
  }
  return least;
}

function highest({ atNs, differenceNs }: EnvelopePoints, drift: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < atNs.length; index++) {
    const value = (differenceNs[index] as number) - drift * (atNs[index] as number);
    if (value > most) most = value;
  }
  return most;
}

/** Where a concave function is largest between two bounds. */
function maximize(value: (x: number) => number, from: number, to: number): number {
  let low = from;
  let high = to;
  for (let step = 0; step < ITERATIONS; step++) {
    const left = low + (high - low) / 3;
    const right = high - (high - low) / 3;
    if (value(left) < value(right)) low = left;
    else high = right;
  }
  return (low + high) / 2;
}

/** Between a drift where a line fits and a bound: the last one where it does. */
function lastFitting(room: (drift: number) => number, fits: number, bound: number): number {
  if (room(bound) >= 0) return bound;
  let inside = fits;
  let outside = bound;
  for (let step = 0; step < ITERATIONS; step++) {
    const middle = (inside + outside) / 2;
    if (room(middle) >= 0) inside = middle;
    else outside = middle;
  }
  return inside;
}
