/** Levels that are numbers: `300`, `10kB`, `1.5 Mbps`. A small m or g is a multiple of bytes and bits alone: `1mb`, but `5ms`. */

const NUMBER_WITH_UNIT = /^(\d+(?:\.\d+)?)\s*([kKMG]i?|[mg]i?(?=[bB]))?([\p{L}%/]*)$/u;
const MULTIPLES: Readonly<Record<string, number>> = {
  K: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
};

export interface LevelNumbers {
  /** In the order of the levels, without their multiples: `10kB` is 10000. */
  readonly numbers: readonly number[];
  /** That all of them have: `B`; empty: none. */
  readonly unit: string;
}

/** `null` where a level is no number, or two of them have different units or the same number. */
export function levelNumbers(levels: readonly string[]): LevelNumbers | null {
  const read = levels.flatMap((level) => {
    const [, digits, multiple = "", unit = ""] = NUMBER_WITH_UNIT.exec(level) ?? [];
    const factor = MULTIPLES[multiple.slice(0, 1).toUpperCase() + multiple.slice(1)] ?? 1;
    return digits === undefined ? [] : [{ number: Number(digits) * factor, unit }];
  });
  const numbers = read.map(({ number }) => number);
  const units = new Set(read.map(({ unit }) => unit));
  const [unit = ""] = units;
  const isOneScale = units.size === 1 && new Set(numbers).size === numbers.length;
  return read.length === levels.length && isOneScale ? { numbers, unit } : null;
}
