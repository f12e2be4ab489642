import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TickClock } from "../../src/capture/tick-clock.ts";

const SECOND = 1_000_000_000n;
/** if_tsresol: any exponent, of 10 or of 2. */
const anyResolution = fc.integer({ min: 0, max: 255 });
const anyTicks = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

/** ⌊a ÷ b⌋ for positive b, where BigInt's own division rounds towards zero. */
function floorDivide(a: bigint, b: bigint): bigint {
  return a >= 0n ? a / b : -((-a + b - 1n) / b);
}

/** What pcapng says: ticks ÷ units per second + offset, in nanoseconds, rounded down. */
function exactNs(resolution: number, ticks: bigint, offsetSeconds: bigint): bigint {
  const perSecond = (resolution & 0x80 ? 2n : 10n) ** BigInt(resolution & 0x7f);
  return floorDivide((ticks + offsetSeconds * perSecond) * SECOND, perSecond);
}

const high = (ticks: bigint) => Number(ticks >> 32n);
const low = (ticks: bigint) => Number(ticks & 0xffff_ffffn);

describe("ticks of a pcapng interface", () => {
  test("are absolute nanoseconds, exactly, in any unit", () => {
    const offset = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(anyResolution, anyTicks, offset, (resolution, ticks, offsetSeconds) => {
        const clock = new TickClock(resolution, offsetSeconds);
        expect(clock.absoluteNs(high(ticks), low(ticks))).toBe(exactNs(resolution, ticks, offsetSeconds));
      }),
    );
  });

  test("are nanoseconds since the first frame, exactly, up to 104 days from it, in any order", () => {
    // Times of a capture: within 100 days around a first frame at any time that the unit can hold.
    const spreadNs = fc.bigInt({ min: -(8_640_000n * SECOND), max: 8_640_000n * SECOND });
    fc.assert(
      fc.property(
        anyResolution,
        anyTicks,
        fc.array(spreadNs, { minLength: 1, maxLength: 20 }),
        (resolution, first, spreads) => {
          const clock = new TickClock(resolution, -1_600_000_000n);
          const perSecond = (resolution & 0x80 ? 2n : 10n) ** BigInt(resolution & 0x7f);
          const originNs = exactNs(resolution, first, -1_600_000_000n);
          for (const spread of [0n, ...spreads]) {
            const moved = first + (spread * perSecond) / SECOND;
            const ticks = moved < 0n ? 0n : moved >= 2n ** 64n ? 2n ** 64n - 1n : moved;
            const expected = exactNs(resolution, ticks, -1_600_000_000n) - originNs;
            expect(clock.relativeNs(high(ticks), low(ticks), originNs)).toBe(Number(expected));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each([
    // 2⁻²⁰ s is 953.67 ns
    [0x80 | 20, 1n, 953n],
    [0x80 | 20, 3n, 2_861n],
    [0x80 | 32, 2n ** 32n - 1n, 999_999_999n],
    // 2⁻⁴⁰ s: 4.7 × 10⁻¹⁰ below 999 112 212 ns, which a double rounds up to
    [0x80 | 40, 1_098_535_494_547n, 999_112_211n],
    [0x80 | 0, 7n, 7n * SECOND],
    [0, 7n, 7n * SECOND],
    [3, 7n, 7_000_000n],
    [9, 1_732_309_517_820_857_707n, 1_732_309_517_820_857_707n],
    [12, 1_999n, 1n],
    [18, 999_999_999n, 0n],
  ])("of resolution %d: %d are %d ns", (resolution, ticks, expected) => {
    const clock = new TickClock(resolution, 0n);
    expect(clock.absoluteNs(high(ticks), low(ticks))).toBe(expected);
    expect(clock.relativeNs(high(ticks), low(ticks), expected - 5n)).toBe(5);
  });
});
