/**
 * What a pair did over time, in bins of equal width. Bins without traffic cost nothing, and when there are more than
 * `MAX_BINS` the width is doubled, so a year's gap or a day's capture needs no more memory than a minute's. The result
 * depends on what was added only, not on its order.
 */
import * as Bin from "../../readings/series-readings.ts";

/** Width of a bin to start with. */
const FIRST_WIDTH_NS: f64 = 10_000_000;
const MAX_BINS: i32 = 1000;
const INITIAL_BINS: i32 = 16;

export class TimeSeriesTally {
  private widthNs: f64 = FIRST_WIDTH_NS;
  /** The bins in order of time, `BIN_SIZE` numbers each, and how many there are. */
  private bins: Float64Array = new Float64Array(INITIAL_BINS * Bin.BIN_SIZE);
  private count: i32 = 0;
  /** The bin used last, and where it is: most packets fall into the same one. */
  private lastIndex: f64 = NaN;
  private lastAt: i32 = 0;

  addBytes(timeNs: f64, bytes: f64, toBackend: boolean): void {
    this.add(this.binAt(timeNs) + (toBackend ? Bin.TO_BACKEND_BYTES : Bin.FROM_BACKEND_BYTES), bytes);
  }

  addRequest(timeNs: f64): void {
    this.add(this.binAt(timeNs) + Bin.REQUESTS, 1);
  }

  addResponse(timeNs: f64, timeToFirstByteNs: f64): void {
    const bin = this.binAt(timeNs);
    this.add(bin + Bin.RESPONSES, 1);
    this.add(bin + Bin.TIME_TO_FIRST_BYTE_NS, timeToFirstByteNs);
  }

  readings(): Bin.SeriesReadings {
    const readings = new Bin.SeriesReadings();
    readings.widthNs = this.widthNs;
    readings.bins = this.bins.subarray(0, this.count * Bin.BIN_SIZE);
    return readings;
  }

  private add(at: i32, amount: f64): void {
    this.bins[at] = (this.bins[at] as f64) + amount;
  }

  /** Where the bin of this time starts in `bins`. */
  private binAt(timeNs: f64): i32 {
    let index = Math.floor(timeNs / this.widthNs);
    if (index === this.lastIndex) return this.lastAt;
    let place = this.placeOf(index);
    if (place === this.count || this.bins[place * Bin.BIN_SIZE + Bin.INDEX] !== index) {
      this.insert(place, index);
      while (this.count > MAX_BINS) {
        this.doubleWidth();
        index = Math.floor(timeNs / this.widthNs);
        place = this.placeOf(index);
      }
    }
    this.lastIndex = index;
    this.lastAt = place * Bin.BIN_SIZE;
    return this.lastAt;
  }

  /** How many bins come before the one of this index. */
  private placeOf(index: f64): i32 {
    let low: i32 = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.bins[middle * Bin.BIN_SIZE + Bin.INDEX] as f64) < index) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private insert(place: i32, index: f64): void {
    const length = this.count * Bin.BIN_SIZE;
    if (length === this.bins.length) {
      const larger = new Float64Array(2 * length);
      larger.set(this.bins);
      this.bins = larger;
    }
    const at = place * Bin.BIN_SIZE;
    this.bins.copyWithin(at + Bin.BIN_SIZE, at, length);
    this.bins.fill(0, at, at + Bin.BIN_SIZE);
    this.bins[at + Bin.INDEX] = index;
    this.count++;
  }

  /** Makes one bin of every two that lie side by side. */
  private doubleWidth(): void {
    const bins = this.bins;
    this.widthNs *= 2;
    let wider: i32 = 0;
    for (let place: i32 = 0; place < this.count; place++) {
      const from = place * Bin.BIN_SIZE;
      const index = Math.floor((bins[from + Bin.INDEX] as f64) / 2);
      const before = (wider - 1) * Bin.BIN_SIZE;
      if (wider > 0 && bins[before + Bin.INDEX] === index) {
        for (let field: i32 = Bin.INDEX + 1; field < Bin.BIN_SIZE; field++) {
          this.add(before + field, bins[from + field] as f64);
        }
      } else {
        const into = wider * Bin.BIN_SIZE;
        bins.copyWithin(into, from, from + Bin.BIN_SIZE);
        bins[into + Bin.INDEX] = index;
        wider++;
      }
    }
    this.count = wider;
  }
}
