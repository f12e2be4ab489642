/** Which packets of a flow or pair go from the first tap to the second: unknown, those of its lower side, those of its upper. */
export const UNKNOWN = 0;
export const FROM_LOW = 1;
export const FROM_HIGH = 2;

/** Which way a packet goes, 0 from the first tap to the second, 1 back. @param side of the flow that it came from: 0 lower, 1 upper */
export function wayOf(direction: number, side: number): 0 | 1 {
  return (direction === FROM_LOW) === (side === 0) ? 0 : 1;
}
