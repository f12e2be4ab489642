/**
 * The fastest packets of each short time, in both directions: what clocks are told by. A delay is never negative, so the second
 * clock's time less the first's is at most the difference of every packet there, and at least that of every packet back.
 */
import type { DelaySamples } from "./delay-samples.ts";

/** Points of one direction: times by the first clock, and differences of the clocks, ns. */
export interface EnvelopePoints {
  readonly atNs: readonly number[];
  readonly differenceNs: readonly number[];
}

/** A part of the time, by the first clock, ns; the end is excluded. */
export interface ClockSpan {
  readonly fromNs: number;
  readonly toNs: number;
}

/**
 * The fastest packet of each of `buckets` equal parts of a span.
 * @param drift by which the clocks are known to part, so that within a part the fastest packet is the one with the least delay
 */
export function envelopeOf(
  samples: DelaySamples,
  { fromNs, toNs }: ClockSpan,
  drift: number,
  buckets: number,
): EnvelopePoints {
  const sign = samples.isForward ? 1 : -1;
  const least = new Float64Array(buckets).fill(Number.POSITIVE_INFINITY);
  const at = new Float64Array(buckets);
  const difference = new Float64Array(buckets);
  const width = (toNs - fromNs) / buckets;
  samples.each(
    ({ sentNs, arrivalNs, differenceNs }) => {
      const firstNs = samples.isForward ? sentNs : arrivalNs;
      if (firstNs < fromNs || firstNs >= toNs) return;
      const bucket = Math.min(buckets - 1, Math.floor((firstNs - fromNs) / width));
      const delay = sign * (differenceNs - drift * firstNs);
      if (delay >= (least[bucket] as number)) return;
      least[bucket] = delay;
      at[bucket] = firstNs;
      difference[bucket] = differenceNs;
    },
    fromNs,
    toNs,
  );
  const used = [...least.keys()].filter((bucket) => least[bucket] !== Number.POSITIVE_INFINITY);
  return {
    atNs: used.map((bucket) => at[bucket] as number),
    differenceNs: used.map((bucket) => difference[bucket] as number),
  };
}

/** The points of a part of the time. */
export function pointsWithin(
  { atNs, differenceNs }: EnvelopePoints,
  { fromNs, toNs }: ClockSpan,
): EnvelopePoints {
  const inside = atNs.flatMap((at, index) => (at >= fromNs && at < toNs ? [index] : []));
  return {
    atNs: inside.map((index) => atNs[index] as number),
    differenceNs: inside.map((index) => differenceNs[index] as number),
  };
}

/** The points of the lower hull (sign 1) or of the upper one (−1): no line that leaves all points on one side touches others. */
export function hullOf({ atNs, differenceNs }: EnvelopePoints, sign: 1 | -1): EnvelopePoints {
  const hull: number[] = [];
  const cross = (a: number, b: number, c: number): number =>
    ((atNs[b] as number) - (atNs[a] as number)) *
      ((differenceNs[c] as number) - (differenceNs[a] as number)) -
    ((differenceNs[b] as number) - (differenceNs[a] as number)) * ((atNs[c] as number) - (atNs[a] as number));
  for (let point = 0; point < atNs.length; point++) {
    while (hull.length > 1 && sign * cross(hull.at(-2) as number, hull.at(-1) as number, point) <= 0)
      hull.pop();
    hull.push(point);
  }
  return {
    atNs: hull.map((point) => atNs[point] as number),
    differenceNs: hull.map((point) => differenceNs[point] as number),
  };
}
