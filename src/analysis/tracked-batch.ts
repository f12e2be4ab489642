/**
 * Frames where they are tracked: a batch whose columns lie in the memory of the tracking program. Reading into it saves a copy of
 * each row, and the program itself reads classic pcap's records.
 */
import { FrameBatch, USUAL_CAPACITY } from "../capture/frame.ts";
import type { PcapRecords } from "../engine/frames/pcap-records.ts";
import type { Program, ProgramExports } from "./program.ts";

/** What the tracking program exports. */
export type TrackingExports = typeof import("../engine/tracking.ts") & ProgramExports;

/** The number of what is no chunk of the program's. */
const ELSEWHERE = -1;

/**
 * A batch in a program's memory. Where frames were not read into memory of `allocate`, `bytes` and `view` are the reader's
 * own, offset for offset the same as the copy.
 */
export class TrackedBatch extends FrameBatch {
  readonly #program: Program<TrackingExports>;
  readonly #chunks: Buffer[] = [];

  constructor(program: Program<TrackingExports>) {
    super(0);
    this.#program = program;
    this.reserveRows(USUAL_CAPACITY);
  }

  /** The program's memory is shared: the columns stay where they are when it grows. */
  override reserveRows(capacity: number): void {
    if (capacity <= this.capacity) return;
    this.#program.run((program) => {
      program.reserveRows(capacity);
      const { buffer } = program.memory;
      this.offset = new Uint32Array(buffer, program.offsetAt(), capacity);
      this.capturedLength = new Uint32Array(buffer, program.capturedLengthAt(), capacity);
      this.wireLength = new Uint32Array(buffer, program.wireLengthAt(), capacity);
      this.timeNs = new Float64Array(buffer, program.timeNsAt(), capacity);
      this.linkType = new Uint16Array(buffer, program.linkTypeAt(), capacity);
      this.interfaceIndex = new Uint16Array(buffer, program.interfaceIndexAt(), capacity);
    });
  }

  /** Memory of the program's, which stays where it is, too. */
  override allocate(length: number): Buffer {
    const chunk = this.#program.run((program) => program.addChunk(length));
    const { memory, chunkAt } = this.#program.exports;
    const bytes = Buffer.from(memory.buffer, chunkAt(chunk), length);
    this.#chunks[chunk] = bytes;
    return bytes;
  }

  override reset(bytes: Buffer, start = 0, end = bytes.length): void {
    super.reset(bytes, start, end);
    const chunk = this.#chunks.indexOf(bytes);
    if (chunk === ELSEWHERE) this.#copyBytes(bytes, start, end);
    this.#program.exports.useChunk(chunk);
  }

  #copyBytes(bytes: Buffer, start: number, end: number): void {
    this.#program.run((program) => program.reserveBytes(bytes.length));
    const { exports } = this.#program;
    this.#program.octets(exports.bytesAt(), bytes.length).set(bytes.subarray(start, end), start);
  }

  override readRecords(records: PcapRecords, start: number, end: number): number {
    const program = this.#program.exports;
    program.setCount(this.count);
    program.setPcapRecords(
      records.headerLength,
      records.littleEndian,
      records.fractionNs,
      records.linkType,
      records.capturedLengthOffset,
      records.wireLengthOffset,
      records.lengthsMaybeSwapped,
      records.startSeconds,
      records.startFractionNs,
    );
    const read = program.readPcapRecords(start, end);
    this.count = program.count();
    return read;
  }

  override place(shiftNs: number, interfaceShift: number): number {
    const program = this.#program.exports;
    program.setCount(this.count);
    return program.place(shiftNs, interfaceShift);
  }
}
