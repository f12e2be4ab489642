/** Levels that are numbers: `300`, `10kB`, `1.5 Mbps`. */

const NUMBER_WITH_UNIT = /^(\d+(?:\.\d+)?)\s*(Ki|Mi|Gi|k|K|M|G)?([\p{L}%/]*)$/u;
const MULTIPLES: Readonly<Record<string, number>> = {
  k: 1e3,
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
    return digits === undefined ? [] : [{ number: Number(digits) * (MULTIPLES[multiple] ?? 1), unit }];
  });
  const numbers = read.map(({ number }) => number);
  const units = new Set(read.map(({ unit }) => unit));
  const [unit = ""] = units;
  const isOneScale = units.size === 1 && new Set(numbers).size === numbers.length;
  return read.length === levels.length && isOneScale ? { numbers, unit } : null;
}
