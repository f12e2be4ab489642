/** Times to first byte of each pair, counted apart by what its exchanges have in common: what the slowest ones share. */
import { addressOf } from "../endpoints.ts";
import { addAll, addTime, type BucketedTimes, noTimes } from "./bucketed-times.ts";
import type { ExchangeRow } from "./exchange-row.ts";
import { countsInTimes } from "./row-outcome.ts";

/** What the exchanges of a tail can have in common. */
export const TAIL_GROUPINGS = ["path", "method", "size", "client", "first"] as const;
export type TailGrouping = (typeof TAIL_GROUPINGS)[number];

/** Pairs that are looked at, the first ones, and groups of one kind that are told apart in each. */
const MAX_PAIRS = 16;
const MAX_GROUPS = 100;

/** Exchanges that have one thing in common. */
export interface TailGroup {
  readonly by: TailGrouping;
  /** The path without query, its numbers as `#`; the method; the least size in bytes; the client's address; empty: the first of its connection. */
  readonly key: string;
  readonly times: BucketedTimes;
}

/** All groups of a pair. */
export interface PairTail {
  readonly pair: string;
  readonly all: BucketedTimes;
  readonly groups: readonly TailGroup[];
}

interface CountedTail {
  readonly all: BucketedTimes;
  readonly groups: Readonly<Record<TailGrouping, Map<string, BucketedTimes>>>;
}

export class TailGroups {
  readonly #pairs = new Map<string, CountedTail>();

  add(row: ExchangeRow): void {
    const { pair, timeToFirstByteMs } = row;
    if (pair === null || timeToFirstByteMs === null || !countsInTimes(row)) return;
    const tail = this.#tailOf(pair);
    if (tail === null) return;
    addTime(tail.all, timeToFirstByteMs);
    for (const by of TAIL_GROUPINGS) {
      const key = keyOf(row, by);
      const times = key === null ? null : timesOf(tail.groups[by], key);
      if (times !== null) addTime(times, timeToFirstByteMs);
    }
  }

  tails(): readonly PairTail[] {
    return [...this.#pairs].map(([pair, { all, groups }]) => ({
      pair,
      all,
      groups: TAIL_GROUPINGS.flatMap((by) =>
        by === "size"
          ? sizesFrom(groups.size)
          : [...groups[by]].map(([key, times]): TailGroup => ({ by, key, times })),
      ),
    }));
  }

  #tailOf(pair: string): CountedTail | null {
    const known = this.#pairs.get(pair);
    if (known !== undefined) return known;
    if (this.#pairs.size >= MAX_PAIRS) return null;
    const groups = {
      path: new Map(),
      method: new Map(),
      size: new Map(),
      client: new Map(),
      first: new Map(),
    };
    const tail: CountedTail = { all: noTimes(), groups };
    this.#pairs.set(pair, tail);
    return tail;
  }
}

/** Whether an exchange counts in a group. */
export function isOfGroup(row: ExchangeRow, { by, key }: Pick<TailGroup, "by" | "key">): boolean {
  const own = keyOf(row, by);
  return by === "size" ? Number(own) >= Number(key) : own === key;
}

/** `null` for a group beyond those that are told apart. */
function timesOf(groups: Map<string, BucketedTimes>, key: string): BucketedTimes | null {
  const known = groups.get(key);
  if (known !== undefined) return known;
  if (groups.size >= MAX_GROUPS) return null;
  const times = noTimes();
  groups.set(key, times);
  return times;
}

function keyOf(row: ExchangeRow, by: TailGrouping): string | null {
  switch (by) {
    case "path":
      return row.target?.replace(/[?#].*$/s, "").replace(/\d+/g, "#") ?? null;
    case "method":
      return row.method;
    case "size":
      return String(
        2 ** Math.floor(Math.log2(Math.max(1, (row.requestBytes ?? 0) + (row.responseBytes ?? 0)))),
      );
    case "client":
      return addressOf(row.client);
    case "first":
      return row.exchange === 1 ? "" : null;
  }
}

/** Sizes by powers of two, each with all that are larger. */
function sizesFrom(groups: ReadonlyMap<string, BucketedTimes>): TailGroup[] {
  const sizes = [...groups].sort(([one], [other]) => Number(other) - Number(one));
  const larger = noTimes();
  return sizes.map(([key, own]) => {
    addAll(larger, own);
    const times = noTimes();
    addAll(times, larger);
    return { by: "size", key, times };
  });
}
