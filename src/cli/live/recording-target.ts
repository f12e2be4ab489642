/** Where a run is recorded: checked before anything is captured, so that no capture is done for nothing. */

import { existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Failure } from "../../failure.ts";
import type { RecordingRequest } from "../../live/live-session.ts";
import { isRotatedName } from "../../live/recording-path.ts";
import { message } from "../../words/message.ts";
import { systemReason } from "../system-reason.ts";
import type { RecordingTarget } from "./live-request.ts";

/**
 * @param replayed the capture that is replayed, which must not be overwritten; `null`: none is
 * @throws Failure where a recording is there already and isn't to be replaced, or its folder can't be made
 */
export function recordingRequest(
  { path, rotateBytes, rotateSeconds }: RecordingTarget,
  force: boolean,
  replayed: string | null,
): RecordingRequest {
  const rotates = rotateBytes !== null || rotateSeconds !== null;
  const old = rotates ? rotatedFile(path) : existsSync(path) ? path : null;
  if (old !== null && isFolder(old)) throw new Failure(message("targetIsFolder", old));
  if (old !== null && replayed !== null && isSameFile(old, replayed)) {
    throw new Failure(message("writeOverReplayed", replayed), 2);
  }
  if (old !== null && !force) {
    throw new Failure(message("recordingIsThere", old));
  }
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw new Failure(message("folderNotMade", dirname(path), systemReason(error)));
  }
  return { path, rotateBytes, rotateSeconds, gzip: /\.gz$/i.test(path), overwrite: force };
}

/** A file of an earlier set of the same name. */
function rotatedFile(path: string): string | null {
  const folder = dirname(path);
  const names = existsSync(folder) && isFolder(folder) ? readdirSync(folder).sort() : [];
  const name = names.find((one) => isRotatedName(basename(path), one));
  return name === undefined ? null : join(folder, name);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The same file, however it is spelled or linked. */
function isSameFile(a: string, b: string): boolean {
  const [first, second] = [a, b].map((path) => statSync(path, { throwIfNoEntry: false }));
  return first !== undefined && first.dev === second?.dev && first.ino === second.ino;
}
