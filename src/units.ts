/**
 * Units. One base unit per quantity inside lbqos: time in integer nanoseconds since the capture's first
 * packet (exact in a `number` for 104 days), sizes in bytes. Names of reported numbers carry their unit.
 */

export const NANOSECONDS_PER_SECOND = 1_000_000_000;
export const NANOSECONDS_PER_MILLISECOND = 1_000_000;
export const NANOSECONDS_PER_MICROSECOND = 1_000;
export const BITS_PER_BYTE = 8;

/** Nanoseconds to milliseconds, the unit of every reported time. */
export function millisecondsFromNanoseconds(nanoseconds: number): number {
  return nanoseconds / NANOSECONDS_PER_MILLISECOND;
}

/**
 * A rate in Mbps (10⁶ bit/s), as Wireshark and the papers write it.
 * @param bytes size in bytes
 * @param nanoseconds positive duration
 */
export function megabitsPerSecond(bytes: number, nanoseconds: number): number {
  return (bytes * BITS_PER_BYTE * 1_000) / nanoseconds;
}
