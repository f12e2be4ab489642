/** The studentized range, of Tukey's and of Games and Howell's comparisons. */
import { averageOverSpread, gaussPoints } from "./chi-average.ts";
import { normalDensity, upperNormalTail } from "./normal-tail.ts";

const PARTS = 12;
const REACH = 8;

const points = gaussPoints(-REACH, REACH, PARTS).map(
  ([z, weight]) => [z, weight * normalDensity(z), 1 - upperNormalTail(z)] as const,
);

/** P(range of k standard normal values < w): k ∫ φ(z) (Φ(z) − Φ(z − w))^(k − 1) dz. */
function rangeProbability(w: number, k: number): number {
  return (
    k *
    points.reduce(
      (sum, [z, weight, below]) => sum + weight * (below - 1 + upperNormalTail(z - w)) ** (k - 1),
      0,
    )
  );
}

/** Pieces of width 1, each a Chebyshev polynomial through so many points; beyond the last the probability is 1 to 15 digits. */
const PIECES = 18;
const NODES = 14;

/** By k: the values at the nodes of each piece. The spread's average asks for thousands of them. */
const tables = new Map<number, readonly (readonly number[])[]>();

const cosines = Array.from({ length: NODES }, (_, node) => Math.cos(((node + 0.5) * Math.PI) / NODES));

function tableOf(k: number): readonly (readonly number[])[] {
  const known = tables.get(k);
  if (known !== undefined) return known;
  const table = Array.from({ length: PIECES }, (_, piece) =>
    cosines.map((at) => rangeProbability(piece + (1 + at) / 2, k)),
  );
  tables.set(k, table);
  return table;
}

/** `rangeProbability` by barycentric interpolation between the nodes of its piece. */
function interpolated(w: number, k: number): number {
  const piece = tableOf(k)[Math.floor(w)];
  if (piece === undefined) return 1;
  const x = 2 * (w - Math.floor(w)) - 1;
  let [above, below] = [0, 0];
  for (const [node, value] of piece.entries()) {
    const distance = x - (cosines[node] ?? 0);
    if (distance === 0) return value;
    const weight = ((node % 2 === 0 ? 1 : -1) * Math.sin(((node + 0.5) * Math.PI) / NODES)) / distance;
    above += weight * value;
    below += weight;
  }
  return above / below;
}

/** P(Q > q) of k means, as R's `ptukey(q, k, df, lower.tail = FALSE)`, to nine digits after the point. */
export function upperRangeTail(q: number, k: number, degreesOfFreedom: number): number {
  if (q <= 0) return 1;
  return Math.max(0, 1 - averageOverSpread(degreesOfFreedom, (s) => interpolated(q * s, k)));
}

const STEPS = 60;
const CLOSE = 1e-9;

/** The q with P(Q > q) = tail: by the secant rule, held between bounds. */
export function rangeQuantile(tail: number, k: number, degreesOfFreedom: number): number {
  let [low, high] = [0, 4];
  while (upperRangeTail(high, k, degreesOfFreedom) > tail) [low, high] = [high, 2 * high];
  let [atLow, atHigh] = [
    Math.log(upperRangeTail(low, k, degreesOfFreedom) / tail),
    Math.log(upperRangeTail(high, k, degreesOfFreedom) / tail),
  ];
  for (let step = 0; step < STEPS && high - low > CLOSE * high; step++) {
    // Every third step halves: the secant alone may creep.
    const share = step % 3 === 2 ? 0.5 : Math.min(0.99, Math.max(0.01, atLow / (atLow - atHigh)));
    const q = low + share * (high - low);
    const value = Math.log(upperRangeTail(q, k, degreesOfFreedom) / tail);
    if (Math.abs(value) < 1e-11) return q;
    if (value > 0) [low, atLow] = [q, value];
    else [high, atHigh] = [q, value];
  }
  return (low + high) / 2;
}
