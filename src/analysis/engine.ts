/**
 * The engine as the rest of the analysis sees it. It runs in two ways, with the same results to the last bit: compiled to
 * WebAssembly (`compiled-tracking.ts`, `compiled-counting.ts`), or as the TypeScript that it is written in (`plain.ts`).
 */
import type { FrameBatch } from "../capture/frame.ts";
import type { FrameFacts } from "../engine/frame-facts.ts";
import type { RecordBatch } from "../engine/records/record-batch.ts";
import type { Segment } from "../engine/segments/segment.ts";

/** A way to run the engine. */
export interface Engine {
  /** @param everySegment whether every segment gets a record, besides the tallies of segments */
  tracking(everySegment: boolean): TrackingEngine;
  counting(wanted: Counted): CountingEngine;
}

/** What the counting program keeps besides the metrics of every run. */
export interface Counted {
  /** Every exchange, with its details. */
  readonly exchanges: boolean;
  /** Every client exchange of a balancer. */
  readonly balancedExchanges: boolean;
  /** What charts are drawn from. */
  readonly chartData: boolean;
  /** What a run under way shows. */
  readonly live: boolean;
}

/** The tracking program: from rows of frames to records. */
export interface TrackingEngine {
  /** Frames that are read into this batch need not be copied. */
  readonly batch: FrameBatch;
  /** Takes the rows of a batch; returns the batch that holds them for the engine. */
  load(batch: FrameBatch): FrameBatch;
  /** Tracks the loaded rows from `first` on. Returns the first row that is not plain; the count after the last. */
  track(first: number): number;
  /** Tracks the segment that the host decoded from a row that is not plain. */
  trackOther(row: number, segment: Segment): void;
  /** The capture has ended: closes what is open. */
  finish(): void;
  /** The facts so far. */
  readonly facts: FrameFacts;
  /** Bytes of the records since the last `writeRecordsTo`. */
  readonly waitingBytes: number;
  /** The records since the last `writeRecordsTo`, where they lie. */
  records(): RecordBatch;
  /** From now on records are written to the buffer of this number, 0, 1, …, from its beginning. */
  writeRecordsTo(buffer: number): void;
  /** Frees memory when many records were written since the last time. Call it before they are taken. */
  collect(): void;
  /** Does what calls the engine. @throws Failure when there is no memory for what it has to remember */
  run<Result>(work: () => Result): Result;
}

/** The counting program: from records to readings. */
export interface CountingEngine {
  /** @param address 4 or 16 bytes */
  nameBalancer(address: Uint8Array): void;
  /** A backend is named after the balancer. @param port 0 = all @param weight positive */
  nameBackend(address: Uint8Array, port: number, weight: number): void;
  /** @throws Failure when there is no memory for what has to be remembered of them */
  read(records: RecordBatch): void;
  /** All records were read. */
  finish(): void;
  /** Readings of the exchanges that ended since the last time. */
  takeExchanges(): Float64Array;
  /** Readings of the balanced exchanges since the last time. */
  takeBalancedExchanges(): Float64Array;
  /** Readings: see `RunTally`. */
  totals(): Float64Array;
  list(): Float64Array;
  pair(place: number, nowNs: number, hasTimeline: boolean): Float64Array;
  /** Readings of several pairs together, by their places in the list. */
  together(places: readonly number[]): Float64Array;
  /** How many addresses there are; their numbers are 0, 1, … */
  addressCount(): number;
  /** The bytes of an address, 4 or 16, by its number. */
  addressBytes(number: number): Uint8Array;
}
