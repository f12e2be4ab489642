/**
 * A capture as pcapng with what was found in it: names of addresses (a name resolution block) and comments on frames. Frames are
 * as they were; pcapng's blocks are copied to the last bit, but for packets that get a comment and for stated lengths of sections.
 */
import { CHUNK_BYTES, ChunkMemory } from "./chunk-reader.ts";
import { FrameBatch } from "./frame.ts";
import {
  BLOCK,
  ENHANCED_PACKET,
  isNumbered,
  OBSOLETE_PACKET,
  SECTION_HEADER,
  sectionIsLittleEndian,
} from "./pcapng.ts";
import { type AddressName, PcapngBlocks, withOpenEnd } from "./pcapng-blocks.ts";
import { type ParsedPart, SourceReader } from "./source-reader.ts";

/** What is to be written into a capture. */
export interface Annotations {
  readonly names: readonly AddressName[];
  /** By the frame's number in Wireshark, over all files. */
  readonly comments: ReadonlyMap<number, string>;
}

const ETHERNET = 1;

/**
 * The capture piece by piece, each valid until the next is asked for; what is damaged ends a file, as in an analysis.
 * @param paths in the order in which the run was recorded
 * @throws Failure where one can't be read
 */
export async function* annotatedCapture(
  paths: readonly string[],
  annotations: Annotations,
): AsyncGenerator<Uint8Array> {
  const batch = new FrameBatch();
  const memory = new ChunkMemory(batch);
  let frames = 0;
  for (const path of paths) {
    const reader = await SourceReader.open(path, CHUNK_BYTES, memory);
    try {
      const file = reader.parser.format === "pcap" ? new PcapFile(reader) : new PcapngFile();
      for (let part = await reader.nextPart(batch); part !== null; part = await reader.nextPart(batch))
        yield* file.pieces(batch, part, annotations, frames);
      frames += file.frames;
      yield* file.end(annotations);
    } finally {
      await reader.close();
    }
  }
}

/** One file under way. */
interface AnnotatedFile {
  /** Frames so far. */
  frames: number;
  /** @param before frames of earlier files */
  pieces(batch: FrameBatch, part: ParsedPart, annotations: Annotations, before: number): Iterable<Uint8Array>;
  end(annotations: Annotations): Iterable<Uint8Array>;
}

/** Classic pcap: every record becomes a block. */
class PcapFile implements AnnotatedFile {
  frames = 0;
  readonly #reader: SourceReader;
  readonly #blocks = new PcapngBlocks(true);
  #hasBegun = false;

  constructor(reader: SourceReader) {
    this.#reader = reader;
  }

  *pieces(
    batch: FrameBatch,
    _part: ParsedPart,
    annotations: Annotations,
    before: number,
  ): Iterable<Uint8Array> {
    const startNs = this.#reader.parser.startNs ?? 0n;
    const pieces: Uint8Array[] = [];
    for (let row = 0; row < batch.count; row++) {
      if (!this.#hasBegun) pieces.push(...this.#begin(annotations, batch.linkType[row] ?? ETHERNET));
      const start = batch.offset[row] ?? 0;
      const frame = {
        timeNs: startNs + BigInt(batch.timeNs[row] ?? 0),
        wireLength: batch.wireLength[row] ?? 0,
        bytes: batch.bytes.subarray(start, start + (batch.capturedLength[row] ?? 0)),
      };
      pieces.push(this.#blocks.packet(frame, annotations.comments.get(before + ++this.frames) ?? ""));
    }
    yield Buffer.concat(pieces);
  }

  *end(annotations: Annotations): Iterable<Uint8Array> {
    if (!this.#hasBegun) yield* this.#begin(annotations, ETHERNET);
  }

  #begin({ names }: Annotations, linkType: number): Uint8Array[] {
    this.#hasBegun = true;
    const blocks = this.#blocks;
    return [
      blocks.section(),
      ...(names.length === 0 ? [] : [blocks.names(names)]),
      blocks.interface(linkType),
    ];
  }
}

/** pcapng: whole blocks, of which few are written anew. */
class PcapngFile implements AnnotatedFile {
  frames = 0;
  #littleEndian = true;
  #hasNames = false;

  *pieces(
    batch: FrameBatch,
    { start, end }: ParsedPart,
    annotations: Annotations,
    before: number,
  ): Iterable<Uint8Array> {
    const { view, bytes } = batch;
    let written = start;
    for (let at = start; at < end; ) {
      const isSection = view.getUint32(at + BLOCK.TYPE, true) === SECTION_HEADER;
      if (isSection) this.#littleEndian = sectionIsLittleEndian(view, at) ?? this.#littleEndian;
      const type = view.getUint32(at + BLOCK.TYPE, this.#littleEndian);
      // Blocks lie on multiples of four whatever some writers state.
      const next = at + ((view.getUint32(at + BLOCK.LENGTH, this.#littleEndian) + 3) & ~3);
      const block = bytes.subarray(at, next);
      const anew = isSection
        ? this.#section(block, annotations)
        : this.#packet(block, type, annotations, before);
      if (anew !== null) {
        yield bytes.subarray(written, at);
        yield anew;
        written = next;
      }
      at = next;
    }
    yield bytes.subarray(written, end);
  }

  *end(): Iterable<Uint8Array> {}

  #section(block: Buffer, { names }: Annotations): Buffer {
    const open = withOpenEnd(block);
    if (this.#hasNames || names.length === 0) return open;
    this.#hasNames = true;
    return Buffer.concat([open, new PcapngBlocks(this.#littleEndian).names(names)]);
  }

  /** `null`: it stays as it is. Simple packets have no place for a comment. */
  #packet(block: Buffer, type: number, { comments }: Annotations, before: number): Buffer | null {
    if (!isNumbered(type)) return null;
    const comment = comments.get(before + ++this.frames);
    if (comment === undefined || (type !== ENHANCED_PACKET && type !== OBSOLETE_PACKET)) return null;
    return new PcapngBlocks(this.#littleEndian).commented(block, comment);
  }
}
