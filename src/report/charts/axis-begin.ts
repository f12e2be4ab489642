/** Share of its range by which an axis is longer than its values at either end. */
const ROOM = 0.05;

/** Whether a linear axis begins at 0: so near to it, its end would lie below, where no value can be. */
export function beginsAtZero(least: number, most: number): boolean {
  return least >= 0 && least <= (most - least) * ROOM;
}
