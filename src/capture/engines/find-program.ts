/** Where programs are found, also in folders that Debian leaves off an ordinary user's PATH. */
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";

const SYSTEM_FOLDERS = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/** A program's file. */
export interface ProgramFile {
  readonly path: string;
  /** Whether this user may run it: Debian can keep dumpcap for the group `wireshark`. */
  readonly executable: boolean;
}

/** The first file called `name` on PATH and in the system's folders, one that may be run before others; or `null`. */
export function findProgram(name: string): ProgramFile | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const files = [...folders, ...SYSTEM_FOLDERS].map((folder) => join(folder, name)).filter(isFile);
  const path = files.find(isExecutable);
  if (path !== undefined) return { path, executable: true };
  return files[0] === undefined ? null : { path: files[0], executable: false };
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    // Not there, or in a folder that this user can't look into.
    return false;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
