/** Which exchanges somebody wants to see. */
import { addressOf } from "../endpoints.ts";
import type { ExchangeRow, ExchangeState } from "./exchange-row.ts";

/** Conditions that all must hold; absent: any exchange fits. Of several values of one condition, one must fit. */
export interface ExchangeSelection {
  /** Names of pairs, addresses of servers, or `address:port`. */
  readonly servers?: readonly string[];
  /** Addresses of clients, or `address:port`. */
  readonly clients?: readonly string[];
  /** When the request began. */
  readonly from?: RequestTime;
  readonly to?: RequestTime;
  readonly statuses?: readonly StatusRange[];
  readonly states?: readonly ExchangeState[];
  readonly methods?: readonly string[];
  /** Targets, with `*` for anything. */
  readonly paths?: readonly string[];
  /** Shortest time from the request's last byte to the response's last byte, in ms. */
  readonly minTimeToLastByteMs?: number;
}

/** A time of day (UTC) as ISO 8601 writes it, `16:05:15` or with decimals; or seconds since the capture's first frame. */
export type RequestTime = { readonly timeOfDay: string } | { readonly secondsSinceStart: number };

/** First and last status that fit; 0 stands for no response. */
export type StatusRange = readonly [number, number];

/** Tells whether an exchange fits. */
export function exchangeFilter(selection: ExchangeSelection): (row: ExchangeRow) => boolean {
  const { servers, clients, from, to, statuses, states, methods, paths, minTimeToLastByteMs } = selection;
  const conditions: ((row: ExchangeRow) => boolean)[] = [];
  if (servers !== undefined) {
    conditions.push((row) => (row.pair !== null && servers.includes(row.pair)) || isAt(row.server, servers));
  }
  if (clients !== undefined) conditions.push((row) => isAt(row.client, clients));
  if (from !== undefined || to !== undefined) conditions.push(timeCondition(from, to));
  if (statuses !== undefined) {
    conditions.push(({ status }) =>
      statuses.some(([first, last]) => (status ?? 0) >= first && (status ?? 0) <= last),
    );
  }
  if (states !== undefined) conditions.push(({ state }) => states.includes(state));
  if (methods !== undefined) conditions.push(({ method }) => method !== null && methods.includes(method));
  if (paths !== undefined) {
    const patterns = paths.map(pathPattern);
    conditions.push(({ target }) => target !== null && patterns.some((fits) => fits(target)));
  }
  if (minTimeToLastByteMs !== undefined) {
    conditions.push(
      ({ timeToLastByteMs }) => timeToLastByteMs !== null && timeToLastByteMs >= minTimeToLastByteMs,
    );
  }
  return (row) => conditions.every((fits) => fits(row));
}

/** Whether `address:port` is one of these, each with its port or without. */
function isAt(endpoint: string, places: readonly string[]): boolean {
  const address = addressOf(endpoint);
  return places.some((place) => place === endpoint || place === address);
}

/** An exchange without a request has no time, and fits none. Times of day go over midnight where the first is the later one. */
function timeCondition(
  from: RequestTime | undefined,
  to: RequestTime | undefined,
): (row: ExchangeRow) => boolean {
  const isLate = (row: ExchangeRow): boolean => from === undefined || comparedTo(row, from) >= 0;
  const isEarly = (row: ExchangeRow): boolean => to === undefined || comparedTo(row, to) <= 0;
  const overMidnight =
    from !== undefined &&
    to !== undefined &&
    "timeOfDay" in from &&
    "timeOfDay" in to &&
    from.timeOfDay > to.timeOfDay;
  return (row) => {
    if (row.requestStart === null) return false;
    return overMidnight ? isLate(row) || isEarly(row) : isLate(row) && isEarly(row);
  };
}

/** Negative: the request began before; as many decimals count as the time has. */
function comparedTo({ requestStart, requestStartSeconds }: ExchangeRow, time: RequestTime): number {
  if ("secondsSinceStart" in time) return (requestStartSeconds ?? Number.NaN) - time.secondsSinceStart;
  const own = (requestStart ?? "").slice("yyyy-mm-ddT".length, -"Z".length);
  return own < time.timeOfDay ? -1 : own.startsWith(time.timeOfDay) ? 0 : 1;
}

/** A pattern's parts between stars, in their order: in time that grows with the target only. */
function pathPattern(pattern: string): (target: string) => boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return (target) => target === pattern;
  return (target) => {
    if (!target.startsWith(first)) return false;
    let at = first.length;
    for (const part of rest) {
      const found = target.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return target.length - last.length >= at && target.endsWith(last);
  };
}
