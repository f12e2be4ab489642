import { median } from "simple-statistics";
import type { MetricValues } from "../experiment-metrics.ts";

/** Rows that differ from the typical frame by more than this share can't have throughput and delay of one run. */
export const FRAME_TOLERANCE = 0.15;

const BITS_PER_MBPS_MS = 1000;

/**
 * Throughput × delay in bits. For N frames that take T, 8·ΣL/T × T/(N−1) is the mean frame's size, up to N/(N−1).
 * `null` where one of the two was not measured.
 */
export function impliedFrameBits({ throughputMbps, delayMs }: MetricValues): number | null {
  if (typeof throughputMbps !== "number" || typeof delayMs !== "number") return null;
  return throughputMbps * delayMs * BITS_PER_MBPS_MS;
}

/**
 * The frame size that most runs agree on: the median, if more than half of the runs lie within the tolerance of it;
 * else `null`. A median stands until half of the rows are wrong, so what most agree on is not moved by the others.
 */
export function typicalFrameBits(runs: readonly MetricValues[]): number | null {
  const bits = runs
    .map(impliedFrameBits)
    .filter((one) => one !== null)
    .filter((one) => one > 0);
  if (bits.length === 0) return null;
  const middle = median(bits);
  const agreeing = bits.filter((one) => Math.abs(one / middle - 1) <= FRAME_TOLERANCE);
  return agreeing.length > bits.length / 2 ? middle : null;
}
