/** Payload types of RTP's audio and video profile, and the rates of their timestamps (RFC 3551, tables 4 and 5). */

/** Ticks of the timestamp in a second, by static payload type. */
const CLOCK_RATES_HZ: ReadonlyMap<number, number> = new Map([
  ...[0, 3, 4, 5, 7, 8, 9, 12, 13, 15, 18, 19].map((type) => [type, 8000] as const),
  [6, 16_000],
  [10, 44_100],
  [11, 44_100],
  [16, 11_025],
  [17, 22_050],
  ...[14, 25, 26, 28, 31, 32, 33, 34].map((type) => [type, 90_000] as const),
]);

/** Types from here on mean what both ends agreed on. */
const FIRST_DYNAMIC = 96;

/** Comfort noise (RFC 3389), and the number that it had before. */
const COMFORT_NOISE = 13;
const OLD_COMFORT_NOISE = 19;

/** @returns `null` where the number alone does not say it */
export function staticClockRateHz(payloadType: number): number | null {
  return CLOCK_RATES_HZ.get(payloadType) ?? null;
}

/** Whether the number is assigned, or free for what both ends agree on. */
export function isUsedPayloadType(payloadType: number): boolean {
  return payloadType >= FIRST_DYNAMIC || CLOCK_RATES_HZ.has(payloadType);
}

/** Whether packets of the type fill silence, at intervals of their own. */
export function isComfortNoise(payloadType: number): boolean {
  return payloadType === COMFORT_NOISE || payloadType === OLD_COMFORT_NOISE;
}
