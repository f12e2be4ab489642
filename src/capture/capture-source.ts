/** Where a capture's bytes come from: a path, `"-"` (standard input), bytes in memory, or a stream of bytes. */
export type CaptureSource = string | Uint8Array | AsyncIterable<Uint8Array>;
