/**
 * Numbers over time, in bins of equal width. Bins in which nothing happened cost nothing, and when there are more than
 * allowed the width is doubled, so a year's gap or a day's capture needs no more memory than a minute's. The result
 * depends on what was added only, not on its order.
 */

/** Width of a bin to start with. */
const FIRST_WIDTH_NS: f64 = 10_000_000;
const INITIAL_BINS: i32 = 16;

/** The first number of a bin: how many widths after the capture's first packet it starts. */
export const INDEX: i32 = 0;

export class TimeBins {
  widthNs: f64 = FIRST_WIDTH_NS;
  private readonly size: i32;
  private readonly firstMaximum: i32;
  private readonly maxBins: i32;
  /** The bins in order of time, and how many there are. */
  private values: Float64Array;
  private count: i32 = 0;
  /** The bin used last, and where it is: most of what comes falls into the same one. */
  private lastIndex: f64 = NaN;
  private lastAt: i32 = 0;

  /**
   * @param size numbers of a bin, its index included
   * @param firstMaximum from this number on they are maxima, before it sums
   */
  constructor(size: i32, firstMaximum: i32, maxBins: i32) {
    this.size = size;
    this.firstMaximum = firstMaximum;
    this.maxBins = maxBins;
    this.values = new Float64Array(INITIAL_BINS * size);
  }

  /** The bins in order of time, without the empty ones. */
  get bins(): Float64Array {
    return this.values.subarray(0, this.count * this.size);
  }

  /** The same once more, to be added to apart from these. */
  copy(): TimeBins {
    const copy = new TimeBins(this.size, this.firstMaximum, this.maxBins);
    copy.widthNs = this.widthNs;
    copy.values = this.values.slice();
    copy.count = this.count;
    return copy;
  }

  /** Adds to a number at a place that `binAt` gave. */
  add(at: i32, amount: f64): void {
    this.values[at] = (this.values[at] as f64) + amount;
  }

  /** Raises a number at a place that `binAt` gave to at least `value`. */
  raise(at: i32, value: f64): void {
    if (value > (this.values[at] as f64)) this.values[at] = value;
  }

  /** Where the bin of this time starts; holds until the next call. */
  binAt(timeNs: f64): i32 {
    let index = Math.floor(timeNs / this.widthNs);
    if (index === this.lastIndex) return this.lastAt;
    let place = this.placeOf(index);
    if (place === this.count || this.values[place * this.size + INDEX] !== index) {
      this.insert(place, index);
      while (this.count > this.maxBins) {
        this.doubleWidth();
        index = Math.floor(timeNs / this.widthNs);
        place = this.placeOf(index);
      }
    }
    this.lastIndex = index;
    this.lastAt = place * this.size;
    return this.lastAt;
  }

  /** How many bins come before the one of this index. */
  private placeOf(index: f64): i32 {
    let low: i32 = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.values[middle * this.size + INDEX] as f64) < index) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private insert(place: i32, index: f64): void {
    const length = this.count * this.size;
    if (length === this.values.length) {
      const larger = new Float64Array(2 * length);
      larger.set(this.values);
      this.values = larger;
    }
    const at = place * this.size;
    this.values.copyWithin(at + this.size, at, length);
    this.values.fill(0, at, at + this.size);
    this.values[at + INDEX] = index;
    this.count++;
  }

  /** Makes one bin of every two that lie side by side. */
  private doubleWidth(): void {
    const values = this.values;
    const size = this.size;
    this.widthNs *= 2;
    let wider: i32 = 0;
    for (let place: i32 = 0; place < this.count; place++) {
      const from = place * size;
      const index = Math.floor((values[from + INDEX] as f64) / 2);
      const before = (wider - 1) * size;
      if (wider > 0 && values[before + INDEX] === index) this.mergeInto(before, from);
      else {
        const into = wider * size;
        values.copyWithin(into, from, from + size);
        values[into + INDEX] = index;
        wider++;
      }
    }
    this.count = wider;
  }

  private mergeInto(into: i32, from: i32): void {
    for (let field: i32 = INDEX + 1; field < this.size; field++) {
      const value = this.values[from + field] as f64;
      if (field < this.firstMaximum) this.add(into + field, value);
      else this.raise(into + field, value);
    }
  }
}
