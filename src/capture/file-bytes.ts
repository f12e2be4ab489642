import { type FileHandle, open } from "node:fs/promises";
import { Failure } from "../failure.ts";
import type { ByteFault, ByteSource } from "./byte-source.ts";

/**
 * Opens a file (or a named pipe) for reading.
 * @throws Failure when there is no such file, it is a directory, or it may not be read
 */
export async function openFileBytes(path: string): Promise<ByteSource> {
  let handle: FileHandle;
  try {
    handle = await open(path);
  } catch (error) {
    throw new Failure(`${path}: ${reasonNotOpened(error)}`);
  }
  const info = await handle.stat();
  if (info.isDirectory()) {
    await handle.close();
    throw new Failure(`${path}: is a directory; name the captures in it, for example ${path}/*.pcapng`);
  }
  return new FileBytes(path, handle, info.isFile() ? info.size : null);
}

function reasonNotOpened(error: unknown): string {
  const code = errorCode(error);
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return "no such file; check the name and the folder";
    case "EACCES":
    case "EPERM":
      return "no permission to read it; change its mode (chmod +r) or ask its owner";
    case "EMFILE":
    case "ENFILE":
      return "too many files are open; raise the limit (ulimit -n)";
    default:
      return `can't be opened (${code}); check the name and the disk`;
  }
}

/** The system's name of an error (`EIO`), or its message. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}

class FileBytes implements ByteSource {
  readonly name: string;
  readonly size: number | null;
  bytesRead = 0;
  fault: ByteFault | null = null;
  readonly #handle: FileHandle;
  /** `FileHandle.close` waits for pending reads. */
  #closed = false;

  constructor(name: string, handle: FileHandle, size: number | null) {
    this.name = name;
    this.#handle = handle;
    this.size = size;
  }

  get reopenable(): boolean {
    return this.size !== null;
  }

  async read(target: Uint8Array): Promise<number> {
    try {
      const { bytesRead } = await this.#handle.read(target, 0, target.length, null);
      this.bytesRead += bytesRead;
      return bytesRead;
    } catch (error) {
      const what = `byte ${this.bytesRead} can't be read (${errorCode(error)})`;
      this.fault = { code: "read-error", what };
      return 0;
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#handle.close();
  }
}
