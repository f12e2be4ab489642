import { type Message, message } from "../words/message.ts";
import type { ByteFault, ByteSource } from "./byte-source.ts";

/** A Blob's name: a File's own, with the folder that it was chosen in, if any. */
export function blobName(blob: Blob): string {
  const { webkitRelativePath = "", name = "" } = blob as { webkitRelativePath?: string; name?: string };
  return webkitRelativePath || name || "blob";
}

/** A Blob, or a File that a browser's user chose: read in slices, so that memory holds one of them at a time. */
export class BlobBytes implements ByteSource {
  readonly name: string;
  readonly size: number;
  bytesRead = 0;
  fault: ByteFault | null = null;
  readonly #blob: Blob;

  readonly reopen = async (): Promise<ByteSource> => new BlobBytes(this.#blob);

  constructor(blob: Blob) {
    this.#blob = blob;
    this.name = blobName(blob);
    this.size = blob.size;
  }

  async read(target: Uint8Array): Promise<number> {
    if (this.fault !== null || this.bytesRead >= this.size) return 0;
    try {
      const slice = this.#blob.slice(this.bytesRead, this.bytesRead + target.length);
      const bytes = new Uint8Array(await slice.arrayBuffer());
      target.set(bytes);
      this.bytesRead += bytes.length;
      return bytes.length;
    } catch (error) {
      this.fault = { code: "read-error", what: this.#unreadable(error) };
      return 0;
    }
  }

  async close(): Promise<void> {}

  /** A browser names the kind of an error: `NotReadableError`, of a file that was changed or taken away meanwhile. */
  #unreadable(error: unknown): Message {
    return message("byteUnreadable", this.bytesRead, error instanceof Error ? error.name : String(error));
  }
}
