import type { DistributionReadings } from "../engine/readings/distribution-readings.ts";
import { millisecondsFromNanoseconds } from "../units.ts";
import type { Distribution } from "./distribution.ts";

/** A distribution in ms. */
export function measureDistribution(readings: DistributionReadings): Distribution {
  return {
    count: readings.count,
    mean: measuredMs(readings.mean),
    standardDeviation: measuredMs(readings.standardDeviation),
    min: measuredMs(readings.min),
    p50: measuredMs(readings.p50),
    p90: measuredMs(readings.p90),
    p95: measuredMs(readings.p95),
    p99: measuredMs(readings.p99),
    max: measuredMs(readings.max),
  };
}

/** A time in ms; `null` for one that was not measured, which is NaN as a reading. */
export function measuredMs(ns: number): number | null {
  return Number.isNaN(ns) ? null : millisecondsFromNanoseconds(ns);
}
