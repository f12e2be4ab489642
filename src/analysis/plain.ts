/**
 * The engine run as the TypeScript that it is written in, for debuggers and for the tests that compare it with the compiled
 * programs. It takes several times as long, and everything happens in one thread.
 */
import { FrameBatch } from "../capture/frame.ts";
import type { FrameFacts } from "../engine/frame-facts.ts";
import { ReadingsWriter } from "../engine/readings/readings-writer.ts";
import type { RecordBatch } from "../engine/records/record-batch.ts";
import { RecordReader } from "../engine/records/record-reader.ts";
import type { Segment } from "../engine/segments/segment.ts";
import { putSegment, SEGMENT_MAILBOX_WORDS } from "../engine/segments/segment-mailbox.ts";
import { ConnectionEnds } from "../engine/tally/connection-ends.ts";
import { PairsTogether } from "../engine/tally/pairs-together.ts";
import { RunTally } from "../engine/tally/run-tally.ts";
import { AddressTable } from "../engine/tcp/address-table.ts";
import { RowTracker } from "../engine/track-rows.ts";
import { ipAddressBytes } from "../packet/ip-address.ts";
import type { Counted, CountingEngine, Engine, TrackingEngine } from "./engine.ts";

/** What `engine/tracking.ts` does, without WebAssembly. */
export class PlainTracking implements TrackingEngine {
  readonly batch = new FrameBatch();
  protected readonly tracker: RowTracker;
  readonly #mailbox = new Int32Array(SEGMENT_MAILBOX_WORDS);
  #rows: FrameBatch = this.batch;

  /** @param everySegment whether every segment gets a record, besides the tallies of segments */
  constructor(everySegment: boolean) {
    this.tracker = new RowTracker(everySegment);
  }

  load(batch: FrameBatch): FrameBatch {
    this.#rows = batch;
    return batch;
  }

  track(first: number): number {
    return this.tracker.trackRows(this.#rows, first);
  }

  trackOther(row: number, segment: Segment): void {
    const isForeign = segment.bytes !== this.#rows.bytes;
    if (isForeign) this.tracker.foreign(segment.bytes.length).set(segment.bytes);
    putSegment(segment, this.#mailbox);
    this.tracker.trackOther(this.#rows, row, isForeign, this.#mailbox);
  }

  finish(): void {
    this.tracker.finish();
  }

  get facts(): FrameFacts {
    return this.tracker.facts;
  }

  get waitingBytes(): number {
    const { words, octets } = this.records();
    return words.byteLength + octets.byteLength;
  }

  records(): RecordBatch {
    const { words, length, octets, octetsLength, hasTls } = this.tracker.records;
    return { words: words.subarray(0, length), octets: octets.subarray(0, octetsLength), hasTls };
  }

  writeRecordsTo(buffer: number): void {
    this.tracker.records.writeTo(buffer);
  }

  collect(): void {}

  run<Result>(work: () => Result): Result {
    return work();
  }
}

/** What `engine/counting.ts` does, without WebAssembly. */
export class PlainCounting implements CountingEngine {
  readonly #addresses = new AddressTable();
  readonly #exchanges = new ReadingsWriter();
  readonly #balancedExchanges = new ReadingsWriter();
  readonly #tally: RunTally;
  readonly #reader: RecordReader;

  constructor({ exchanges, balancedExchanges, chartData, live }: Counted) {
    const ends = new ConnectionEnds();
    this.#tally = new RunTally(
      this.#addresses,
      ends,
      chartData,
      live,
      exchanges ? this.#exchanges : null,
      balancedExchanges ? this.#balancedExchanges : null,
    );
    this.#reader = new RecordReader(this.#addresses, ends, this.#tally, exchanges);
  }

  nameBalancer(address: Uint8Array): void {
    const number = this.#intern(address);
    this.#tally.directory.nameBalancer(number);
    this.#tally.balancer.watchOnly(number);
  }

  nameBackend(address: Uint8Array, port: number, weight: number): void {
    this.#tally.directory.nameBackend(this.#intern(address), port, weight);
  }

  read({ words, octets }: RecordBatch): void {
    this.#reader.read(words, words.length, octets);
  }

  finish(): void {
    this.#tally.finish();
  }

  takeExchanges(): Float64Array {
    return taken(this.#exchanges);
  }

  takeBalancedExchanges(): Float64Array {
    return taken(this.#balancedExchanges);
  }

  totals(): Float64Array {
    const readings = new ReadingsWriter();
    this.#tally.totals().put(readings);
    return taken(readings);
  }

  list(): Float64Array {
    const readings = new ReadingsWriter();
    const tally = this.#tally;
    for (let place = 0; place < tally.pairCount; place++) tally.listing(place).put(readings);
    return taken(readings);
  }

  pair(place: number, nowNs: number, hasTimeline: boolean): Float64Array {
    const readings = new ReadingsWriter();
    this.#tally.pair(place, nowNs, hasTimeline).put(readings);
    return taken(readings);
  }

  together(places: readonly number[]): Float64Array {
    const together = new PairsTogether();
    for (const place of places) {
      const pair = this.#tally.directory.pairs[place];
      if (pair !== undefined) together.add(pair.counted);
    }
    const readings = new ReadingsWriter();
    together.readings().put(readings);
    return taken(readings);
  }

  addressCount(): number {
    return this.#addresses.size;
  }

  addressBytes(number: number): Uint8Array {
    return ipAddressBytes(this.#addresses.version(number), (word) => this.#addresses.word(number, word));
  }

  #intern(address: Uint8Array): number {
    const view = new DataView(address.buffer, address.byteOffset, address.length);
    return this.#addresses.intern(view, 0, address.length === 4 ? 4 : 6);
  }
}

/** The readings, as a copy; what holds them is empty afterwards. */
function taken(readings: ReadingsWriter): Float64Array {
  const values = readings.values.slice(0, readings.length);
  readings.begin();
  return values;
}

export const plainEngine: Engine = {
  tracking: (everySegment) => new PlainTracking(everySegment),
  counting: (wanted) => new PlainCounting(wanted),
};
