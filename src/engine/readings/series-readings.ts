import type { ReadingsReader } from "./readings-reader.ts";
import type { ReadingsWriter } from "./readings-writer.ts";

/** A bin: how many widths after the capture's first packet it starts, and what was counted in it. */
export const INDEX: i32 = 0;
export const TO_BACKEND_BYTES: i32 = 1;
export const FROM_BACKEND_BYTES: i32 = 2;
export const REQUESTS: i32 = 3;
export const RESPONSES: i32 = 4;
/** Sum over the responses. */
export const TIME_TO_FIRST_BYTE_NS: i32 = 5;
/** Numbers of a bin. */
export const BIN_SIZE: i32 = 6;

/** What charts of a pair are drawn from. */
export class SeriesReadings {
  /** Width of a bin. */
  widthNs: f64 = 0;
  /** The bins in order of time, without the empty ones, `BIN_SIZE` numbers each. */
  bins: Float64Array = new Float64Array(0);
  /** Times to first byte at the quantiles 0, 0.01, … 1; empty without samples. */
  timeToFirstByteQuantilesNs: Float64Array = new Float64Array(0);

  put(to: ReadingsWriter): void {
    to.put(this.widthNs);
    to.putNumbers(this.bins);
    to.putNumbers(this.timeToFirstByteQuantilesNs);
  }

  take(from: ReadingsReader): void {
    this.widthNs = from.number();
    this.bins = from.numbers();
    this.timeToFirstByteQuantilesNs = from.numbers();
  }
}
