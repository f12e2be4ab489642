import { Readings } from "../../../src/engine/readings/readings.ts";
import { ReadingsReader } from "../../../src/metrics/readings-reader.ts";

/** What is put down, to be read. */
export function figuresOf(put: (readings: Readings) => void): ReadingsReader {
  const readings = new Readings();
  put(readings);
  return new ReadingsReader(readings.values.slice(0, readings.length));
}
