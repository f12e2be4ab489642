/**
 * What a pair did over time, in bins of equal width. Bins without traffic cost nothing, and when there are more than
 * `MOST_BINS` the width is doubled, so a year's gap or a day's capture needs no more memory than a minute's. The result
 * depends on what was added only, not on its order.
 */
import { megabitsPerSecond, millisecondsFromNanoseconds, NANOSECONDS_PER_SECOND } from "../units.ts";

/** Width of a bin to start with. */
const FIRST_WIDTH_NS = 10_000_000;
const MOST_BINS = 1000;

/** One bin of a pair's time series; what was not measured in it is `null`. */
export interface TimeBin {
  /** Start of the bin, in seconds since the capture's first packet. */
  readonly startSeconds: number;
  /** Wire bits per direction over the bin's width. */
  readonly toBackendMbps: number;
  readonly fromBackendMbps: number;
  /** Requests completed in the bin. */
  readonly requests: number;
  /** The paper's delay in the bin: width / requests, the mean time between request frames. */
  readonly delayMs: number | null;
  /** Mean over the exchanges whose response began in the bin. */
  readonly timeToFirstByteMs: number | null;
}

/** A pair over time. */
export interface TimeSeries {
  readonly binSeconds: number;
  /** In order of time, without the empty ones. */
  readonly bins: readonly TimeBin[];
}

interface Bin {
  toBackendBytes: number;
  fromBackendBytes: number;
  requests: number;
  responses: number;
  timeToFirstByteNs: number;
}

export class TimeSeriesTally {
  #widthNs = FIRST_WIDTH_NS;
  #bins = new Map<number, Bin>();
  /** The bin used last: most packets fall into the same one. */
  #lastIndex = Number.NaN;
  #last: Bin = emptyBin();

  addBytes(timeNs: number, bytes: number, toBackend: boolean): void {
    const bin = this.#binAt(timeNs);
    if (toBackend) bin.toBackendBytes += bytes;
    else bin.fromBackendBytes += bytes;
  }

  addRequest(timeNs: number): void {
    this.#binAt(timeNs).requests++;
  }

  addResponse(timeNs: number, timeToFirstByteNs: number): void {
    const bin = this.#binAt(timeNs);
    bin.responses++;
    bin.timeToFirstByteNs += timeToFirstByteNs;
  }

  series(): TimeSeries {
    const width = this.#widthNs;
    const bins = [...this.#bins]
      .sort(([a], [b]) => a - b)
      .map(([index, bin]) => ({
        startSeconds: (index * width) / NANOSECONDS_PER_SECOND,
        toBackendMbps: megabitsPerSecond(bin.toBackendBytes, width),
        fromBackendMbps: megabitsPerSecond(bin.fromBackendBytes, width),
        requests: bin.requests,
        delayMs: bin.requests === 0 ? null : millisecondsFromNanoseconds(width) / bin.requests,
        timeToFirstByteMs:
          bin.responses === 0 ? null : millisecondsFromNanoseconds(bin.timeToFirstByteNs) / bin.responses,
      }));
    return { binSeconds: width / NANOSECONDS_PER_SECOND, bins };
  }

  #binAt(timeNs: number): Bin {
    let index = Math.floor(timeNs / this.#widthNs);
    if (index === this.#lastIndex) return this.#last;
    let bin = this.#bins.get(index);
    if (bin === undefined) {
      bin = emptyBin();
      this.#bins.set(index, bin);
      while (this.#bins.size > MOST_BINS) {
        this.#doubleWidth();
        index = Math.floor(timeNs / this.#widthNs);
        bin = this.#bins.get(index) ?? bin;
      }
    }
    this.#lastIndex = index;
    this.#last = bin;
    return bin;
  }

  #doubleWidth(): void {
    this.#widthNs *= 2;
    const wider = new Map<number, Bin>();
    for (const [index, bin] of this.#bins) {
      const into = wider.get(Math.floor(index / 2));
      if (into === undefined) wider.set(Math.floor(index / 2), bin);
      else {
        into.toBackendBytes += bin.toBackendBytes;
        into.fromBackendBytes += bin.fromBackendBytes;
        into.requests += bin.requests;
        into.responses += bin.responses;
        into.timeToFirstByteNs += bin.timeToFirstByteNs;
      }
    }
    this.#bins = wider;
  }
}

function emptyBin(): Bin {
  return { toBackendBytes: 0, fromBackendBytes: 0, requests: 0, responses: 0, timeToFirstByteNs: 0 };
}
