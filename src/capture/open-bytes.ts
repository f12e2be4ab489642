import { BlobBytes } from "./blob-bytes.ts";
import type { ByteSource } from "./byte-source.ts";
import type { CaptureSource } from "./capture-source.ts";
import { openFileBytes } from "./file-bytes.ts";
import { MemoryBytes } from "./memory-bytes.ts";
import { openStandardInput, StreamBytes } from "./stream-bytes.ts";

/**
 * Opens a capture's bytes. In a browser `page/browser/open-bytes.ts` stands here.
 * @throws Failure when there is no such file or it may not be read
 */
export async function openByteSource(source: CaptureSource): Promise<ByteSource> {
  if (source === "-") return openStandardInput();
  if (typeof source === "string") return openFileBytes(source);
  if (source instanceof Uint8Array) return new MemoryBytes(source);
  if (source instanceof Blob) return new BlobBytes(source);
  return new StreamBytes("stream", source);
}
