/**
 * Where bytes come from: a file, standard input, a stream, memory, or any of these uncompressed. Whoever reads
 * brings the memory, so that a file's bytes are never copied inside the process.
 */
import type { Message } from "../words/message.ts";

/** Why a source ended before its end. */
export interface ByteFault {
  readonly code: "cut-tail" | "damaged-data" | "read-error";
  /** The fault, as the end of a sentence: `the gzip data ends early, after byte 12345`. */
  readonly what: Message;
}

/** Bytes, read front to back. */
export interface ByteSource {
  /** The path, or `-`, `buffer`, `stream`. */
  readonly name: string;
  /** Size as stored (compressed) in bytes, `null` where it isn't known. */
  readonly size: number | null;
  /** Bytes read so far, as stored. */
  readonly bytesRead: number;
  /** Opens the same bytes again from their start; `null` where they come only once. */
  readonly reopen: (() => Promise<ByteSource>) | null;
  /** Set when the source ended early; what was read before is good. */
  readonly fault: ByteFault | null;
  /**
   * Fills `target` from its start with at least one byte and as many as are there, and returns how many; 0 at
   * the end, also when that comes early (see `fault`). Never rejects. Not to be called while a call is pending.
   */
  read(target: Uint8Array): Promise<number>;
  /** Releases what the source holds; harmless when called twice. Don't read afterwards. */
  close(): Promise<void>;
}
