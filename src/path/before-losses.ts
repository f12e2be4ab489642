/** Delay just before losses: a queue that overflows was long before, a loss by chance comes out of nothing. */
import { millisecondsFromNanoseconds } from "../units.ts";
import { quantile } from "./order-statistics.ts";
import type { BeforeLoss } from "./path-metrics.ts";

/** So many losses are needed to say what caused them. */
const FEWEST_LOSSES = 5;
/** Standard deviation of a rank that is evenly spread over 0 … 1. */
const EVEN_DEVIATION = Math.sqrt(1 / 12);
/** Standard errors by which the mean rank has to differ from the middle, and by which it may. */
const SURELY = 3;
/** Mean rank from which on the queue was long. */
const LONG_QUEUE = 0.75;

export class BeforeLosses {
  readonly #lossTimesNs: Float64Array;
  readonly #delaysNs: number[] = [];
  #next = 0;
  #previousNs = Number.NaN;

  /** @param lossTimesNs when lost packets were sent, in any order */
  constructor(lossTimesNs: readonly number[]) {
    this.#lossTimesNs = Float64Array.from(lossTimesNs).sort();
  }

  /** The next packet that arrived, by the sender's time. */
  add(sentNs: number, delayNs: number): void {
    while ((this.#lossTimesNs[this.#next] as number) < sentNs) {
      if (!Number.isNaN(this.#previousNs)) this.#delaysNs.push(this.#previousNs);
      this.#next++;
    }
    this.#previousNs = delayNs;
  }

  /** @param sortedNs all delays, sorted */
  metrics(sortedNs: Float64Array): BeforeLoss | null {
    const after = this.#lossTimesNs.length - this.#next;
    if (!Number.isNaN(this.#previousNs))
      for (let index = 0; index < after; index++) this.#delaysNs.push(this.#previousNs);
    const losses = this.#delaysNs.length;
    if (losses === 0) return null;
    const ranks = this.#delaysNs.map((delay) => rankOf(delay, sortedNs));
    const meanRank = ranks.reduce((sum, rank) => sum + rank, 0) / losses;
    const sorted = Float64Array.from(this.#delaysNs).sort();
    return {
      losses,
      medianDelayMs: millisecondsFromNanoseconds(quantile(sorted, 0.5)),
      meanRank,
      cause: causeOf(meanRank, losses),
    };
  }
}

function causeOf(meanRank: number, losses: number): BeforeLoss["cause"] {
  if (losses < FEWEST_LOSSES) return "unclear";
  const error = (SURELY * EVEN_DEVIATION) / Math.sqrt(losses);
  if (meanRank >= LONG_QUEUE && meanRank - 0.5 > error) return "queue";
  return Math.abs(meanRank - 0.5) <= error ? "random" : "unclear";
}

/** The share of delays that are smaller; equal ones count half. */
function rankOf(delay: number, sorted: Float64Array): number {
  return (placeOf(delay, sorted, false) + placeOf(delay, sorted, true)) / (2 * sorted.length);
}

/** How many values are smaller than this one, or not larger. */
function placeOf(value: number, sorted: Float64Array, withEqual: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle] as number;
    if (other < value || (withEqual && other === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
