import type { Message } from "../words/message.ts";
import type { FrameBatch } from "./frame.ts";

/** Why a parser cannot go on; its frames so far are good. */
export interface Damage {
  readonly code: "damaged-block" | "unsupported-section";
  /** The fault, as the end of a sentence: `a record of 4000000000 bytes`. */
  readonly what: Message;
}

/**
 * How frames lie in bytes: a parser of one file format. It is pushed bytes in pieces of any size and fills
 * batches; it knows nothing about where the bytes come from.
 */
export interface FrameParser {
  readonly format: "pcap" | "pcapng";
  /** Absolute time of `timeNs` 0 (this source's first frame that has a time), ns since 1970; `null` before. */
  readonly startNs: bigint | null;
  /** Set once parsing stopped for good: the offset that `parse` returned is where the damage lies. */
  readonly damage: Damage | null;
  /** Interfaces seen so far; `interfaceIndex` of a frame is below it. */
  readonly interfaceCount: number;
  /** Packets that the recorder says it dropped, `null` where it doesn't say. */
  readonly recorderDrops: number | null;
  /** Frames that came without a time (pcapng's simple packet blocks) and took that of the frame before. */
  readonly untimedFrames: number;
  /** Secrets of TLS sessions that the file has brought since the last time: text of a key log; empty without. */
  takeSecrets(): string;
  /**
   * Appends the complete frames of `batch.bytes` from `start` to `end`, until the batch's columns are full.
   * @returns where the first byte lies that was not consumed; it must come first in the next call
   */
  parse(batch: FrameBatch, start: number, end: number): number;
}
