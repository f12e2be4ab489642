/** The recording of a run: whole records, in one file or in several that follow one another. */
import { Failure } from "../failure.ts";
import { message } from "../words/message.ts";
import type { RecordingRequest } from "./live-session.ts";
import type { RecordingState } from "./live-snapshot.ts";
import { type RecordChunk, recordsWithin, sliceOf } from "./record-chunk.ts";
import { clearRotatedSet, lockRecording, RecordingFile, reasonNotWritten } from "./recording-file.ts";
import type { RecordingLock } from "./recording-lock.ts";
import { rotatedPath } from "./recording-path.ts";
import { type FilePart, Rotation } from "./rotation.ts";

/** A piece that is written into one file at once. */
interface Go {
  readonly head: Buffer | null;
  readonly chunks: RecordChunk[];
}

export class Recording {
  readonly #request: RecordingRequest;
  readonly #rotates: boolean;
  readonly #lock: RecordingLock | null;
  #rotation: Rotation | null = null;
  #file: RecordingFile;
  /** Files that ended before the current one: all of them hold records. */
  readonly #ended: string[] = [];
  #endedBytes = 0;
  #frames = 0;
  #failure: Failure | null = null;
  #closed = false;

  private constructor(
    request: RecordingRequest,
    rotates: boolean,
    lock: RecordingLock | null,
    file: RecordingFile,
  ) {
    this.#request = request;
    this.#rotates = rotates;
    this.#lock = lock;
    this.#file = file;
  }

  /**
   * Opens the first file.
   * @throws Failure where it can't be written, is there already and may not be replaced, or another process records into it
   */
  static async open(request: RecordingRequest): Promise<Recording> {
    const { path, gzip, rotateBytes, rotateSeconds, overwrite = false } = request;
    const rotates = rotateBytes !== null || rotateSeconds !== null;
    const lock = await lockRecording(path);
    try {
      if (rotates) await clearRotatedSet(path, overwrite);
      const first = rotates ? rotatedPath(path, 1) : path;
      return new Recording(request, rotates, lock, await RecordingFile.open(first, { gzip, overwrite }));
    } catch (error) {
      await lock?.release();
      throw error;
    }
  }

  get state(): RecordingState {
    const { path, bytes } = this.#file;
    return {
      files: this.#closed && bytes === 0 ? [...this.#ended] : [...this.#ended, path],
      bytes: this.#endedBytes + bytes,
      failure: this.#failure?.words ?? null,
    };
  }

  /** Why the recording ended early; `null` while it goes on. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /**
   * Writes records.
   * @returns what is stored of them: all, or where writing failed what came before
   */
  async append(chunks: readonly RecordChunk[], format: "pcap" | "pcapng"): Promise<readonly RecordChunk[]> {
    const stored: RecordChunk[] = [];
    for (const go of this.#goes(chunks, format)) {
      if (this.#failure === null) stored.push(...(await this.#store(go)));
    }
    // Rotation's last blocks are stored in time, if nothing failed.
    return this.#failure === null ? chunks : stored;
  }

  /** Frames that are stored. */
  get frames(): number {
    return this.#frames;
  }

  /** Ends the recording. */
  async close(): Promise<void> {
    const last = this.#rotation?.end() ?? Buffer.alloc(0);
    if (last.length > 0) await this.#file.write(last, () => 0);
    await this.#file.close();
    await this.#lock?.release();
    this.#closed = true;
    this.#checkFile();
  }

  #goes(chunks: readonly RecordChunk[], format: "pcap" | "pcapng"): Go[] {
    if (!this.#rotates) return [{ head: null, chunks: [...chunks] }];
    const { rotateBytes: bytes, rotateSeconds: seconds } = this.#request;
    this.#rotation ??= new Rotation(format, { bytes, seconds });
    const goes: Go[] = [];
    for (const chunk of chunks) for (const part of this.#rotation.split(chunk)) addPart(goes, part);
    return goes;
  }

  async #store({ head, chunks }: Go): Promise<RecordChunk[]> {
    if (head !== null) await this.#nextFile();
    if (this.#failure !== null) return [];
    const headLength = head?.length ?? 0;
    const bytes = Buffer.concat([head ?? Buffer.alloc(0), ...chunks.map((chunk) => chunk.bytes)]);
    const stored = await this.#file.write(bytes, (written) =>
      written < headLength ? 0 : headLength + byteLength(wholeWithin(chunks, written - headLength)),
    );
    const kept = wholeWithin(chunks, stored - headLength);
    for (const { frames } of kept) this.#frames += frames;
    this.#checkFile();
    return kept;
  }

  async #nextFile(): Promise<void> {
    await this.#file.close();
    this.#checkFile();
    if (this.#failure !== null) return;
    const { path, gzip, overwrite = false } = this.#request;
    try {
      const next = await RecordingFile.open(rotatedPath(path, this.#ended.length + 2), { gzip, overwrite });
      this.#ended.push(this.#file.path);
      this.#endedBytes += this.#file.bytes;
      this.#file = next;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.#failure = error;
    }
  }

  #checkFile(): void {
    const { path, error } = this.#file;
    if (error === null) return;
    this.#failure ??= new Failure(message("recordingEnded", path, reasonNotWritten(error), this.#frames));
  }
}

/** Parts that go on in the same file are written together. */
function addPart(goes: Go[], { head, chunk }: FilePart): void {
  const last = goes.at(-1);
  if (head === null && last !== undefined) last.chunks.push(chunk);
  else goes.push({ head, chunks: [chunk] });
}

/** The whole records in the first `length` bytes of chunks that follow one another. */
function wholeWithin(chunks: readonly RecordChunk[], length: number): RecordChunk[] {
  const whole: RecordChunk[] = [];
  let left = length;
  for (const chunk of chunks) {
    const records = recordsWithin(chunk, left);
    if (records > 0) whole.push(sliceOf(chunk, 0, records));
    if (records < chunk.ends.length) break;
    left -= chunk.bytes.length;
  }
  return whole;
}

function byteLength(chunks: readonly RecordChunk[]): number {
  return chunks.reduce((sum, { bytes }) => sum + bytes.length, 0);
}
