/** Times to first byte as the backends themselves took them, beside those of the capture. */
import type { ExchangeRow } from "../../../src/metrics/exchanges/exchange-row.ts";

/** What a backend noted down of a request: when it had it whole and began to answer, in ms. */
interface BackendTimes {
  readonly received: number;
  readonly first: number;
}

/** An exchange with what its backend noted down of it. */
export type TimedTwice = readonly [ExchangeRow, BackendTimes];

/** Of one backend: both in the order in which requests came. */
export function inOrder(rows: readonly ExchangeRow[], noted: readonly BackendTimes[]): TimedTwice[] {
  const measured = rows.toSorted((a, b) => (a.requestFrame ?? 0) - (b.requestFrame ?? 0));
  const told = noted.toSorted((a, b) => a.received - b.received);
  return measured.map((row, index) => [row, told[index] ?? { received: Number.NaN, first: Number.NaN }]);
}

/** How far measured times to first byte are from those of the backend's clock, at the median, in ms. */
export function medianDistanceMs(timed: readonly TimedTwice[]): number {
  const distances = timed.map(([{ timeToFirstByteMs }, { received, first }]) =>
    Math.abs((timeToFirstByteMs ?? Number.POSITIVE_INFINITY) - (first - received)),
  );
  return distances.toSorted((a, b) => a - b)[Math.floor(distances.length / 2)] ?? Number.NaN;
}
