/** Few requests that make the tail: what most of a backend's slowest requests have in common, and hardly any other has. */
import { bucketQuantileMs, timesAbove } from "../metrics/exchanges/bucketed-times.ts";
import type { PairTail, TailGroup } from "../metrics/exchanges/tail-groups.ts";
import type { RunMetrics } from "../metrics/run-metrics.ts";
import { MILLISECONDS_PER_SECOND } from "../units.ts";
import { tailFilter } from "./display-filter.ts";
import type { TailFinding } from "./finding.ts";
import { placeOf, type Subject } from "./subject.ts";

const FEWEST_REQUESTS = 200;
/** Slow: more than so many medians, and a tick of a scheduler at 100 Hz, below which every machine has outliers. */
const MEDIANS = 3;
const TICK_MS = 10;
/** So many slow requests at least, and no more than this share: then it is no tail. */
const FEWEST_SLOW = 10;
const MOST_SLOW_SHARE = 0.2;
/**
 * What makes the tail has this share of the time that the slow requests waited more than the median, is slow as often as this, and is
 * no more of all requests.
 */
const SHARE_OF_ADDED = 0.8;
const SLOW_SHARE = 0.5;
const MOST_SHARE = 0.25;

interface Found {
  readonly group: TailGroup;
  readonly slow: number;
  readonly addedMs: number;
  /** How much larger its share of that time is than its share of all requests. */
  readonly excess: number;
}

export function findTails({ tails = [] }: RunMetrics, subjects: readonly Subject[]): readonly TailFinding[] {
  return subjects.flatMap((subject) => {
    const tail = tails.find(({ pair }) => pair === subject.traffic.name);
    return tail === undefined ? [] : tailFinding(subject, tail);
  });
}

function tailFinding(subject: Subject, { all, groups }: PairTail): TailFinding[] {
  const usualMs = bucketQuantileMs(all, 0.5);
  const limitMs = MEDIANS * usualMs + TICK_MS;
  const { count: slow, sumMs: slowMs } = timesAbove(all, limitMs);
  const allAddedMs = slowMs - slow * usualMs;
  if (all.count < FEWEST_REQUESTS || slow < FEWEST_SLOW || slow > MOST_SLOW_SHARE * all.count) return [];
  const found = groups.flatMap((group): Found[] => {
    const { count, sumMs } = timesAbove(group.times, limitMs);
    const addedMs = sumMs - count * usualMs;
    const isTail =
      addedMs >= SHARE_OF_ADDED * allAddedMs &&
      count >= SLOW_SHARE * group.times.count &&
      group.times.count <= MOST_SHARE * all.count;
    const excess = addedMs / allAddedMs - group.times.count / all.count;
    return isTail ? [{ group, slow: count, addedMs, excess }] : [];
  });
  const [best] = found.sort((one, other) => other.excess - one.excess);
  if (best === undefined) return [];
  const { by, key, times } = best.group;
  const place = placeOf(subject, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  return [
    {
      kind: "tail",
      ...place,
      displayFilter: `${place.displayFilter} && ${tailFilter(by, key, limitMs)}`,
      requests: best.slow,
      failedRequests: 0,
      addedSeconds: best.addedMs / MILLISECONDS_PER_SECOND,
      certainty: "likely",
      by,
      key,
      alike: times.count,
      slow,
      limitMs,
      p50Ms: bucketQuantileMs(times, 0.5),
      usualP50Ms: usualMs,
      asked: all.count,
    },
  ];
}
