/**
 * Units. One base unit per quantity inside lbqos: time in integer nanoseconds since the capture's first
 * packet (exact in a `number` for 104 days), sizes in bytes. Names of reported numbers carry their unit.
 */

export const NANOSECONDS_PER_SECOND = 1_000_000_000;
export const NANOSECONDS_PER_MILLISECOND = 1_000_000;
export const NANOSECONDS_PER_MICROSECOND = 1_000;
export const MILLISECONDS_PER_SECOND = 1_000;
export const BITS_PER_BYTE = 8;

/** Nanoseconds to milliseconds, the unit of every reported time. */
export function millisecondsFromNanoseconds(nanoseconds: number): number {
  return nanoseconds / NANOSECONDS_PER_MILLISECOND;
}

/** Milliseconds as they are reported back to whole nanoseconds. */
export function nanosecondsFromMilliseconds(milliseconds: number): number {
  return Math.round(milliseconds * NANOSECONDS_PER_MILLISECOND);
}

/**
 * A rate in Mbps (10⁶ bit/s), as Wireshark and the papers write it.
 * @param bytes size in bytes
 * @param nanoseconds positive duration
 */
export function megabitsPerSecond(bytes: number, nanoseconds: number): number {
  return (bytes * BITS_PER_BYTE * 1_000) / nanoseconds;
}

/** The years that ISO 8601 writes with four digits, in seconds since 1970. */
const FIRST_SECOND = -62_167_219_200n;
const LAST_SECOND = 253_402_300_799n;

/**
 * An absolute time as ISO 8601, UTC, with nine decimals: `2026-11-22T20:54:26.324605004Z`; `null` outside of the years 0 to
 * 9999, which only a damaged record or a wrong clock has.
 */
export function isoTime(nanosecondsSince1970: bigint): string | null {
  const billion = BigInt(NANOSECONDS_PER_SECOND);
  let seconds = nanosecondsSince1970 / billion;
  let nanoseconds = nanosecondsSince1970 % billion;
  if (nanoseconds < 0n) {
    seconds -= 1n;
    nanoseconds += billion;
  }
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND) return null;
  const date = new Date(Number(seconds) * 1000);
  return `${date.toISOString().slice(0, 19)}.${String(nanoseconds).padStart(9, "0")}Z`;
}

/**
 * `isoTime` of times that mostly follow each other, each in ns since `startNs`: a second is written once.
 * @param startNs since 1970
 */
export function isoTimesSince(startNs: bigint): (elapsedNs: number) => string | null {
  const startSeconds = startNs / BigInt(NANOSECONDS_PER_SECOND);
  const startFractionNs = Number(startNs % BigInt(NANOSECONDS_PER_SECOND));
  let second = Number.NaN;
  let text: string | null = null;
  return (elapsedNs) => {
    // Beyond 104 days a sum of both would be rounded once more.
    const elapsedFractionNs = elapsedNs % NANOSECONDS_PER_SECOND;
    const ns = startFractionNs + elapsedFractionNs;
    const carried = Math.floor(ns / NANOSECONDS_PER_SECOND);
    const ofTime = Math.round((elapsedNs - elapsedFractionNs) / NANOSECONDS_PER_SECOND) + carried;
    if (ofTime !== second) {
      second = ofTime;
      const whole = isoTime((startSeconds + BigInt(ofTime)) * BigInt(NANOSECONDS_PER_SECOND));
      text = whole === null ? null : whole.slice(0, -FRACTION.length);
    }
    const fraction = String(ns - carried * NANOSECONDS_PER_SECOND).padStart(9, "0");
    return text === null ? null : `${text}${fraction}Z`;
  };
}

/** How `isoTime` ends where a second begins. */
const FRACTION = "000000000Z";

/** Nanoseconds since 1970 of a time as `isoTime` writes it. */
export function nanosecondsOfIsoTime(time: string): bigint {
  const [seconds = "", fraction = ""] = time.replace(/Z$/, "").split(".");
  return BigInt(Date.parse(`${seconds}Z`)) * 1_000_000n + BigInt(fraction.padEnd(9, "0"));
}
