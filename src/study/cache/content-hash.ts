import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

const CHUNK_BYTES = 1 << 20;

/**
 * SHA-256 of the files' contents, one after the other, each by its own hash so that boundaries count.
 * @returns `null` where one of them can't be read
 */
export async function contentHash(paths: readonly string[]): Promise<string | null> {
  try {
    const hashes: string[] = [];
    for (const path of paths) hashes.push(await fileHash(path));
    const [only] = hashes;
    return hashes.length === 1 && only !== undefined
      ? only
      : createHash("sha256").update(hashes.join("\n")).digest("hex");
  } catch {
    // Why it can't be read, the analysis says better.
    return null;
  }
}

/** A hash of captures together with the keys that they are read with. */
export function hashWithKeys(hash: string, keys: string | undefined): string {
  return keys === undefined ? hash : createHash("sha256").update(`${hash}\n${keys}`).digest("hex");
}

async function fileHash(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) hash.update(chunk);
  return hash.digest("hex");
}
