/** The tracking program as WebAssembly, in a memory of its own that other threads may read. */
import type { FrameBatch } from "../capture/frame.ts";
import { FRAME_FACTS_LENGTH, type FrameFacts, readFacts } from "../engine/frame-facts.ts";
import type { RecordBatch } from "../engine/records/record-batch.ts";
import type { Segment } from "../engine/segments/segment.ts";
import { putSegment, SEGMENT_MAILBOX_WORDS } from "../engine/segments/segment-mailbox.ts";
import bytes from "../engine/tracking.wasm";
import type { TrackingEngine } from "./engine.ts";
import { Program } from "./program.ts";
import { sharedMemory } from "./shared-memory.ts";
import { TrackedBatch, type TrackingExports } from "./tracked-batch.ts";

export class CompiledTracking implements TrackingEngine {
  readonly batch: TrackedBatch;
  readonly #program: Program<TrackingExports>;
  readonly #mailbox: Int32Array;

  /** @param everySegment whether every segment gets a record, besides the tallies of segments */
  constructor(everySegment: boolean) {
    this.#program = new Program(bytes, { wantsEverySegment: () => everySegment }, sharedMemory());
    this.batch = new TrackedBatch(this.#program);
    this.#mailbox = this.#program.words(this.#program.exports.mailboxAt(), SEGMENT_MAILBOX_WORDS);
  }

  load(batch: FrameBatch): FrameBatch {
    if (batch !== this.batch) this.batch.copy(batch);
    this.#program.exports.setCount(batch.count);
    return this.batch;
  }

  track(first: number): number {
    return this.#program.exports.track(first);
  }

  trackOther(row: number, segment: Segment): void {
    const { exports } = this.#program;
    const isForeign = segment.bytes !== this.batch.bytes;
    if (isForeign) {
      const { length } = segment.bytes;
      this.#program.octets(exports.foreignAt(length), length).set(segment.bytes);
    }
    putSegment(segment, this.#mailbox);
    exports.trackOther(row, isForeign);
  }

  finish(): void {
    this.#program.exports.finish();
  }

  get facts(): FrameFacts {
    const { exports } = this.#program;
    return readFacts(this.#program.doubles(exports.factsAt(), FRAME_FACTS_LENGTH));
  }

  get waitingBytes(): number {
    const { wordsLength, octetsLength } = this.#program.exports;
    return wordsLength() * Int32Array.BYTES_PER_ELEMENT + octetsLength();
  }

  records(): RecordBatch {
    const program = this.#program;
    const { exports } = program;
    const words = program.words(exports.wordsAt(), exports.wordsLength());
    const octets = program.octets(exports.octetsAt(), exports.octetsLength());
    // A program's booleans are numbers.
    return { words, octets, hasTls: Boolean(exports.hasTls()) };
  }

  writeRecordsTo(buffer: number): void {
    this.#program.exports.writeRecordsTo(buffer);
  }

  collect(): void {
    this.#program.collect(this.waitingBytes);
  }

  run<Result>(work: () => Result): Result {
    return this.#program.run(work);
  }
}
