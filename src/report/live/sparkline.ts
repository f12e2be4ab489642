/** A row of blocks whose heights are numbers (Tufte's sparkline; Unicode block elements U+2581 to U+2588). */

const BLOCKS = "▁▂▃▄▅▆▇█";

/**
 * One character for each of the last `width` values; a value of 0 is a gap, so that an outage is seen.
 * @param values not negative, oldest first
 * @param top the value that is drawn in full height; lines beside each other share it
 */
export function sparkline(values: readonly number[], width: number, top: number): string {
  const shown = values.slice(Math.max(0, values.length - width));
  return shown
    .map((value) => blockOf(value, top))
    .join("")
    .padStart(width);
}

function blockOf(value: number, top: number): string {
  if (!(value > 0) || !(top > 0)) return " ";
  const level = Math.min(BLOCKS.length, Math.max(1, Math.ceil((value / top) * BLOCKS.length)));
  return BLOCKS[level - 1] ?? " ";
}
