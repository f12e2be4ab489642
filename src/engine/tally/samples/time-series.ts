/** What charts of a pair are drawn from: its traffic over time. */
import * as Bin from "../../readings/series-readings.ts";
import { TimeBins } from "./time-bins.ts";

const MAX_BINS: i32 = 1000;

export class TimeSeriesTally {
  private readonly bins: TimeBins = new TimeBins(Bin.BIN_SIZE, Bin.BIN_SIZE, MAX_BINS);

  addBytes(timeNs: f64, bytes: f64, toBackend: boolean): void {
    const bins = this.bins;
    bins.add(bins.binAt(timeNs) + (toBackend ? Bin.TO_BACKEND_BYTES : Bin.FROM_BACKEND_BYTES), bytes);
  }

  addRequest(timeNs: f64): void {
    const bins = this.bins;
    bins.add(bins.binAt(timeNs) + Bin.REQUESTS, 1);
  }

  addResponse(timeNs: f64, timeToFirstByteNs: f64): void {
    const bins = this.bins;
    const bin = bins.binAt(timeNs);
    bins.add(bin + Bin.RESPONSES, 1);
    bins.add(bin + Bin.TIME_TO_FIRST_BYTE_NS, timeToFirstByteNs);
  }

  readings(): Bin.SeriesReadings {
    const readings = new Bin.SeriesReadings();
    readings.widthNs = this.bins.widthNs;
    readings.bins = this.bins.bins;
    return readings;
  }
}
