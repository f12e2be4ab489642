/** Writing the user's files. */
import { accessSync, constants, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Failure } from "../failure.ts";
import { systemReason } from "./system-reason.ts";

/**
 * Makes a folder if it isn't there, and makes sure that it can be written into.
 * @throws Failure
 */
export function prepareFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw new Failure(`${path}: can't be written into: ${systemReason(error)}`);
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
    throw new Failure(`${path}: can't be written: ${systemReason(error)}`);
  }
}
