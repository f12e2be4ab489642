/** How the clocks of two taps stand to each other over the whole recording: lines, and the steps between them. */
import { type ClockSpan, type EnvelopePoints, envelopeOf, pointsWithin } from "./clock-envelope.ts";
import { type ClockLine, fitClockLine, offsetBoundNs } from "./clock-line.ts";
import type { DelaySample, DelaySamples } from "./delay-samples.ts";
import type { PathDirection } from "./path-direction.ts";

/** Parts of a span of which the fastest packets are taken. */
const BUCKETS = 2048;
/** Parts between which a step is looked for, and those that the place of one is then looked for in. */
const STEP_BUCKETS = 256;
/** The envelope is taken again with the drift that it gave: then every part's fastest packet is the fastest. */
const ROUNDS = 3;
/** Most steps that are looked for. */
const MAX_STEPS = 16;
/** Recorders' own times are wrong by less than this, ns: two envelopes that overlap by less are no step. */
export const NOISE_NS = 2_000;
/** A direction needs so many points on each side of a step. */
const FEWEST_POINTS = 3;

export interface ClockPart extends ClockSpan {
  readonly line: ClockLine;
  /** How far the offset can be off anywhere in the part, ns; NaN where packets go one way. */
  readonly boundNs: number;
}

/** Parts in the order of time, without gaps; at least one. */
export type ClockModel = readonly [ClockPart, ...ClockPart[]];

/** Second clock less first at a time of the first clock, ns. */
export function clockOffsetAt(model: ClockModel, firstNs: number): number {
  let part = model[0];
  for (let index = 1; index < model.length; index++) {
    const next = model[index] as ClockPart;
    if (firstNs < next.fromNs) break;
    part = next;
  }
  return part.line.offsetNs + part.line.drift * firstNs;
}

/**
 * How long a packet took, ns. The second clock was read when it had arrived there, or when it left: that is what its offset is of.
 * @param firstNs the first tap's time of the packet
 * @param differenceNs the second tap's time less that
 */
export function oneWayDelayNs(
  model: ClockModel,
  isForward: boolean,
  firstNs: number,
  differenceNs: number,
): number {
  const sign = isForward ? 1 : -1;
  const roughNs = sign * (differenceNs - clockOffsetAt(model, firstNs));
  return sign * (differenceNs - clockOffsetAt(model, firstNs + sign * roughNs));
}

/** Goes through the kept packets of a direction in the order of arrival, with the delay of each, ns. */
export function eachDelay(
  samples: DelaySamples,
  clocks: ClockModel,
  visit: (delayNs: number, sample: DelaySample) => void,
): void {
  const { isForward } = samples;
  samples.each((sample) => {
    const { sentNs, arrivalNs, differenceNs } = sample;
    visit(oneWayDelayNs(clocks, isForward, isForward ? sentNs : arrivalNs, differenceNs), sample);
  });
}

/** Clocks that are known to be apart by so much, always. */
export function knownClocks(offsetNs: number): ClockModel {
  return steadyClocks({ offsetNs, drift: 0, roomNs: Number.NaN, lowestDrift: 0, highestDrift: 0 }, 0);
}

/** Clocks that one line tells, always. @param boundNs as of a part */
export function steadyClocks(line: ClockLine, boundNs: number): ClockModel {
  return [{ fromNs: Number.NEGATIVE_INFINITY, toNs: Number.POSITIVE_INFINITY, line, boundNs }];
}

/** Estimates the clocks from the packets of both directions. @param span all the time in which packets were matched */
export function estimateClocks(
  directions: readonly [PathDirection, PathDirection],
  span: ClockSpan,
): ClockModel {
  const steps = findSteps(directions, span, MAX_STEPS);
  const [first, ...others] = [span.fromNs, ...steps].map((fromNs, index) => {
    const toNs = steps[index] ?? span.toNs;
    return fitPart(directions, { fromNs, toNs });
  });
  if (first === undefined) throw new Error("the clocks have no part");
  return [first, ...others];
}

function fitPart(directions: readonly [PathDirection, PathDirection], span: ClockSpan): ClockPart {
  let drift = 0;
  let points = pointsOf(directions, span, drift, BUCKETS);
  let line = fitClockLine(...points);
  for (let round = 1; round < ROUNDS; round++) {
    drift = line.drift;
    points = pointsOf(directions, span, drift, BUCKETS);
    line = fitClockLine(...points);
  }
  const ends = [span.fromNs, span.toNs].map((atNs) => Math.abs(offsetBoundNs(line, ...points, atNs)));
  const boundNs = Number.isNaN(line.roomNs) ? Number.NaN : Math.max(...ends);
  return { ...span, line, boundNs };
}

function pointsOf(
  [there, back]: readonly [PathDirection, PathDirection],
  span: ClockSpan,
  drift: number,
  buckets: number,
): [EnvelopePoints, EnvelopePoints] {
  return [envelopeOf(there.samples, span, drift, buckets), envelopeOf(back.samples, span, drift, buckets)];
}

/** When the clocks were set, in order: no single line fits across such a time. */
function findSteps(
  directions: readonly [PathDirection, PathDirection],
  span: ClockSpan,
  most: number,
): readonly number[] {
  const points = pointsOf(directions, span, 0, BUCKETS);
  const whole = fitClockLine(...points);
  if (most === 0 || !(whole.roomNs < -NOISE_NS)) return [];
  const width = (span.toNs - span.fromNs) / STEP_BUCKETS;
  const cuts = Array.from({ length: STEP_BUCKETS - 1 }, (_, index) => span.fromNs + (index + 1) * width);
  const best = bestCut(points, span, cuts, width);
  if (best === null) return [];
  const finest = finestCut(directions, span, best, width);
  const at = isCut(points, span, finest) ? finest : best;
  const before = findSteps(directions, { fromNs: span.fromNs, toNs: at }, most - 1);
  const after = findSteps(directions, { fromNs: at, toNs: span.toNs }, most - 1 - before.length);
  return [...before, at, ...after];
}

/** Of the cuts, the one that leaves both sides the most room; what is nearer than `width` to it counts for neither. */
function bestCut(
  [there, back]: readonly [EnvelopePoints, EnvelopePoints],
  { fromNs, toNs }: ClockSpan,
  cuts: readonly number[],
  width: number,
): number | null {
  let best: number | null = null;
  let bestRoom = Number.NEGATIVE_INFINITY;
  for (const cut of cuts) {
    const sides = [
      { fromNs, toNs: cut - width / 2 },
      { fromNs: cut + width / 2, toNs },
    ].map((side) => [pointsWithin(there, side), pointsWithin(back, side)] as const);
    if (sides.some(isThin)) continue;
    const room = Math.min(...sides.map((side) => fitClockLine(...side).roomNs));
    if (room > bestRoom) {
      bestRoom = room;
      best = cut;
    }
  }
  return best;
}

/** Whether both sides of a cut have packets enough in both directions. */
function isCut(
  [there, back]: readonly [EnvelopePoints, EnvelopePoints],
  { fromNs, toNs }: ClockSpan,
  cut: number,
): boolean {
  const sides = [
    { fromNs, toNs: cut },
    { fromNs: cut, toNs },
  ];
  return !sides.some((side) => isThin([pointsWithin(there, side), pointsWithin(back, side)]));
}

function isThin(side: readonly [EnvelopePoints, EnvelopePoints]): boolean {
  return side.some(({ atNs }) => atNs.length < FEWEST_POINTS);
}

/** The time near a cut that leaves the fewest packets with a negative delay, by the lines of both sides. */
function finestCut(
  directions: readonly [PathDirection, PathDirection],
  { fromNs, toNs }: ClockSpan,
  cut: number,
  width: number,
): number {
  const [before, after] = [
    { fromNs, toNs: cut - width },
    { fromNs: cut + width, toNs },
  ].map((side) => fitClockLine(...pointsOf(directions, side, 0, BUCKETS))) as [ClockLine, ClockLine];
  const near: { atNs: number; loss: number }[] = [];
  for (const { samples } of directions) {
    const sign = samples.isForward ? 1 : -1;
    samples.each(
      ({ sentNs, arrivalNs, differenceNs }) => {
        const atNs = samples.isForward ? sentNs : arrivalNs;
        if (Math.abs(atNs - cut) > width) return;
        const below = ({ offsetNs, drift }: ClockLine): number =>
          Math.max(0, sign * (offsetNs + drift * atNs - differenceNs));
        near.push({ atNs, loss: below(before) - below(after) });
      },
      cut - width,
      cut + width,
    );
  }
  near.sort((a, b) => a.atNs - b.atNs);
  let sum = 0;
  let least = 0;
  let at = near[0]?.atNs ?? cut;
  for (const [index, { loss }] of near.entries()) {
    sum += loss;
    if (sum >= least) continue;
    least = sum;
    at = near[index + 1]?.atNs ?? cut + width;
  }
  return at;
}
