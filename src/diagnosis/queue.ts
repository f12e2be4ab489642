/** Backends before which requests queue up: more come than are answered, so that each waits longer than the one before. */
import { quantileMs, sumOfCounts } from "../metrics/duration-counts.ts";
import { sumOf } from "../metrics/run-totals.ts";
import type { Timeline, TimelineStep } from "../metrics/timeline.ts";
import { MILLISECONDS_PER_SECOND } from "../units.ts";
import { slowAnswers } from "./display-filter.ts";
import type { QueueFinding } from "./finding.ts";
import { causeBy, roundTripEvidence } from "./round-trips.ts";
import { placeOf, type Subject, stepsWithin } from "./subject.ts";

/** A run is cut into so many windows, none of them with fewer requests than this on average. */
const WINDOWS = 20;
const WINDOW_REQUESTS = 10;
/** A queue grows over so many windows at least, … */
const FEWEST_WINDOWS = 6;
/** … as a straight line: what remains of the variance is less. A step over six windows leaves 0.23. */
const MAX_UNEXPLAINED = 0.1;
/** Requests in flight grow by so many at least, and to so many times what they were. */
const GROWTH = 8;
const FACTOR = 4;
/** Less than this share of the mean growth from one window to the next is none yet. */
const STEADY_SHARE = 0.25;
/** Requests per second stay within this share of their median. */
const RATE_SHARE = 0.25;
/** The queue is gone when fewer than this share of the most are in flight. */
const GONE_SHARE = 0.5;

interface Window {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly requestsPerSecond: number;
  /** Mean number of requests in flight: rate × mean wait (J. D. C. Little, Operations Research 9, 1961). */
  readonly inFlight: number;
}

/** A straight line through the windows from one to another. */
interface Growth {
  readonly first: number;
  readonly last: number;
  readonly begin: number;
  readonly end: number;
}

export function findQueues(subjects: readonly Subject[]): readonly QueueFinding[] {
  return subjects.flatMap((subject) => {
    const windows = windowsOf(subject.timeline);
    const growth = longestGrowth(windows);
    return growth === null ? [] : queueFinding(subject, windows, growth);
  });
}

function windowsOf({ steps, stepSeconds }: Timeline): Window[] {
  const requests = sumOf(steps, ({ timed }) => timed);
  if (requests < WINDOWS * WINDOW_REQUESTS) return [];
  const begin = steps[0]?.startSeconds ?? 0;
  const perWindow = Math.ceil(
    ((steps.at(-1)?.startSeconds ?? 0) + stepSeconds - begin) / stepSeconds / WINDOWS,
  );
  const seconds = perWindow * stepSeconds;
  const own: TimelineStep[][] = [];
  for (const step of steps) {
    const place = Math.floor((step.startSeconds - begin) / seconds + 1e-6);
    while (own.length <= place) own.push([]);
    own[place]?.push(step);
  }
  return own.map((during, place) => ({
    startSeconds: begin + place * seconds,
    endSeconds: begin + (place + 1) * seconds,
    requestsPerSecond: sumOf(during, (step) => step.requests) / seconds,
    inFlight: sumOf(during, ({ timeToFirstByteMs }) => timeToFirstByteMs) / MILLISECONDS_PER_SECOND / seconds,
  }));
}

/** The last window is seldom whole. */
function longestGrowth(windows: readonly Window[]): Growth | null {
  let longest: Growth | null = null;
  for (let first = 0; first < windows.length - 1; first++) {
    for (let last = windows.length - 2; last - first + 1 >= FEWEST_WINDOWS; last--) {
      if (longest !== null && last - first <= longest.last - longest.first) break;
      const growth = growthOf(windows.slice(first, last + 1), first);
      if (growth !== null) longest = growth;
    }
  }
  return longest;
}

/** `null` where it is none. */
function growthOf(windows: readonly Window[], first: number): Growth | null {
  const rates = windows.map(({ requestsPerSecond }) => requestsPerSecond).sort((a, b) => a - b);
  const usual = rates[Math.floor(rates.length / 2)] ?? 0;
  if ((rates[0] ?? 0) < (1 - RATE_SHARE) * usual || (rates.at(-1) ?? 0) > (1 + RATE_SHARE) * usual)
    return null;
  const counts = windows.map(({ inFlight }) => inFlight);
  const middle = (counts.length - 1) / 2;
  const mean = sumOf(counts, (count) => count) / counts.length;
  let products = 0;
  let squares = 0;
  let variance = 0;
  counts.forEach((count, place) => {
    products += (place - middle) * (count - mean);
    squares += (place - middle) ** 2;
    variance += (count - mean) ** 2;
  });
  const slope = products / squares;
  const begin = mean - slope * middle;
  const end = mean + slope * middle;
  const isGrowing = end - begin >= GROWTH && end >= FACTOR * Math.max(begin, 1);
  const isStraight = variance - slope * products <= MAX_UNEXPLAINED * variance;
  return isGrowing && isStraight
    ? { first, last: first + counts.length - 1, begin: Math.max(0, begin), end }
    : null;
}

/** Where the growth begins: a line fits what was flat before it, too. */
function beginOf(windows: readonly Window[], { first, last, begin, end }: Growth): number {
  const steady = (STEADY_SHARE * (end - begin)) / (last - first);
  let place = first;
  while (place < last && (windows[place + 1]?.inFlight ?? 0) - (windows[place]?.inFlight ?? 0) < steady)
    place++;
  return place;
}

function queueFinding(subject: Subject, windows: readonly Window[], found: Growth): QueueFinding[] {
  const growth = { ...found, first: beginOf(windows, found) };
  const beginSeconds = windows[growth.first]?.startSeconds ?? 0;
  const after = windows.slice(growth.last + 1);
  const most = Math.max(growth.end, ...after.map(({ inFlight }) => inFlight));
  const gone = after.find(({ inFlight }) => inFlight < GONE_SHARE * most);
  const endSeconds = gone?.startSeconds ?? Number.POSITIVE_INFINITY;
  const during = stepsWithin(subject.timeline, beginSeconds, endSeconds);
  const requests = sumOf(during, ({ timed }) => timed);
  const early = stepsWithin(subject.timeline, beginSeconds, windows[growth.first]?.endSeconds ?? 0);
  const usualMs = quantileMs(sumOfCounts(early.map(({ timesToFirstByte }) => timesToFirstByte)), 0.5) ?? 0;
  const waitedMs = sumOf(during, ({ timeToFirstByteMs }) => timeToFirstByteMs) - requests * usualMs;
  const place = placeOf(subject, beginSeconds, endSeconds);
  const roundTrip = roundTripEvidence(subject.timeline, during);
  const grown = windows.slice(growth.first, growth.last + 1);
  return [
    {
      kind: "queue",
      ...place,
      displayFilter: `${place.displayFilter} && ${slowAnswers(2 * usualMs)}`,
      requests,
      failedRequests: 0,
      addedSeconds: Math.max(0, waitedMs) / MILLISECONDS_PER_SECOND,
      certainty: "likely",
      inFlightBefore: windows[growth.first]?.inFlight ?? 0,
      inFlightMost: most,
      requestsPerSecond: sumOf(grown, ({ requestsPerSecond }) => requestsPerSecond) / grown.length,
      cause: causeBy(roundTrip, waitedMs / Math.max(1, requests)),
      roundTrip,
    },
  ];
}
