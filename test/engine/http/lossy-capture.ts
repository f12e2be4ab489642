/** What a capture that misses segments hands to the http room. */
import type { Side } from "../tcp/side.ts";
import type { RandomSegment } from "./random-conversation.ts";

export interface Gap {
  readonly side: Side;
  readonly frame: number;
  readonly length: number;
}

export type Delivery = RandomSegment | Gap;

/** What becomes of a segment: captured, lost, or cut off after half of it, as by a snap length. */
export type Fate = "captured" | "lost" | "cut";

/**
 * The segments as they are handed on: a lost one is waited for over `patience` frames, and what follows it in its
 * direction comes only then, with the frames in which it was recorded.
 */
export function deliver(
  segments: readonly RandomSegment[],
  fates: readonly Fate[],
  patience: number,
): Delivery[] {
  const deliveries: Delivery[] = [];
  const held: [Delivery[], Delivery[]] = [[], []];
  const releaseAt: [number, number] = [0, 0];
  const release = (side: Side) => {
    deliveries.push(...held[side]);
    held[side] = [];
  };
  segments.forEach((segment, index) => {
    const { side, frame, bytes } = segment;
    const fate = fates[index % fates.length] ?? "captured";
    const kept = fate === "captured" ? bytes.length : fate === "cut" ? bytes.length >> 1 : 0;
    if (kept === 0 && held[side].length === 0) releaseAt[side] = frame + patience;
    const parts: Delivery[] = [];
    if (kept > 0) parts.push({ side, frame, bytes: bytes.subarray(0, kept) });
    if (kept < bytes.length) parts.push({ side, frame, length: bytes.length - kept });
    if (kept === 0 || held[side].length > 0) held[side].push(...parts);
    else deliveries.push(...parts);
    for (const other of [0, 1] as const) if (frame >= releaseAt[other]) release(other);
  });
  release(0);
  release(1);
  return deliveries;
}
