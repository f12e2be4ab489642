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
