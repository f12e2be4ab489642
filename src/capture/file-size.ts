/** Sizes of files, before they are opened. What is wrong with one is said then. */
import { statSync } from "node:fs";

/** Bytes of a file; `null` where there is none, or it can't be told. */
export function fileBytes(path: string): number | null {
  try {
    const info = statSync(path);
    return info.isFile() ? info.size : null;
  } catch {
    return null;
  }
}

/** Bytes of files together; `null` where one is none, or is `-`. */
export function filesBytes(paths: readonly string[]): number | null {
  let bytes = 0;
  for (const path of paths) {
    const size = path === "-" ? null : fileBytes(path);
    if (size === null) return null;
    bytes += size;
  }
  return bytes;
}
