/**
 * pcapng's times: a 64-bit count of ticks, whose unit each interface sets (if_tsresol, if_tsoffset;
 * draft-ietf-opsawg-pcapng §4.2). The count exceeds what a `number` holds exactly, so a clock keeps a
 * reference tick near the frames, subtracts in 32-bit halves and converts the small difference; it moves the
 * reference by BigInt when a time lies too far away.
 *
 * Two invariants: the reference lies on a whole nanosecond (for units of 2⁻ⁿ s, on a whole second), so that
 * rounding a difference down rounds the absolute time down; and a difference is converted only while every
 * intermediate result stays below 2⁵³.
 */
import { NANOSECONDS_PER_SECOND } from "../units.ts";

/** if_tsresol where the interface has none: 10⁻⁶ s. */
export const DEFAULT_RESOLUTION = 6;
/** if_tsresol's top bit: the exponent is of 2, not of 10. */
const BINARY_FLAG = 0x80;
const TWO_32 = 2 ** 32;
const EXACT_LIMIT = 2 ** 52;
/** 10⁹ = 5⁹ × 2⁹: its odd part. */
const FIVE_9 = 5 ** 9;
/** 2³² × 5⁹ < 2⁵³, so a fraction of n ≤ 32 bits is converted exactly. */
const MAX_BINARY_EXPONENT = 32;
const MAX_DECIMAL_EXPONENT = 18;
const SECOND = BigInt(NANOSECONDS_PER_SECOND);

/** Converts one interface's ticks. */
export class TickClock {
  readonly #binary: boolean;
  readonly #exponent: number;
  readonly #offsetNs: bigint;
  readonly #ticksPerSecond: bigint;
  /** Decimal units: nanoseconds per tick, or 0 where a tick is finer than that. */
  readonly #nsPerTick: number;
  /** Decimal units finer than a nanosecond: ticks per nanosecond. */
  readonly #ticksPerNs: number;
  /** Largest difference in ticks that the fast conversion takes; below 0 for none. */
  readonly #limit: number;

  #referenceHigh = 0;
  #referenceLow = 0;
  /** The reference on the caller's time axis, ns; NaN before the first time. */
  #referenceNs = Number.NaN;

  /**
   * @param resolution if_tsresol as stored: an exponent, of 2 with the top bit set, of 10 without
   * @param offsetSeconds if_tsoffset: seconds to add to every time
   */
  constructor(resolution: number, offsetSeconds: bigint) {
    this.#binary = (resolution & BINARY_FLAG) !== 0;
    this.#exponent = resolution & ~BINARY_FLAG;
    this.#offsetNs = offsetSeconds * SECOND;
    this.#ticksPerSecond = (this.#binary ? 2n : 10n) ** BigInt(this.#exponent);
    const exponent = this.#exponent;
    this.#nsPerTick = exponent <= 9 ? 10 ** (9 - exponent) : 0;
    this.#ticksPerNs = exponent > 9 ? 10 ** (exponent - 9) : 1;
    if (exponent > (this.#binary ? MAX_BINARY_EXPONENT : MAX_DECIMAL_EXPONENT)) this.#limit = -1;
    else if (this.#binary) this.#limit = Math.min(EXACT_LIMIT, 2 ** exponent * (EXACT_LIMIT / 2 ** 30));
    else this.#limit = Math.floor(EXACT_LIMIT / Math.max(1, this.#nsPerTick));
  }

  /** The time in ns since 1970, rounded down; exact for any unit and any ticks. */
  absoluteNs(high: number, low: number): bigint {
    const ticks = (BigInt(high) << 32n) | BigInt(low);
    return (ticks * SECOND) / this.#ticksPerSecond + this.#offsetNs;
  }

  /**
   * The time in ns since `originNs`, rounded down; exact below 2⁵³ ns (104 days).
   * @param originNs the same in every call, ns since 1970
   */
  relativeNs(high: number, low: number, originNs: bigint): number {
    let ticks = (high - this.#referenceHigh) * TWO_32 + (low - this.#referenceLow);
    if (Number.isNaN(this.#referenceNs) || Math.abs(ticks) > this.#limit) {
      if (this.#limit < 0) return Number(this.absoluteNs(high, low) - originNs);
      this.#moveReference(high, low, originNs);
      ticks = (high - this.#referenceHigh) * TWO_32 + (low - this.#referenceLow);
    }
    if (this.#binary) return this.#referenceNs + this.#binaryNs(ticks);
    if (this.#nsPerTick !== 0) return this.#referenceNs + ticks * this.#nsPerTick;
    // The quotient of integers below 2⁵³ never rounds up to the next integer, so the floor is exact.
    return this.#referenceNs + Math.floor(ticks / this.#ticksPerNs);
  }

  #binaryNs(ticks: number): number {
    const perSecond = 2 ** this.#exponent;
    const seconds = Math.floor(ticks / perSecond);
    const fraction = ticks - seconds * perSecond;
    return seconds * NANOSECONDS_PER_SECOND + Math.floor((fraction * FIVE_9) / 2 ** (this.#exponent - 9));
  }

  #moveReference(high: number, low: number, originNs: bigint): void {
    const ticks = (BigInt(high) << 32n) | BigInt(low);
    const step = this.#binary ? this.#ticksPerSecond : BigInt(this.#ticksPerNs);
    const reference = ticks - (ticks % step);
    this.#referenceHigh = Number(reference >> 32n);
    this.#referenceLow = Number(reference & 0xffff_ffffn);
    this.#referenceNs = Number((reference * SECOND) / this.#ticksPerSecond + this.#offsetNs - originNs);
  }
}
