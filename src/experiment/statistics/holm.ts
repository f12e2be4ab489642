/**
 * Holm's (1979) adjustment of p-values for several tests, as R's `p.adjust(p, "holm")`. Same order as given; an
 * adjusted value is never below its own, and the smaller of two stays the smaller or equal one.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let largest = 0;
  for (const [position, { p, index }] of order.entries()) {
    largest = Math.max(largest, Math.min(1, p * (pValues.length - position)));
    adjusted[index] = largest;
  }
  return adjusted;
}
