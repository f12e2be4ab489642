/** What charts of a pair are drawn from. */
import * as Bin from "../engine/readings/series-readings.ts";
import { megabitsPerSecond, millisecondsFromNanoseconds, NANOSECONDS_PER_SECOND } from "../units.ts";
import type { ChartData } from "./run-metrics.ts";
import type { TimeBin } from "./time-series.ts";

export function measureSeries(readings: Bin.SeriesReadings): ChartData {
  const { widthNs, bins, timeToFirstByteQuantilesNs } = readings;
  return {
    series: {
      binSeconds: widthNs / NANOSECONDS_PER_SECOND,
      bins: Array.from({ length: bins.length / Bin.BIN_SIZE }, (_, place) =>
        measureBin(bins.subarray(place * Bin.BIN_SIZE, (place + 1) * Bin.BIN_SIZE), widthNs),
      ),
    },
    timeToFirstByteQuantilesMs: Array.from(timeToFirstByteQuantilesNs, millisecondsFromNanoseconds),
  };
}

function measureBin(bin: Float64Array, widthNs: number): TimeBin {
  const number = (field: number): number => bin[field] ?? 0;
  const requests = number(Bin.REQUESTS);
  const responses = number(Bin.RESPONSES);
  return {
    startSeconds: (number(Bin.INDEX) * widthNs) / NANOSECONDS_PER_SECOND,
    toBackendMbps: megabitsPerSecond(number(Bin.TO_BACKEND_BYTES), widthNs),
    fromBackendMbps: megabitsPerSecond(number(Bin.FROM_BACKEND_BYTES), widthNs),
    requests,
    delayMs: requests === 0 ? null : millisecondsFromNanoseconds(widthNs) / requests,
    timeToFirstByteMs:
      responses === 0 ? null : millisecondsFromNanoseconds(number(Bin.TIME_TO_FIRST_BYTE_NS)) / responses,
  };
}
