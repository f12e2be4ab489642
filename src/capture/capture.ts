import type { Warning } from "../failure.ts";
import type { FrameBatch } from "./frame.ts";

/** How frames lie in a capture's bytes; `mixed` when the files of one run differ. */
export type CaptureFormat = "pcap" | "pcapng" | "mixed";

/** A source after the first one. */
export interface FileStart {
  readonly name: string;
  /** Number of its first frame, counted over all sources from 1. */
  readonly frame: number;
}

/**
 * One open capture: one run, read front to back, from one source or several (a rotated set, parts of one time).
 * Use: `while ((batch = await capture.nextBatch()) !== null) …`, then read the facts, then `close()`.
 */
export interface Capture {
  /** Names of the sources, in the order in which they are read (`-` standard input, `buffer`, `stream`). */
  readonly files: readonly string[];
  /** Format of the sources read so far. */
  readonly format: CaptureFormat;
  /** Absolute time of `timeNs` 0, in nanoseconds since 1970-01-01T00:00Z; `null` while no frame was read. */
  readonly startNs: bigint | null;
  /**
   * Packets that the recorder says it dropped (pcapng interface statistics: isb_ifdrop, else
   * isb_filteraccept − isb_usrdeliv, …; last block per interface, summed); `null` where no file says.
   */
  readonly recorderDrops: number | null;
  /** Where each further source of the run begins; frames of others may follow where they are of one time. */
  readonly fileStarts: readonly FileStart[];
  /** Bytes read from the sources so far, as stored (compressed), for progress. */
  readonly bytesRead: number;
  /** Size of all sources in bytes as stored, `null` where one of them doesn't say (a stream). */
  readonly bytesTotal: number | null;
  /** Doubts found so far: a cut tail, a damaged block, a lost file. */
  readonly warnings: readonly Warning[];
  /** Secrets of TLS sessions that came with the frames since the last time: text of a key log (RFC 9850); empty without. */
  takeSecrets(): string;
  /** The next frames, or `null` at the end. The batch is reused: it is valid until the next call. */
  nextBatch(): Promise<FrameBatch | null>;
  /** Releases files and streams; harmless when called twice. */
  close(): Promise<void>;
}
