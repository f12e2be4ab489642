/** The exchanges that a tap recorded, to find each of them again at another tap, and where the time of one went. */
import type { ExchangeParts, ExchangeRow } from "../metrics/exchanges/exchange-row.ts";
import {
  millisecondsFromNanoseconds,
  NANOSECONDS_PER_SECOND,
  nanosecondsFromMilliseconds,
} from "../units.ts";
import { type ClockModel, oneWayDelayNs } from "./clock-model.ts";
import { MAX_DELAY_NS } from "./survey.ts";

/** Clocks that are told to be synchronous, or recorders' times, are wrong by less than this, ns. */
const CLOCK_SLACK_NS = 50_000;

/** When a request had passed a tap, and when its answer began to, in ns since the tap's first frame. */
interface ExchangeTimes {
  /** 1, 2, … on its connection, as this tap saw it. */
  readonly exchange: number;
  readonly requestNs: number;
  readonly answerNs: number;
}

/** The exchanges of one tap by what they are. Ports are used again and requests repeated, so that several may have one key. */
export class TapExchanges {
  readonly #byKey = new Map<string, ExchangeTimes[]>();

  add(row: ExchangeRow): void {
    const times = timesOf(row);
    if (times === null) return;
    const key = keyOf(row);
    const known = this.#byKey.get(key);
    if (known === undefined) this.#byKey.set(key, [times]);
    else known.push(times);
  }

  /**
   * Where the time of an exchange at the second tap went, these being the first one's.
   * @returns `null`: it has no times, or is none of these for sure
   */
  partsOfSecond(row: ExchangeRow, clocks: ClockModel): ExchangeParts | null {
    const second = timesOf(row);
    return second === null
      ? null
      : this.#only(row, second, (first) => partsNs(first, second, clocks), slackNs(clocks));
  }

  /** Where the time of an exchange at the first tap went, these being the second one's; `null` as above. */
  partsOfFirst(row: ExchangeRow, clocks: ClockModel): ExchangeParts | null {
    const first = timesOf(row);
    return first === null
      ? null
      : this.#only(row, first, (second) => partsNs(first, second, clocks), slackNs(clocks));
  }

  /**
   * Of the exchanges alike, the one that lies within the other's time: on a connection that is asked one thing after the other there
   * is one at most. Where there are several, as on a connection with many streams, the one with the same number.
   */
  #only(
    row: ExchangeRow,
    { exchange }: ExchangeTimes,
    partsWith: (other: ExchangeTimes) => PartsNs,
    slack: number,
  ): ExchangeParts | null {
    let found: PartsNs | null = null;
    let count = 0;
    for (const other of this.#byKey.get(keyOf(row)) ?? []) {
      const parts = partsWith(other);
      const isWithin = parts.there >= -slack && parts.back >= -slack && parts.there <= MAX_DELAY_NS + slack;
      if (!isWithin) continue;
      if (other.exchange === exchange) return inMilliseconds(parts);
      count++;
      found = parts;
    }
    return count === 1 && found !== null ? inMilliseconds(found) : null;
  }
}

interface PartsNs {
  readonly there: number;
  readonly server: number;
  readonly back: number;
}

function partsNs(first: ExchangeTimes, second: ExchangeTimes, clocks: ClockModel): PartsNs {
  return {
    there: oneWayDelayNs(clocks, true, first.requestNs, second.requestNs - first.requestNs),
    server: second.answerNs - second.requestNs,
    back: oneWayDelayNs(clocks, false, first.answerNs, second.answerNs - first.answerNs),
  };
}

function inMilliseconds({ there, server, back }: PartsNs): ExchangeParts {
  return {
    networkThereMs: millisecondsFromNanoseconds(there),
    serverMs: millisecondsFromNanoseconds(server),
    networkBackMs: millisecondsFromNanoseconds(back),
  };
}

/** By how much a part of the way can seem to be below zero: where packets go one way only, by no more than clocks that are known. */
function slackNs(clocks: ClockModel): number {
  return CLOCK_SLACK_NS + Math.max(0, ...clocks.map(({ boundNs }) => (Number.isNaN(boundNs) ? 0 : boundNs)));
}

function timesOf({
  exchange,
  requestStartSeconds,
  requestDurationMs,
  timeToFirstByteMs,
}: ExchangeRow): ExchangeTimes | null {
  if (requestStartSeconds === null || requestDurationMs === null || timeToFirstByteMs === null) return null;
  const startNs = Math.round(requestStartSeconds * NANOSECONDS_PER_SECOND);
  const requestNs = startNs + nanosecondsFromMilliseconds(requestDurationMs);
  return { exchange, requestNs, answerNs: requestNs + nanosecondsFromMilliseconds(timeToFirstByteMs) };
}

/** The connection, the request and its answer. Addresses that are translated between the taps are not found again. */
function keyOf({ client, server, method, target, status }: ExchangeRow): string {
  return `${client} ${server} ${status} ${method} ${target}`;
}
