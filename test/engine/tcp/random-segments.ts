/** Conversations at random, in a small world, so that coincidences are frequent: the same seed gives the same one. */
import { type InitialSequences, USUAL_SEQUENCES, WRAPPING_SEQUENCES } from "./plan-segment.ts";
import { type PlannedSegment, parseSegments } from "./segment-notation.ts";

export interface RandomConversation {
  readonly text: string;
  readonly plans: readonly PlannedSegment[];
  readonly initial: InitialSequences;
}

const SEGMENTS = 40;
const TIME_STEPS_MS = [0.1, 0.5, 2, 5, 12, 19.9, 20, 25, 300, -0.3] as const;
const LENGTHS = [0, 0, 0, 1, 100, 100, 100, 200] as const;
/** The last one makes segments end exactly at 2³², where Wireshark takes the number 0 for "none yet". */
const INITIAL_SEQUENCES: readonly InitialSequences[] = [
  USUAL_SEQUENCES,
  WRAPPING_SEQUENCES,
  [2 ** 32 - 101, 2 ** 32 - 201],
];
const WINDOWS = [8192, 8192, 8192, 8192, 9000, 0] as const;

/** Mostly two peers that send and acknowledge, with whatever may happen to them on the way. */
export function randomConversation(seed: number): RandomConversation {
  const random = randomNumbers(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const lines: string[] = [];
  let timeMs = 0;
  if (random() < 0.7) lines.push("0 > S 0", "8 < S 0 ack 1", "15 > 1 ack 1");
  timeMs = 20;
  /** Where each side's data has got to. */
  const next = [1, 1];
  while (lines.length < SEGMENTS) {
    timeMs = Math.max(0, timeMs + pick(TIME_STEPS_MS));
    const side = random() < 0.5 ? 0 : 1;
    const place = next[side] ?? 1;
    const other = next[1 - side] ?? 1;
    const length = pick(LENGTHS);
    const start = Math.max(0, random() < 0.7 ? place : place + pick([-1, -1, -100, -100, -200, 1, 100, 200]));
    const ack = Math.max(0, random() < 0.7 ? other : other + pick([-100, -200, 100, 200]));
    const flag = random() < 0.04 ? "F " : random() < 0.02 ? "R " : random() < 0.02 ? "S " : "";
    const end = start + length;
    const sequence = flag === "S " ? "0" : length === 0 ? `${start}` : `${start}:${end}`;
    const acknowledgement = random() < 0.97 ? ` ack ${ack}` : "";
    lines.push(
      `${timeMs.toFixed(1)} ${side === 0 ? ">" : "<"} ${flag}${sequence}${acknowledgement} win ${pick(WINDOWS)}`,
    );
    next[side] = Math.max(place, flag === "F " ? end + 1 : end);
  }
  const text = lines.join("\n");
  const initial = pick(INITIAL_SEQUENCES);
  return { text, plans: parseSegments(text), initial };
}

/** Uniform in [0, 1): mulberry32. */
export function randomNumbers(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
