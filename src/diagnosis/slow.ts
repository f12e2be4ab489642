/** Backends that answered late: against themselves at other times, or against the others. */
import {
  countAbove,
  type DurationCounts,
  quantileMs,
  sumOfCounts,
  totalOf,
} from "../metrics/duration-counts.ts";
import { sumOf } from "../metrics/run-totals.ts";
import type { Timeline } from "../metrics/timeline.ts";
import { MILLISECONDS_PER_SECOND } from "../units.ts";
import { slowAnswers } from "./display-filter.ts";
import { type Episode, type EpisodeRule, episodesOf } from "./episodes.ts";
import type { SlowFinding } from "./finding.ts";
import { causeBy, roundTripEvidence } from "./round-trips.ts";
import { placeOf, type Subject, stepsWithin } from "./subject.ts";

/** An answer is slow above so many times the usual 95th percentile: of the backend itself, or of the others, which may be faster machines. */
const OWN_FACTOR = 2;
const OTHERS_FACTOR = 3;
/** … and not below that by less than this: a scheduler's tick (HZ = 100), which every machine has. */
const SCHEDULER_MS = 10;
/** Share of slow answers that makes an episode, where none is usual; what is usual counts twice on top of it. */
const SHARE = 0.2;
/** Shorter ones are pauses that healthy servers have, too; of a short run, this share of it. */
const SHORTEST_SECONDS = 1;
const SHORTEST_SHARE = 0.5;
/** Times are cut into at most so many windows, with at least so many answers each. */
const MAX_WINDOWS = 20;
const WINDOW_ANSWERS = 20;
/** Usual is what the window has that is at this share of all, the fastest first: three quarters of a run may be slow. */
const FAST_QUARTER = 0.25;

/** What is usual of a backend. */
interface Usual {
  readonly p50Ms: number;
  readonly p95Ms: number;
}

export function findSlow(subjects: readonly Subject[]): readonly SlowFinding[] {
  const windows = new Map(subjects.map(({ timeline }) => [timeline, windowCounts(timeline)]));
  const usuals = new Map([...windows].map(([timeline, counts]) => [timeline, usualOf(counts)]));
  const spanSeconds = spanOf(subjects.map(({ timeline }) => timeline));
  return subjects.flatMap((subject) => {
    const windowsOf = (timelines: readonly Timeline[]) => timelines.map((one) => windows.get(one) ?? []);
    const own = usuals.get(subject.timeline) ?? null;
    const others = medianUsual(subject.peers.flatMap((peer) => usuals.get(peer) ?? []));
    const against = (usual: Usual | null, comparedWith: "itself" | "others") => {
      if (usual === null) return [];
      const limit = limitMs(usual, comparedWith);
      const measures = comparedWith === "itself" ? [subject.timeline] : subject.peers;
      const share = usualShare(windowsOf(measures).flat(), limit);
      return slowEpisodes(subject.timeline, limit, share, spanSeconds).map((episode) =>
        slowFinding(subject, episode, usual, comparedWith),
      );
    };
    const found = against(own, "itself");
    return found.length > 0 ? found : against(others, "others");
  });
}

function limitMs({ p95Ms }: Usual, comparedWith: "itself" | "others"): number {
  return (comparedWith === "itself" ? OWN_FACTOR : OTHERS_FACTOR) * p95Ms + SCHEDULER_MS;
}

/** The share of slow answers that is usual: in the quarter of windows with the fewest. */
function usualShare(windows: readonly DurationCounts[], limit: number): number {
  const shares = windows.map((counts) => countAbove(counts, limit) / totalOf(counts));
  return atQuantile(shares, FAST_QUARTER) ?? 0;
}

/** From the first request to the last one of all. */
function spanOf(timelines: readonly Timeline[]): number {
  const starts = timelines.flatMap(({ steps: [first] }) => first?.startSeconds ?? []);
  const ends = timelines.flatMap(({ steps }) => steps.at(-1)?.startSeconds ?? []);
  return Math.max(...ends) - Math.min(...starts);
}

/**
 * @param usual share of slow answers
 * @param spanSeconds of the whole run
 */
function slowEpisodes(timeline: Timeline, limit: number, usual: number, spanSeconds: number): Episode[] {
  const { steps, stepSeconds } = timeline;
  const counted = steps.map(({ startSeconds, timed, timesToFirstByte, maxTimeToFirstByteMs }) => ({
    startSeconds,
    all: timed,
    // Most steps have none: their maximum says so.
    bad: maxTimeToFirstByteMs > limit ? countAbove(timesToFirstByte, limit) : 0,
  }));
  const rule: EpisodeRule = {
    share: SHARE + 2 * usual,
    evidence: 8,
    recovery: 3,
    quietSeconds: 1,
    maxQuietSeconds: 10,
  };
  const shortest = Math.min(SHORTEST_SECONDS, SHORTEST_SHARE * spanSeconds);
  return episodesOf(counted, stepSeconds, rule).filter(
    ({ beginSeconds, endSeconds }) => endSeconds - beginSeconds >= shortest,
  );
}

function slowFinding(
  subject: Subject,
  { beginSeconds, endSeconds }: Episode,
  usual: Usual,
  comparedWith: "itself" | "others",
): SlowFinding {
  const during = stepsWithin(subject.timeline, beginSeconds, endSeconds);
  const counts = sumOfCounts(during.map(({ timesToFirstByte }) => timesToFirstByte));
  const requests = totalOf(counts);
  const sumMs = sumOf(during, ({ timeToFirstByteMs }) => timeToFirstByteMs);
  const maxMs = Math.max(...during.map(({ maxTimeToFirstByteMs }) => maxTimeToFirstByteMs));
  const quantile = (share: number) => Math.min(maxMs, quantileMs(counts, share) ?? maxMs);
  const p50Ms = quantile(0.5);
  const roundTrip = roundTripEvidence(subject.timeline, during);
  const place = placeOf(subject, beginSeconds, endSeconds);
  return {
    kind: "slow",
    ...place,
    displayFilter: `${place.displayFilter} && ${slowAnswers(limitMs(usual, comparedWith))}`,
    requests,
    failedRequests: 0,
    addedSeconds: Math.max(0, sumMs - requests * usual.p50Ms) / MILLISECONDS_PER_SECOND,
    certainty: comparedWith === "itself" || subject.isOnePool ? "certain" : "likely",
    p50Ms,
    p95Ms: quantile(0.95),
    maxMs,
    usualP95Ms: usual.p95Ms,
    comparedWith,
    cause: causeBy(roundTrip, p50Ms - usual.p50Ms),
    roundTrip,
  };
}

/** `null` with too few answers. */
function usualOf(windows: readonly DurationCounts[]): Usual | null {
  const fast = (share: number) =>
    atQuantile(
      windows.map((one) => quantileMs(one, share) ?? 0),
      FAST_QUARTER,
    );
  const [p50Ms, p95Ms] = [fast(0.5), fast(0.95)];
  return p50Ms === null || p95Ms === null ? null : { p50Ms, p95Ms };
}

function medianUsual(all: readonly Usual[]): Usual | null {
  const median = (values: number[]) => atQuantile(values, 0.5);
  const p50Ms = median(all.map((one) => one.p50Ms));
  const p95Ms = median(all.map((one) => one.p95Ms));
  return p50Ms === null || p95Ms === null ? null : { p50Ms, p95Ms };
}

/** Times to first byte of steps one after the other, in windows with about as many answers each. */
function windowCounts({ steps }: Timeline): DurationCounts[] {
  const all = sumOf(steps, ({ timed }) => timed);
  const size = Math.max(WINDOW_ANSWERS, all / MAX_WINDOWS);
  const windows: DurationCounts[] = [];
  let window: DurationCounts[] = [];
  let answers = 0;
  for (const { timed, timesToFirstByte } of steps) {
    window.push(timesToFirstByte);
    answers += timed;
    if (answers < size) continue;
    windows.push(sumOfCounts(window));
    window = [];
    answers = 0;
  }
  return windows;
}

/** Of the values in order, the one at this share of the way. */
function atQuantile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? null;
}
