/** Writes the batch that goes on: records as they were, without those that were encrypted, with plaintext in their place. */
import { PROTOCOL_SIZE, writeProtocol } from "../engine/records/protocol-record.ts";
import type { RecordBatch } from "../engine/records/record-batch.ts";
import {
  DATA,
  dataValue,
  GAP,
  STREAM_RECORD_SIZE,
  writeStreamRecord,
} from "../engine/records/stream-records.ts";

/** Where bytes of a stream came from: a frame, and what its sender had taken of the other side. */
export interface Arrival {
  readonly timeNs: number;
  readonly frame: number;
  /** Of `reply-kind.ts`. */
  readonly reply: number;
}

export class RecordOutput {
  #words = new Int32Array(0);
  #wordsFilled = 0;
  #octets = new Uint8Array(0);
  #octetsFilled = 0;
  #source: RecordBatch = { words: this.#words, octets: this.#octets, hasTls: false };
  /** What of the source was copied, or left out. */
  #wordsDone = 0;
  #octetsDone = 0;
  #isChanged = false;

  /** Begins with a batch, of which nothing is changed yet. */
  begin(source: RecordBatch): void {
    this.#source = source;
    this.#wordsFilled = 0;
    this.#octetsFilled = 0;
    this.#wordsDone = 0;
    this.#octetsDone = 0;
    this.#isChanged = false;
  }

  /** Copies the source's records up to these places; what is written next comes behind them. */
  copyUntil(words: number, octets: number): void {
    this.#isChanged = true;
    const { words: fromWords, octets: fromOctets } = this.#source;
    this.#putWords(fromWords.subarray(this.#wordsDone, words));
    this.#putOctets(fromOctets.subarray(this.#octetsDone, octets));
    this.#wordsDone = words;
    this.#octetsDone = octets;
  }

  /** Leaves out the source's records up to these places. */
  leaveOutUntil(words: number, octets: number): void {
    this.#wordsDone = words;
    this.#octetsDone = octets;
  }

  /** A record that was kept aside, with its octets. */
  putRecord(words: Int32Array, octets: Uint8Array): void {
    this.#putWords(words);
    this.#putOctets(octets);
  }

  data(ends: number, octets: Uint8Array, { timeNs, frame, reply }: Arrival): void {
    const at = this.#room(STREAM_RECORD_SIZE);
    writeStreamRecord(this.#words, at, DATA, ends, dataValue(octets.length, reply), timeNs, frame);
    this.#putOctets(octets);
  }

  gap(ends: number, length: number, { timeNs, frame }: Arrival): void {
    const at = this.#room(STREAM_RECORD_SIZE);
    writeStreamRecord(this.#words, at, GAP, ends, length, timeNs, frame);
  }

  protocol(slot: number, clientSide: number, protocol: number): void {
    // Room first: it may move the words.
    const at = this.#room(PROTOCOL_SIZE);
    writeProtocol(this.#words, at, slot, clientSide, protocol);
  }

  /** The whole batch: the source itself, where nothing of it was changed. */
  end(): RecordBatch {
    const { words, octets, hasTls } = this.#source;
    if (!this.#isChanged) return this.#source;
    this.copyUntil(words.length, octets.length);
    return {
      words: this.#words.subarray(0, this.#wordsFilled),
      octets: this.#octets.subarray(0, this.#octetsFilled),
      hasTls,
    };
  }

  #putWords(words: Int32Array): void {
    if (words.length === 0) return;
    const at = this.#room(words.length);
    this.#words.set(words, at);
  }

  /** Makes room for words; returns where. */
  #room(length: number): number {
    const at = this.#wordsFilled;
    this.#wordsFilled = at + length;
    if (this.#wordsFilled > this.#words.length) {
      const larger = new Int32Array(2 * this.#wordsFilled);
      larger.set(this.#words.subarray(0, at));
      this.#words = larger;
    }
    return at;
  }

  #putOctets(octets: Uint8Array): void {
    const at = this.#octetsFilled;
    this.#octetsFilled = at + octets.length;
    if (this.#octetsFilled > this.#octets.length) {
      const larger = new Uint8Array(2 * this.#octetsFilled);
      larger.set(this.#octets.subarray(0, at));
      this.#octets = larger;
    }
    this.#octets.set(octets, at);
  }
}
