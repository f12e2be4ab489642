/** Where a capture's bytes come from: a path, `"-"` (standard input), bytes in memory, a Blob or File, or a stream of bytes. */
export type CaptureSource = string | Uint8Array | Blob | AsyncIterable<Uint8Array>;

/** Whether all of a capture can be read again: standard input and streams are gone once they were read. */
export function canBeReadTwice(sources: CaptureSource | readonly CaptureSource[]): boolean {
  const list = Array.isArray(sources) ? sources : [sources];
  return list.every((one) =>
    typeof one === "string" ? one !== "-" : one instanceof Uint8Array || one instanceof Blob,
  );
}
