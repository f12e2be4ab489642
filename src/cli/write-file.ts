/** Writing the user's files. */

import { accessSync, constants, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";
import { systemReason } from "./system-reason.ts";

/**
 * Makes a folder if it isn't there, and makes sure that it can be written into.
 * @returns takes back what was made, as far as nothing lies in it
 * @throws Failure
 */
export function prepareFolder(path: string): () => void {
  try {
    const highest = mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
    return () => {
      if (highest !== undefined) removeEmpty(resolve(path), resolve(highest));
    };
  } catch (error) {
    throw new Failure(message("folderNotWritten", path, systemReason(error)));
  }
}

/**
 * Does long work whose results go into a folder, which is made before, so that the work isn't done for nothing, and taken away
 * again where the work fails with nothing in it.
 * @param folder `null`: nothing is written
 * @throws Failure, and what the work throws
 */
export async function withFolder<Result>(
  folder: string | null,
  work: () => Promise<Result>,
): Promise<Result> {
  const removeIfEmpty = folder === null ? () => undefined : prepareFolder(folder);
  try {
    return await work();
  } catch (error) {
    removeIfEmpty();
    throw error;
  }
}

/** Removes empty folders from the lowest to the highest. */
function removeEmpty(lowest: string, highest: string): void {
  try {
    rmdirSync(lowest);
    if (lowest !== highest) removeEmpty(dirname(lowest), highest);
  } catch {
    // Something lies in it, or somebody else took it away.
  }
}

/**
 * Writes a file, with the folders that it lies in.
 * @throws Failure
 */
export function writeFile(path: string, content: string | Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  } catch (error) {
    throw new Failure(message("fileNotWritten", path, systemReason(error)));
  }
}
