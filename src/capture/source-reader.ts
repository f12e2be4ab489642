import { Failure, type Warning, warningOf } from "../failure.ts";
import { type Message, message } from "../words/message.ts";
import type { ByteSource } from "./byte-source.ts";
import type { CaptureSource } from "./capture-source.ts";
import { CHUNK_BYTES, ChunkMemory, ChunkReader } from "./chunk-reader.ts";
import { HEAD_BYTES, IDENTIFYING_BYTES, identify } from "./file-kind.ts";
import { FrameBatch } from "./frame.ts";
import type { FrameParser } from "./frame-parser.ts";
import { openByteSource } from "./open-bytes.ts";
import { PcapParser } from "./pcap.ts";
import { PcapngParser } from "./pcapng.ts";
import { PeekedBytes } from "./peeked-bytes.ts";
import { MAX_WINDOW_BYTES, zstdWindowBytes } from "./zstd-frame.ts";

/** Where in a batch's bytes the part lies that was parsed. */
export interface ParsedPart {
  readonly start: number;
  readonly end: number;
}

/** One source's frames: its bytes, uncompressed if need be, through the parser of its format. */
export class SourceReader {
  readonly bytes: ByteSource;
  readonly parser: FrameParser;
  /** The faults found in the source, once it has ended. */
  readonly warnings: Warning[] = [];
  readonly #compressed: boolean;
  readonly #chunks: ChunkReader;
  /** The batch that refers to the current chunk. */
  #heldBy: FrameBatch | null = null;
  #ended = false;

  private constructor(bytes: ByteSource, parser: FrameParser, compressed: boolean, chunks: ChunkReader) {
    this.bytes = bytes;
    this.parser = parser;
    this.#compressed = compressed;
    this.#chunks = chunks;
  }

  /**
   * Opens a source and tells its format by its first bytes.
   * @param chunkBytes bytes to read at a time
   * @param memory where the bytes go; its chunks have `chunkBytes`
   * @throws Failure when it can't be opened or is not a capture
   */
  static async open(
    source: CaptureSource,
    chunkBytes = CHUNK_BYTES,
    memory = new ChunkMemory(new FrameBatch()),
  ): Promise<SourceReader> {
    let bytes = new PeekedBytes(await openByteSource(source), HEAD_BYTES);
    try {
      let kind = await kindOf(bytes, message("notHere"));
      const compression = kind === "gzip" || kind === "zstd" ? kind : null;
      if (compression !== null) {
        bytes = new PeekedBytes(await uncompressed(bytes, compression), HEAD_BYTES);
        kind = await kindOf(bytes, message("insideData", compression));
      }
      if (kind !== "pcap" && kind !== "pcapng") {
        throw new Failure(message("compressedTwice", bytes.name));
      }
      const parser = kind === "pcap" ? new PcapParser() : new PcapngParser();
      const chunks = new ChunkReader(bytes, chunkBytes, memory);
      return new SourceReader(bytes, parser, compression !== null, chunks);
    } catch (error) {
      await bytes.close();
      throw error;
    }
  }

  /**
   * Fills the batch with the next frames, at least one; its bytes stay valid until the next call.
   * @returns false at the end
   */
  async nextBatch(batch: FrameBatch): Promise<boolean> {
    while ((await this.nextPart(batch)) !== null) if (batch.count > 0) return true;
    return false;
  }

  /**
   * Parses on: fills the batch with the frames that follow, perhaps none; its bytes stay valid until the next call.
   * @returns what was parsed of these bytes, whole records or blocks; `null` at the end
   */
  async nextPart(batch: FrameBatch): Promise<ParsedPart | null> {
    const chunks = this.#chunks;
    while (!this.#ended) {
      if (this.#heldBy === batch && batch.bytes === chunks.bytes) batch.clear();
      else batch.reset(chunks.bytes, chunks.start, chunks.end);
      this.#heldBy = batch;
      const { start } = chunks;
      const end = this.parser.parse(batch, start, chunks.end);
      chunks.consume(end);
      if (end > start) return { start, end };
      if (this.parser.damage !== null || !(await chunks.more())) this.#end();
      this.#heldBy = null;
    }
    return null;
  }

  /**
   * Why the source ended before its end, if it did.
   * @param position bytes (uncompressed) that were parsed
   * @param left bytes read behind them
   */
  earlyEnd({ damage }: Pick<FrameParser, "damage">, position: number, left: number): Warning | null {
    const { name, fault } = this.bytes;
    const place = message("atByte", position, this.#compressed);
    const again = message("restMatters");
    if (damage !== null) {
      return warningOf(damage.code, message("damagedAt", name, damage.what, place), again, name);
    }
    if (fault !== null) return warningOf(fault.code, message("endedEarly", name, fault.what), again, name);
    if (left === 0) return null;
    return warningOf("cut-tail", message("cutTail", name, place), message("recorderKilled"), name);
  }

  close(): Promise<void> {
    return this.bytes.close();
  }

  #end(): void {
    this.#ended = true;
    const { position, start, end } = this.#chunks;
    const early = this.earlyEnd(this.parser, position, end - start);
    if (early !== null) this.warnings.push(early);
    const { name } = this.bytes;
    if (this.parser.untimedFrames > 0) {
      const untimed = message("untimedFrames", name, this.parser.untimedFrames);
      this.warnings.push(warningOf("untimed-frames", untimed, message("untimedFramesAdvice"), name));
    }
  }
}

/** The format of the bytes, or a `Failure` if it is none that can be read. */
async function kindOf(bytes: PeekedBytes, where: Message): Promise<"pcap" | "pcapng" | "gzip" | "zstd"> {
  const head = await bytes.peek(IDENTIFYING_BYTES);
  if (head.length === 0 && bytes.fault === null) {
    throw new Failure(message("captureIsEmpty", bytes.name, where));
  }
  const found = identify(head);
  if (found.kind !== "other") return found.kind;
  if (bytes.fault !== null) throw new Failure(message("copyAgain", bytes.name, bytes.fault.what));
  const magic = head.toString("hex", 0, 4).replace(/..(?=.)/g, "$& ");
  const { looksLike, advice } = found;
  throw new Failure(message("notCapture", bytes.name, where, magic, looksLike, advice));
}

/** Decompressors are loaded when they are needed. */
async function uncompressed(bytes: PeekedBytes, compression: "gzip" | "zstd"): Promise<ByteSource> {
  const { DecompressedBytes } = await import("./decompressed-bytes.ts");
  if (compression === "gzip") return new DecompressedBytes(bytes, (await import("./gzip.ts")).GZIP);
  const window = zstdWindowBytes(await bytes.peek(IDENTIFYING_BYTES + 2));
  if (window > MAX_WINDOW_BYTES) {
    const need = Math.ceil(window / 2 ** 20);
    throw new Failure(message("zstdWindow", bytes.name, need));
  }
  return new DecompressedBytes(bytes, (await import("./zstd.ts")).ZSTD);
}
