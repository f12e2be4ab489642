/** From values to places in a drawing, and the values that an axis names. */

export interface PlotScale {
  /** Where a value lies, in the drawing's units. */
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
  /** Decimals that tell the ticks apart. */
  readonly digits: number;
}

const MAX_DECIMALS = 9;

/** A linear scale whose ends are round numbers. */
export function linearScale(
  low: number,
  high: number,
  from: number,
  to: number,
  wantedTicks: number,
): PlotScale {
  const isFlat = !(high > low);
  const bottom = isFlat ? Math.min(0, low) : low;
  const top = isFlat ? (high > bottom ? high : bottom + 1) : high;
  const step = roundStep((top - bottom) / wantedTicks);
  const first = Math.floor(bottom / step + 1e-9);
  const last = Math.ceil(top / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => tidy((first + index) * step));
  const [start, end] = [first * step, last * step];
  return {
    at: (value) => from + ((value - start) / (end - start)) * (to - from),
    ticks,
    digits: Math.min(MAX_DECIMALS, Math.max(0, -Math.floor(Math.log10(step) + 1e-9))),
  };
}

/** A logarithmic scale between two positive numbers, with ticks at 1, 2 and 5 of each power of ten. */
export function logarithmicScale(low: number, high: number, from: number, to: number): PlotScale {
  const [start, end] = [Math.log10(low), Math.log10(Math.max(high, low * 1.01))];
  const ticks: number[] = [];
  for (let power = Math.floor(start); power <= Math.ceil(end); power += 1) {
    for (const factor of end - start > 3 ? [1] : [1, 2, 5]) {
      const tick = tidy(factor * 10 ** power);
      if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) ticks.push(tick);
    }
  }
  const smallest = ticks[0] ?? low;
  return {
    at: (value) => from + ((Math.log10(value) - start) / (end - start)) * (to - from),
    ticks,
    digits: Math.min(MAX_DECIMALS, Math.max(0, -Math.floor(Math.log10(smallest) + 1e-9))),
  };
}

/** 1, 2 or 5 times a power of ten, at least as large. */
function roundStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  const factor = [1, 2, 5, 10].find((one) => one * power >= size * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Without the dust of binary fractions. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
