/**
 * Samples of a duration, and their distribution. Exact up to `MAX_EXACT_SAMPLES`; beyond that a histogram takes over,
 * whose quantiles and standard deviation are within 0.4 % of the true value; count, mean, min and max stay exact. Neither
 * form depends on the order of the samples.
 */
import { min } from "../../dialect/integers.ts";
import { unfilledDoubles } from "../../dialect/unfilled.ts";
import { DistributionReadings } from "../../readings/distribution-readings.ts";
import { DurationHistogram } from "./duration-histogram.ts";
import { SortedPrefix } from "./sorted-prefix.ts";
import { valuesAtRanks } from "./values-at-ranks.ts";

/** Up to this many samples every quantile is exact. */
export const MAX_EXACT_SAMPLES: i32 = 65_536;

/** Samples in the first block to begin with, and in every block once there are so many. */
const FIRST_BLOCK: i32 = 16;
const BLOCK: i32 = 1024;
/** The quantiles of a distribution. */
const QUANTILES: f64[] = [0.5, 0.9, 0.95, 0.99];

const NO_BLOCK: Float64Array = new Float64Array(0);
/** Blocks of samples that a histogram has taken over, for others to fill: memory doesn't grow with the length of a capture. */
const spareBlocks: Float64Array[] = [];
/** Where samples are put in order. */
let scratch: Float64Array = new Float64Array(0);

export class Samples {
  count: i32 = 0;
  private sum: f64 = 0;
  private min: f64 = Infinity;
  private max: f64 = -Infinity;
  /**
   * The samples in blocks, the last of which is `block`, with `filled` of them: memory that is touched for the first time costs
   * more than what is done with it, so none is left behind where there are more samples than there was room for.
   */
  private blocks: Float64Array[] = [];
  private block: Float64Array = NO_BLOCK;
  private filled: i32 = 0;
  private histogram: DurationHistogram | null = null;
  /** Whether the distribution was asked for already: then it will be again (a run under way), and order is kept. */
  private wasAsked: boolean = false;
  private sorted: SortedPrefix | null = null;

  /** The least sample, ∞ without any. */
  get least(): f64 {
    return this.min;
  }

  /** The same samples once more, to be added to apart from these. */
  copy(): Samples {
    const copy = new Samples();
    copy.count = this.count;
    copy.sum = this.sum;
    copy.min = this.min;
    copy.max = this.max;
    copy.filled = this.filled;
    for (let index: i32 = 0; index < this.blocks.length; index++) {
      copy.block = (this.blocks[index] as Float64Array).slice(0);
      copy.blocks.push(copy.block);
    }
    const histogram = this.histogram;
    if (histogram !== null) copy.histogram = histogram.copy();
    return copy;
  }

  /** Adds one duration in ns, ≥ 0. */
  add(durationNs: f64): void {
    const histogram = this.histogram;
    if (histogram === null) this.addExact(durationNs);
    else histogram.add(durationNs);
    this.count++;
    this.sum += durationNs;
    if (durationNs < this.min) this.min = durationNs;
    if (durationNs > this.max) this.max = durationNs;
  }

  /** Adds all samples of another. */
  addAll(other: Samples): void {
    const taken = other.histogram;
    if (taken !== null) {
      const own = this.histogram;
      (own === null ? this.startHistogram() : own).addAll(taken);
      this.count += other.count;
      this.sum += other.sum;
      this.min = Math.min(this.min, other.min);
      this.max = Math.max(this.max, other.max);
      return;
    }
    for (let index: i32 = 0; index < other.blocks.length; index++) {
      const block = other.blocks[index] as Float64Array;
      const count = index === other.blocks.length - 1 ? other.filled : block.length;
      for (let place: i32 = 0; place < count; place++) this.add(block[place] as f64);
    }
  }

  distribution(): DistributionReadings {
    const readings = new DistributionReadings();
    const count = this.count;
    readings.count = count;
    if (count === 0) return readings;
    const mean = this.sum / (count as f64);
    if (this.wasAsked && this.histogram === null && this.sorted === null) this.sorted = new SortedPrefix();
    this.wasAsked = true;
    readings.mean = mean;
    if (count > 1) {
      readings.standardDeviation = Math.sqrt(this.squaredDeviations(mean) / ((count - 1) as f64));
    }
    const quantiles = this.atQuantiles(QUANTILES);
    readings.min = this.min;
    readings.p50 = quantiles[0] as f64;
    readings.p90 = quantiles[1] as f64;
    readings.p95 = quantiles[2] as f64;
    readings.p99 = quantiles[3] as f64;
    readings.max = this.max;
    return readings;
  }

  /** The quantiles 0, 1/`steps`, … 1 in ns; none without samples. */
  quantiles(steps: i32): Float64Array {
    if (this.count === 0) return new Float64Array(0);
    const quantiles: f64[] = [];
    for (let step: i32 = 0; step <= steps; step++) quantiles.push((step as f64) / (steps as f64));
    return this.atQuantiles(quantiles);
  }

  private addExact(durationNs: f64): void {
    if (this.filled === this.block.length) {
      if (this.count === MAX_EXACT_SAMPLES) {
        this.startHistogram().add(durationNs);
        return;
      }
      this.makeRoom();
    }
    this.block[this.filled++] = durationNs;
  }

  /** The first block grows until it is as large as the others are. */
  private makeRoom(): void {
    const before = this.block;
    const isFirst = before.length < BLOCK;
    const block = blockOf(before.length === 0 ? FIRST_BLOCK : isFirst ? 2 * before.length : BLOCK);
    if (isFirst) {
      block.set(before);
      this.blocks.length = 0;
    } else this.filled = 0;
    this.blocks.push(block);
    this.block = block;
  }

  private startHistogram(): DurationHistogram {
    const histogram = new DurationHistogram();
    for (let index: i32 = 0; index < this.blocks.length; index++) {
      const block = this.blocks[index] as Float64Array;
      const count = index === this.blocks.length - 1 ? this.filled : block.length;
      for (let place: i32 = 0; place < count; place++) histogram.add(block[place] as f64);
      if (block.length === BLOCK) spareBlocks.push(block);
    }
    this.histogram = histogram;
    this.blocks = [];
    this.block = NO_BLOCK;
    this.filled = 0;
    this.sorted = null;
    return histogram;
  }

  /** @param quantiles ascending, each 0 … 1 */
  private atQuantiles(quantiles: f64[]): Float64Array {
    const found = new Float64Array(quantiles.length);
    const histogram = this.histogram;
    if (histogram !== null) {
      const last = (this.count - 1) as f64;
      for (let index: i32 = 0; index < quantiles.length; index++) {
        const ns = histogram.valueAt((quantiles[index] as f64) * last);
        found[index] = Math.min(this.max, Math.max(this.min, ns));
      }
      return found;
    }
    const last = this.count - 1;
    const ranks = new Int32Array(2 * quantiles.length);
    for (let index: i32 = 0; index < quantiles.length; index++) {
      const below = Math.floor((quantiles[index] as f64) * (last as f64)) as i32;
      ranks[2 * index] = below;
      ranks[2 * index + 1] = min(below + 1, last);
    }
    const values = this.valuesAt(ranks);
    for (let index: i32 = 0; index < quantiles.length; index++) {
      const position = (quantiles[index] as f64) * (last as f64);
      found[index] = interpolated(values[2 * index] as f64, values[2 * index + 1] as f64, position);
    }
    return found;
  }

  /** The exact samples that a sort would put at these ranks, ascending; all are sorted only where they will be asked for again. */
  private valuesAt(ranks: Int32Array): Float64Array {
    const sorted = this.sorted;
    if (sorted === null) return valuesAtRanks(this.blocks, this.count, this.min, this.max, ranks);
    const all = sorted.of(this.all(), this.count);
    const values = new Float64Array(ranks.length);
    for (let index: i32 = 0; index < ranks.length; index++) values[index] = all[ranks[index] as i32] as f64;
    return values;
  }

  /** All exact samples, one behind the other, in memory that all share. */
  private all(): Float64Array {
    if (scratch.length < this.count) scratch = new Float64Array(this.blocks.length * BLOCK);
    for (let index: i32 = 0; index < this.blocks.length; index++) {
      const block = this.blocks[index] as Float64Array;
      const isLast = index === this.blocks.length - 1;
      scratch.set(isLast ? block.subarray(0, this.filled) : block, index * BLOCK);
    }
    return scratch.subarray(0, this.count);
  }

  private squaredDeviations(mean: f64): f64 {
    const histogram = this.histogram;
    if (histogram !== null) return histogram.squaredDeviations(mean);
    let sum: f64 = 0;
    for (let index: i32 = 0; index < this.blocks.length; index++) {
      const block = this.blocks[index] as Float64Array;
      const count = index === this.blocks.length - 1 ? this.filled : BLOCK;
      for (let place: i32 = 0; place < count; place++) {
        const deviation = (block[place] as f64) - mean;
        sum += deviation * deviation;
      }
    }
    return sum;
  }
}

/** Room for samples; what lies in it means nothing. */
function blockOf(length: i32): Float64Array {
  const isSpare = length === BLOCK && spareBlocks.length > 0;
  return isSpare ? (spareBlocks.pop() as Float64Array) : unfilledDoubles(length);
}

/**
 * Quantile with linear interpolation between order statistics (Hyndman & Fan's type 7: what R, NumPy and spreadsheets
 * compute by default).
 * @param low the sample of the rank below `position`
 * @param high the next one
 * @param position quantile × (count − 1)
 */
function interpolated(low: f64, high: f64, position: f64): f64 {
  return low + (position - Math.floor(position)) * (high - low);
}
