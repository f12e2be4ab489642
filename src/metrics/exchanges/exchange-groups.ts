/** Exchanges counted and timed by something that they have in common. */
import { Samples } from "../../engine/tally/samples/samples.ts";
import { nanosecondsFromMilliseconds } from "../../units.ts";
import type { Distribution } from "../distribution.ts";
import { addressOf } from "../endpoints.ts";
import { measureDistribution } from "../measure-distribution.ts";
import type { ExchangeRow } from "./exchange-row.ts";
import { countsInTimes, hasFailed } from "./row-outcome.ts";

/** What exchanges can be grouped by: the target without its query, the client's or the server's address, … */
export const GROUPINGS = ["path", "client", "server", "method", "status", "second"] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Groups that are told apart; exchanges of further ones count together. */
export const MAX_GROUPS = 10_000;

export interface ExchangeGroup {
  /** What its exchanges have in common; `null`: they lack it (no request was seen), or are of the groups beyond `MAX_GROUPS`. */
  readonly key: string | null;
  readonly exchanges: number;
  /** Those without a whole answer, or with a status of 500 or more. */
  readonly failed: number;
  /** Over exchanges that count in times, as in a run's metrics. */
  readonly timeToFirstByteMs: Distribution;
  readonly timeToLastByteMs: Distribution;
}

export class ExchangeGroups {
  readonly #grouping: Grouping;
  readonly #groups = new Map<string | null, CountedGroup>();
  /** Exchanges of further groups, which count for `null`. */
  #further = 0;
  #added = 0;

  constructor(grouping: Grouping) {
    this.#grouping = grouping;
  }

  /** Exchanges that had a group of their own no more. */
  get further(): number {
    return this.#further;
  }

  /** Exchanges of all groups. */
  get added(): number {
    return this.#added;
  }

  add(row: ExchangeRow): void {
    this.#added++;
    const group = this.#groupOf(keyOf(row, this.#grouping));
    group.exchanges++;
    if (hasFailed(row)) group.failed++;
    if (!countsInTimes(row)) return;
    if (row.timeToFirstByteMs !== null)
      group.firstByte.add(nanosecondsFromMilliseconds(row.timeToFirstByteMs));
    if (row.timeToLastByteMs !== null) group.lastByte.add(nanosecondsFromMilliseconds(row.timeToLastByteMs));
  }

  /** Seconds in their order; other groups by their exchanges, most first, those with as many by their key. */
  groups(): readonly ExchangeGroup[] {
    const inTime = this.#grouping === "second";
    return [...this.#groups]
      .map(([key, { exchanges, failed, firstByte, lastByte }]) => ({
        key,
        exchanges,
        failed,
        timeToFirstByteMs: measureDistribution(firstByte.distribution()),
        timeToLastByteMs: measureDistribution(lastByte.distribution()),
      }))
      .sort((a, b) => (inTime ? 0 : b.exchanges - a.exchanges) || byKey(a.key, b.key));
  }

  #groupOf(key: string | null): CountedGroup {
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    if (key !== null && this.#groups.size >= MAX_GROUPS) {
      this.#further++;
      return this.#groupOf(null);
    }
    const group: CountedGroup = {
      exchanges: 0,
      failed: 0,
      firstByte: new Samples(),
      lastByte: new Samples(),
    };
    this.#groups.set(key, group);
    return group;
  }
}

interface CountedGroup {
  exchanges: number;
  failed: number;
  readonly firstByte: Samples;
  readonly lastByte: Samples;
}

function keyOf(row: ExchangeRow, grouping: Grouping): string | null {
  switch (grouping) {
    case "path":
      return row.target?.replace(/[?#].*$/s, "") ?? null;
    case "client":
      return addressOf(row.client);
    case "server":
      return row.pair ?? row.server;
    case "method":
      return row.method;
    case "status":
      return row.status === null ? row.state : String(row.status);
    case "second":
      return row.requestStart?.slice(0, "yyyy-mm-ddThh:mm:ss".length) ?? null;
  }
}

/** By code units; `null` comes last. */
function byKey(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}
