/** Chance that is the same for the same seed, on every machine. */

const TWO_TO_32 = 2 ** 32;

/** Numbers from 0 up to 1: Mulberry32 by T. Ettinger (2017, public domain), 2³² numbers long. @param seed a whole number */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / TWO_TO_32;
  };
}

/** The items in an order of chance, each as likely as any other (Fisher and Yates). */
export function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [order[last] as Item, order[other] as Item];
    order[last] = b;
    order[other] = a;
  }
  return order;
}
