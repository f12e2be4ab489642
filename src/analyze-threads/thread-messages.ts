/** What the thread that follows frames and the thread that analyses what it finds say to each other. */
import type { CaptureSummary } from "../analyze-findings.ts";
import type { FrameFacts } from "../follow-frames.ts";

/** Findings that may be on their way at a time: enough that neither thread waits for the other's every step. */
export const BLOCKS = 4;

/** The worker's orders. */
export interface FollowOrder {
  readonly paths: readonly string[];
  /** As of `FrameFollower`. */
  readonly everySegment: boolean;
}

/** Findings of some frames. */
export interface FindingsBlock {
  readonly kind: "findings";
  /** 0 … `BLOCKS` − 1: to be given back once they are read. */
  readonly block: number;
  /** The block's shared memory, where it is new; otherwise it is what came before: values, and octets behind them. */
  readonly memory: SharedArrayBuffer | null;
  readonly valuesLength: number;
  readonly octetsLength: number;
  readonly startNs: bigint | null;
  readonly bytesRead: number;
  readonly bytesTotal: number | null;
}

/** From the thread that follows frames. */
export type FollowerMessage =
  | FindingsBlock
  | { readonly kind: "end"; readonly facts: FrameFacts; readonly capture: CaptureSummary }
  | { readonly kind: "failure"; readonly message: string; readonly status: number }
  | { readonly kind: "bug"; readonly error: unknown };

/** To it: the block of this number was read. */
export interface BlockRead {
  readonly block: number;
}

/** The findings that lie in a block's memory. */
export function findingsIn(
  memory: SharedArrayBuffer,
  valuesLength: number,
  octetsLength: number,
): { values: Float64Array; octets: Uint8Array } {
  const values = new Float64Array(memory, 0, valuesLength);
  return { values, octets: new Uint8Array(memory, values.byteLength, octetsLength) };
}
