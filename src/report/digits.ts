/** Decimals of each kind of number, the same in every table. */
export const DIGITS = {
  milliseconds: 3,
  signedMilliseconds: 6,
  megabitsPerSecond: 3,
  percent: 2,
  seconds: 3,
  perSecond: 1,
  index: 2,
} as const;

/** As many decimals as are read at a glance: at least three digits, fewer decimals of bigger numbers. */
export function glanceDigits(value: number): number {
  return value >= 1000 ? 0 : value >= 100 ? 1 : value >= 10 ? 2 : 3;
}
