/**
 * Files that lbqos keeps for itself, named by what they depend on. What can't be read counts as absent, what can't be
 * written is not kept: a cache is a convenience.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "../../capture/system-error.ts";

/** Entries that were not used for so long are deleted. */
const KEPT_DAYS = 60;
const MS_PER_DAY = 86_400_000;
/** Nothing else in the folder is touched. */
const OWN_NAME = /^[0-9a-f]{64}\.\w+$|^[0-9a-f-]{36}\.tmp$/;

/** The name of an entry: a hash of everything that it depends on. */
export function entryName(dependencies: readonly unknown[], extension: string): string {
  return `${createHash("sha256").update(JSON.stringify(dependencies)).digest("hex")}.${extension}`;
}

/** An entry's bytes, `null` where it is not there. */
export async function readEntry(folder: string, name: string): Promise<Buffer | null> {
  const path = join(folder, name);
  try {
    const bytes = await readFile(path);
    const now = new Date();
    await utimes(path, now, now).catch(() => undefined);
    return bytes;
  } catch {
    return null;
  }
}

/**
 * Written under another name and then moved into place, so that a reader never sees half of it.
 * @returns why it could not be written, the system's name for it (`ENOSPC`); `null`: it was
 */
export async function writeEntry(
  folder: string,
  name: string,
  content: string | Uint8Array,
): Promise<string | null> {
  const unfinished = join(folder, `${randomUUID()}.tmp`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(unfinished, content, { mode: 0o600 });
    await rename(unfinished, join(folder, name));
    return null;
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    return errorCode(error);
  }
}

/** Deletes entries that nobody used for long. */
export async function deleteOldEntries(folder: string): Promise<void> {
  const oldest = Date.now() - KEPT_DAYS * MS_PER_DAY;
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => OWN_NAME.test(one))) {
    const path = join(folder, name);
    const status = await stat(path).catch(() => null);
    if (status !== null && status.mtimeMs < oldest) await rm(path, { force: true }).catch(() => undefined);
  }
}
