/**
 * The earlier half of an analysis: frames are decoded, connections followed, HTTP exchanges paired. A WebAssembly program
 * does it (`follower/entry.ts`), made of the packet, tcp and http rooms' own sources, in a memory of its own. A frame that is not a plain
 * one (tunnels, fragments, IPv6, other link layers) is decoded here, and its segment handed in.
 */
import type { FrameBatch } from "./capture/frame.ts";
import type { Findings } from "./follower/findings-reader.ts";
import program from "./follower/program.wasm";
import { FrameDecoder } from "./packet/decode-frame.ts";
import type { Segment } from "./packet/segment.ts";
import { countsAsTcpInWireshark, SEGMENT_DECODED } from "./packet/skip-reason.ts";

/** What the program exports. */
type Exports = typeof import("./follower/entry.ts") & {
  readonly memory: WebAssembly.Memory;
  /** Frees what is referred to no more. */
  __collect(): void;
};

/** Up to here the program's memory may grow before it is collected; then by half of what it has. */
const COLLECT_FROM_BYTES = 32 * 2 ** 20;

/** What the frames say of the capture itself. */
export interface FrameFacts {
  readonly frames: number;
  readonly bytes: number;
  /** Frames that Wireshark counts as TCP. */
  readonly tcpFrames: number;
  /** Times of the earliest and the latest frame; ±∞ without any. */
  readonly earliestNs: number;
  readonly latestNs: number;
  /** Frames that are no TCP segment, by the code of the reason. */
  readonly skipped: ReadonlyMap<number, number>;
  /** Frames recorded before the one in front of them, the largest such step, and where it was. */
  readonly backwards: number;
  readonly largestStepNs: number;
  readonly largestStepFrame: number;
  /** Segments whose payload the snap length cut. */
  readonly cutPayloads: number;
}

let compiled: WebAssembly.Module | null = null;

/** Takes frames, and says what is in them. Everything in it is synchronous. */
export class FrameFollower {
  readonly #program: Exports;
  readonly #decoder = new FrameDecoder();
  readonly #skipped = new Map<number, number>();
  /** Frames beside the program's segments that Wireshark counts as TCP. */
  #otherTcpFrames = 0;
  #collectFromBytes = COLLECT_FROM_BYTES;

  /** @param details whether exchanges carry target, host and other octets of their requests */
  constructor(details: boolean) {
    compiled ??= new WebAssembly.Module(program);
    const instance = new WebAssembly.Instance(compiled, { env: { abort, "Math.log2": Math.log2 } });
    this.#program = instance.exports as unknown as Exports;
    if (details) this.#program.start(details);
  }

  /**
   * Takes a batch of frames, in the order in which they were recorded.
   * @returns what was found in them; valid until the next call
   */
  feed(batch: FrameBatch): Findings {
    const program = this.#program;
    this.#collect();
    this.#copyRows(batch);
    program.begin(batch.count);
    for (let row = program.follow(0); row < batch.count; row = program.follow(row + 1)) {
      this.#takeOther(batch, row);
    }
    return this.#findings();
  }

  /** The capture has ended: closes what is open. @returns what was found at the end; valid until the next call */
  finish(): Findings {
    this.#program.begin(0);
    this.#program.finish();
    return this.#findings();
  }

  /** The facts so far. */
  get facts(): FrameFacts {
    const program = this.#program;
    return {
      frames: program.frames(),
      bytes: program.wireBytes(),
      tcpFrames: program.segments() + this.#otherTcpFrames,
      earliestNs: program.earliestNs(),
      latestNs: program.latestNs(),
      skipped: this.#skipped,
      backwards: program.backwards(),
      largestStepNs: program.largestStepNs(),
      largestStepFrame: program.largestStepFrame(),
      cutPayloads: program.cutPayloads(),
    };
  }

  /** Copies the frames and their columns to the program's memory, the frames to the offsets that they have. */
  #copyRows({ bytes, count, ...columns }: FrameBatch): void {
    const program = this.#program;
    let start = bytes.length;
    let end = 0;
    for (let row = 0; row < count; row++) {
      const offset = columns.offset[row] as number;
      start = Math.min(start, offset);
      end = Math.max(end, offset + (columns.capturedLength[row] as number));
    }
    program.reserve(columns.offset.length, bytes.length);
    const { buffer } = program.memory;
    if (end > start)
      new Uint8Array(buffer, program.bytesAt(), bytes.length).set(bytes.subarray(start, end), start);
    const copy = (at: number, column: ArrayLike<number>) => {
      new Int32Array(buffer, at, count).set(column);
    };
    copy(program.offsetAt(), columns.offset.subarray(0, count));
    copy(program.capturedLengthAt(), columns.capturedLength.subarray(0, count));
    copy(program.wireLengthAt(), columns.wireLength.subarray(0, count));
    copy(program.linkTypeAt(), columns.linkType.subarray(0, count));
    copy(program.interfaceIndexAt(), columns.interfaceIndex.subarray(0, count));
    new Float64Array(buffer, program.timeNsAt(), count).set(columns.timeNs.subarray(0, count));
  }

  /** A frame that is not plain. */
  #takeOther(batch: FrameBatch, row: number): void {
    const result = this.#decoder.decode(batch, row);
    if (result === SEGMENT_DECODED) {
      this.#trackOther(batch, row, this.#decoder.segment);
      return;
    }
    if (countsAsTcpInWireshark(result)) this.#otherTcpFrames++;
    this.#skipped.set(result, (this.#skipped.get(result) ?? 0) + 1);
  }

  #trackOther(batch: FrameBatch, row: number, segment: Segment): void {
    const program = this.#program;
    const isForeign = segment.bytes !== batch.bytes;
    if (isForeign) {
      const at = program.foreignAt(segment.bytes.length);
      new Uint8Array(program.memory.buffer, at, segment.bytes.length).set(segment.bytes);
    }
    for (let index = 0; index < segment.sackCount; index++) {
      program.setSackBlock(index, segment.sackLeft[index] as number, segment.sackRight[index] as number);
    }
    program.setOptions(
      segment.hasTimestamp,
      segment.timestampValue,
      segment.timestampEcho,
      segment.maximumSegmentSize,
      segment.sackCount,
    );
    program.trackOther(
      row,
      isForeign,
      segment.ipVersion,
      segment.sourceAddressOffset,
      segment.destinationAddressOffset,
      segment.ipId,
      segment.sourcePort,
      segment.destinationPort,
      segment.sequence,
      segment.acknowledgement,
      segment.flags,
      segment.window,
      segment.payloadOffset,
      segment.payloadLength,
      segment.capturedPayloadLength,
    );
  }

  #findings(): Findings {
    const program = this.#program;
    const { buffer } = program.memory;
    const copies = Array.from({ length: program.copyCount() }, (_, index) =>
      new Uint8Array(buffer, program.copyAt(index), program.copyLength(index)).slice(),
    );
    const values = new Float64Array(buffer, program.valuesAt(), program.valuesLength());
    return { values, length: values.length, copies };
  }

  /** Frees memory when much was taken since the last time. */
  #collect(): void {
    const { memory } = this.#program;
    if (memory.buffer.byteLength <= this.#collectFromBytes) return;
    this.#program.__collect();
    this.#collectFromBytes = Math.max(COLLECT_FROM_BYTES, 1.5 * memory.buffer.byteLength);
  }
}

/** What the program calls when it can't go on: no memory is left. */
function abort(): never {
  throw new RangeError("the memory for connections is exhausted");
}
