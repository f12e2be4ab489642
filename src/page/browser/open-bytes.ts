/** `capture/open-bytes.ts` in a browser: files that the user chose, and bytes in memory. */
import { BlobBytes } from "../../capture/blob-bytes.ts";
import type { ByteSource } from "../../capture/byte-source.ts";
import type { CaptureSource } from "../../capture/capture-source.ts";
import { MemoryBytes } from "../../capture/memory-bytes.ts";

/** Opens a capture's bytes. A page knows no paths and no streams: to ask for one is a bug. */
export async function openByteSource(source: CaptureSource): Promise<ByteSource> {
  if (source instanceof Blob) return new BlobBytes(source);
  if (source instanceof Uint8Array) return new MemoryBytes(source);
  throw new Error("a page opens files and bytes only");
}

({ openByteSource }) satisfies typeof import("../../capture/open-bytes.ts");
