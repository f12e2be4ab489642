/**
 * One file of a recording. It always ends where a record ends: what could not be written whole is cut off again.
 * Compressed, each piece is a gzip member of its own (RFC 1952 §2.2), so that this holds there too, and a reader needs
 * nothing that comes later.
 */
import { constants } from "node:fs";
import { type FileHandle, open, readdir, realpath, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { gzip, type ZlibOptions, constants as zlib } from "node:zlib";
import { errorCode } from "../capture/system-error.ts";
import { Failure } from "../failure.ts";
import { type Message, message } from "../words/message.ts";
import { lockPath, RecordingLock } from "./recording-lock.ts";
import { isRotatedName } from "./recording-path.ts";

/** The recorder must keep up: zlib's quickest level takes a third of the time of its usual one. */
const COMPRESSION: ZlibOptions = { level: zlib.Z_BEST_SPEED };
const compressed = promisify<Uint8Array, ZlibOptions, Buffer>(gzip);

export interface RecordingFileOptions {
  readonly gzip: boolean;
  /** Replace a file that is there already. */
  readonly overwrite: boolean;
}

export class RecordingFile {
  readonly path: string;
  /** Bytes that are stored. */
  bytes = 0;
  /** Why writing failed, the system's name for it; `null`: it didn't. Nothing is written afterwards. */
  error: string | null = null;
  readonly #handle: FileHandle;
  readonly #gzip: boolean;
  /** A file of a file system, and no pipe or device. */
  readonly #isFile: boolean;

  private constructor(path: string, handle: FileHandle, gzip: boolean, isFile: boolean) {
    this.path = path;
    this.#handle = handle;
    this.#gzip = gzip;
    this.#isFile = isFile;
  }

  /**
   * Opens a new file. One that is replaced keeps its content until the first write.
   * @throws Failure where it can't be written, or is there already and may not be replaced
   */
  static async open(path: string, options: RecordingFileOptions): Promise<RecordingFile> {
    try {
      const there = await stat(path).catch(() => null);
      const isFile = there === null || there.isFile();
      const exclusive = isFile && !options.overwrite ? constants.O_EXCL : 0;
      const handle = await open(path, constants.O_WRONLY | constants.O_CREAT | exclusive);
      return new RecordingFile(path, handle, options.gzip, isFile);
    } catch (error) {
      throw new Failure(message("recordingNotOpened", path, reasonNotOpened(errorCode(error))));
    }
  }

  /**
   * Writes bytes behind those that are stored.
   * @param whole how many of the bytes may stay when only a part could be written
   * @returns how many of the bytes are stored: all of them, or less with `error` set
   */
  async write(bytes: Uint8Array, whole: (written: number) => number): Promise<number> {
    if (this.error !== null) return 0;
    let written = 0;
    try {
      const stored = this.#gzip ? await compressed(bytes, COMPRESSION) : bytes;
      if (this.bytes === 0 && this.#isFile) await this.#handle.truncate(0);
      while (written < stored.length) {
        const position = this.#isFile ? this.bytes + written : null;
        written += (await this.#handle.write(stored, written, stored.length - written, position))
          .bytesWritten;
      }
      this.bytes += written;
      return bytes.length;
    } catch (error) {
      this.error = errorCode(error);
      const kept = this.#gzip ? 0 : whole(written);
      this.bytes += kept;
      if (this.#isFile) await this.#handle.truncate(this.bytes).catch(() => undefined);
      return kept;
    }
  }

  /** Closes the file when it is on the disk, and removes it where nothing was stored in it. */
  async close(): Promise<void> {
    try {
      const isEmpty = this.bytes === 0 && this.#isFile && (await this.#handle.stat()).size === 0;
      if (this.bytes > 0 && this.#isFile) await this.#handle.sync();
      await this.#handle.close();
      if (isEmpty) await rm(this.path, { force: true });
      else if (this.#isFile) await syncFolder(dirname(this.path));
    } catch (error) {
      // Some network file systems tell only now that they could not store what they took.
      this.error ??= errorCode(error);
    }
  }
}

/** A new file's name is on the disk when its folder is (fsync(2)). */
async function syncFolder(path: string): Promise<void> {
  // Not every file system can, and none but the name depends on it.
  const folder = await open(path, constants.O_RDONLY).catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

/**
 * Takes the recording's lock.
 * @returns the lock; `null` for a pipe or device, which has no file beside it
 * @throws Failure where another process records into it, or no file can be made there
 */
export async function lockRecording(path: string): Promise<RecordingLock | null> {
  const there = await stat(path).catch(() => null);
  if (there !== null && !there.isFile()) return null;
  try {
    const lock = await RecordingLock.take(there === null ? path : await realpath(path));
    if (lock instanceof RecordingLock) return lock;
    const host = lock.host === hostname() ? null : lock.host;
    throw new Failure(message("recordedAlready", path, lock.pid, host, lockPath(path)));
  } catch (error) {
    if (error instanceof Failure) throw error;
    const code = errorCode(error);
    // Nobody can record there: the first write says so, and the run goes on without a recording until then.
    if (code === "ENOSPC" || code === "EDQUOT") return null;
    throw new Failure(message("recordingNotOpened", path, reasonNotOpened(code)));
  }
}

/**
 * Makes room for a rotated set: files of an earlier one would be taken for parts of this one.
 * @throws Failure where there are such files and they may not be replaced
 */
export async function clearRotatedSet(path: string, overwrite: boolean): Promise<void> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  const old = names.filter((name) => isRotatedName(basename(path), name)).sort();
  const [first] = old;
  if (first !== undefined && !overwrite) {
    throw new Failure(message("recordingNotOpened", join(folder, first), reasonNotOpened("EEXIST")));
  }
  for (const name of old) await rm(join(folder, name), { force: true });
}

function reasonNotOpened(code: string): Message {
  switch (code) {
    case "EEXIST":
      return message("existsAlready");
    case "ENOENT":
    case "ENOTDIR":
      return message("noFolderToRecord");
    case "EISDIR":
      return message("recordIntoFolder");
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return message("mayNotRecord");
    case "ENOSPC":
    case "EDQUOT":
      return message("diskFull");
    default:
      return message("cannotRecord", code);
  }
}

/** Why a recording under way ended, as the end of a sentence, with what to do. */
export function reasonNotWritten(code: string): Message {
  switch (code) {
    case "ENOSPC":
      return message("diskFull");
    case "EDQUOT":
      return message("quotaUsed");
    case "EFBIG":
      return message("fileTooLarge");
    default:
      return message("cannotRecordMore", code);
  }
}
