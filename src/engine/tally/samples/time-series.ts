/**
 * What a pair did over time, in bins of equal width. Bins without traffic cost nothing, and when there are more than
 * `MAX_BINS` the width is doubled, so a year's gap or a day's capture needs no more memory than a minute's. The result
 * depends on what was added only, not on its order.
 */
import type { Readings } from "../../readings/readings.ts";

/** Width of a bin to start with. */
const FIRST_WIDTH_NS: f64 = 10_000_000;
const MAX_BINS: i32 = 1000;
const INITIAL_BINS: i32 = 16;

/** A bin: how many widths after the capture's first packet it starts, and what was counted in it. */
const INDEX: i32 = 0;
const TO_BACKEND_BYTES: i32 = 1;
const FROM_BACKEND_BYTES: i32 = 2;
const REQUESTS: i32 = 3;
const RESPONSES: i32 = 4;
const TIME_TO_FIRST_BYTE_NS: i32 = 5;
const BIN_SIZE: i32 = 6;

export class TimeSeriesTally {
  private widthNs: f64 = FIRST_WIDTH_NS;
  /** The bins in order of time, `BIN_SIZE` numbers each, and how many there are. */
  private bins: Float64Array = new Float64Array(INITIAL_BINS * BIN_SIZE);
  private count: i32 = 0;
  /** The bin used last, and where it is: most packets fall into the same one. */
  private lastIndex: f64 = NaN;
  private lastAt: i32 = 0;

  addBytes(timeNs: f64, bytes: f64, toBackend: boolean): void {
    this.add(this.binAt(timeNs) + (toBackend ? TO_BACKEND_BYTES : FROM_BACKEND_BYTES), bytes);
  }

  addRequest(timeNs: f64): void {
    this.add(this.binAt(timeNs) + REQUESTS, 1);
  }

  addResponse(timeNs: f64, timeToFirstByteNs: f64): void {
    const bin = this.binAt(timeNs);
    this.add(bin + RESPONSES, 1);
    this.add(bin + TIME_TO_FIRST_BYTE_NS, timeToFirstByteNs);
  }

  /**
   * Width of a bin in ns, how many bins, then in order of time, without the empty ones: index, bytes to and from the
   * backend, requests, responses, sum of their times to first byte in ns.
   */
  readings(out: Readings): void {
    out.put(this.widthNs);
    out.put(this.count);
    const length = this.count * BIN_SIZE;
    for (let at: i32 = 0; at < length; at++) out.put(this.bins[at] as f64);
  }

  private add(at: i32, amount: f64): void {
    this.bins[at] = (this.bins[at] as f64) + amount;
  }

  /** Where the bin of this time starts in `bins`. */
  private binAt(timeNs: f64): i32 {
    let index = Math.floor(timeNs / this.widthNs);
    if (index === this.lastIndex) return this.lastAt;
    let place = this.placeOf(index);
    if (place === this.count || this.bins[place * BIN_SIZE + INDEX] !== index) {
      this.insert(place, index);
      while (this.count > MAX_BINS) {
        this.doubleWidth();
        index = Math.floor(timeNs / this.widthNs);
        place = this.placeOf(index);
      }
    }
    this.lastIndex = index;
    this.lastAt = place * BIN_SIZE;
    return this.lastAt;
  }

  /** How many bins come before the one of this index. */
  private placeOf(index: f64): i32 {
    let low: i32 = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.bins[middle * BIN_SIZE + INDEX] as f64) < index) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private insert(place: i32, index: f64): void {
    const length = this.count * BIN_SIZE;
    if (length === this.bins.length) {
      const larger = new Float64Array(2 * length);
      larger.set(this.bins);
      this.bins = larger;
    }
    const at = place * BIN_SIZE;
    this.bins.copyWithin(at + BIN_SIZE, at, length);
    this.bins.fill(0, at, at + BIN_SIZE);
    this.bins[at + INDEX] = index;
    this.count++;
  }

  /** Makes one bin of every two that lie side by side. */
  private doubleWidth(): void {
    const bins = this.bins;
    this.widthNs *= 2;
    let wider: i32 = 0;
    for (let place: i32 = 0; place < this.count; place++) {
      const from = place * BIN_SIZE;
      const index = Math.floor((bins[from + INDEX] as f64) / 2);
      const before = (wider - 1) * BIN_SIZE;
      if (wider > 0 && bins[before + INDEX] === index) {
        for (let field: i32 = INDEX + 1; field < BIN_SIZE; field++) {
          this.add(before + field, bins[from + field] as f64);
        }
      } else {
        const into = wider * BIN_SIZE;
        bins.copyWithin(into, from, from + BIN_SIZE);
        bins[into + INDEX] = index;
        wider++;
      }
    }
    this.count = wider;
  }
}
