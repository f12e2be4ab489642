/** Reads what a pair did over time: the readings of `TimeSeriesTally`. */
import { megabitsPerSecond, millisecondsFromNanoseconds, NANOSECONDS_PER_SECOND } from "../units.ts";
import type { ReadingsReader } from "./readings-reader.ts";
import type { TimeBin, TimeSeries } from "./time-series.ts";

export function readSeries(reader: ReadingsReader): TimeSeries {
  const widthNs = reader.number();
  return {
    binSeconds: widthNs / NANOSECONDS_PER_SECOND,
    bins: reader.list(() => readBin(reader, widthNs)),
  };
}

function readBin(reader: ReadingsReader, widthNs: number): TimeBin {
  const index = reader.number();
  const toBackendBytes = reader.number();
  const fromBackendBytes = reader.number();
  const requests = reader.number();
  const responses = reader.number();
  const timeToFirstByteNs = reader.number();
  return {
    startSeconds: (index * widthNs) / NANOSECONDS_PER_SECOND,
    toBackendMbps: megabitsPerSecond(toBackendBytes, widthNs),
    fromBackendMbps: megabitsPerSecond(fromBackendBytes, widthNs),
    requests,
    delayMs: requests === 0 ? null : millisecondsFromNanoseconds(widthNs) / requests,
    timeToFirstByteMs: responses === 0 ? null : millisecondsFromNanoseconds(timeToFirstByteNs) / responses,
  };
}
