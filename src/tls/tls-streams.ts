/**
 * The tls room's verb: follows the TLS connections among the records of a batch, and puts the plaintext of those that keys open in
 * the place of what was encrypted. It stands between the engine's two programs; without TLS a batch goes on as it came.
 */

import { CONNECTION_CLOSED, slotAt } from "../engine/records/connection-records.ts";
import type { RecordBatch } from "../engine/records/record-batch.ts";
import { recordSize } from "../engine/records/record-sizes.ts";
import {
  CLOSE,
  DATA,
  dataLength,
  GAP,
  STREAM_RECORD_SIZE,
  streamEnds,
  streamValue,
} from "../engine/records/stream-records.ts";
import { TLS_STARTED } from "../engine/records/tls-record.ts";
import { END, REPLACED, RESET } from "../engine/tcp/stream-listener.ts";
import { FollowedConnection } from "./followed-connection.ts";
import { RecordOutput } from "./record-output.ts";
import type { SessionKeys } from "./session-keys.ts";
import { TlsEnds } from "./tls-ends.ts";
import { type ServerTls, TlsTally } from "./tls-tally.ts";

/** Octets that all connections together may hold. */
const MAX_HELD_BYTES = 64 * 2 ** 20;
const NO_OCTETS = new Uint8Array(0);

export class TlsStreams {
  readonly #tally = new TlsTally();
  readonly #output = new RecordOutput();
  /** By slot: the connections that may be TLS and are still open. */
  readonly #followed = new Map<number, FollowedConnection>();
  #heldBytes = 0;
  #keys: SessionKeys | null = null;

  /** From now on connections that begin are decrypted if their keys are there. */
  useKeys(keys: SessionKeys): void {
    this.#keys = keys;
  }

  /** What was counted, per server, in the order in which they were first seen. */
  get servers(): readonly ServerTls[] {
    return this.#tally.servers;
  }

  /** Takes a batch, and returns the one that goes on; it is valid until the next call. */
  read(batch: RecordBatch): RecordBatch {
    return batch.hasTls ? this.#follow(batch) : batch;
  }

  #follow(batch: RecordBatch): RecordBatch {
    const { words, octets } = batch;
    const { length } = words;
    this.#output.begin(batch);
    let octetsAt = 0;
    for (let at = 0; at < length; ) {
      const kind = words[at] as number;
      if (kind === DATA) {
        const start = octetsAt;
        octetsAt += dataLength(words, at);
        this.#hand(streamEnds(words, at) >> 1, words, at, octets, start, octetsAt);
      } else if (kind === GAP) {
        this.#hand(streamEnds(words, at) >> 1, words, at, NO_OCTETS, octetsAt, octetsAt);
      } else if (kind === TLS_STARTED) this.#start(words, at);
      else if (kind === CONNECTION_CLOSED) this.#end(words, at, octetsAt);
      else if (kind === CLOSE) this.#close(words, at, octetsAt);
      at += recordSize(kind);
    }
    return this.#output.end();
  }

  #start(words: Int32Array, at: number): void {
    const slot = slotAt(words, at);
    const ends = new TlsEnds(words, at);
    const connection = new FollowedConnection(slot, this.#output, this.#keys, ends.serverSide, (side) => {
      const server = this.#tally.server(ends.address(side), ends.port(side));
      if (ends.connectNs !== null) server.connectTimes.add(ends.connectNs);
      return server;
    });
    this.#followed.set(slot, connection);
  }

  #hand(slot: number, words: Int32Array, at: number, octets: Uint8Array, start: number, end: number): void {
    const connection = this.#followed.get(slot);
    if (connection === undefined) return;
    if (connection.takesRecords) {
      this.#output.copyUntil(at, start);
      this.#output.leaveOutUntil(at + STREAM_RECORD_SIZE, end);
    }
    const held = connection.heldBytes;
    connection.record(words, at, octets.subarray(start, end));
    this.#heldBytes += connection.heldBytes - held;
    if (this.#heldBytes <= MAX_HELD_BYTES) return;
    const before = connection.heldBytes;
    connection.drop();
    this.#heldBytes += connection.heldBytes - before;
  }

  #close(words: Int32Array, at: number, octetsAt: number): void {
    const connection = this.#followed.get(streamEnds(words, at) >> 1);
    if (connection === undefined) return;
    // What waits for keys must go on before the end.
    if (connection.isWaiting) {
      this.#output.copyUntil(at, octetsAt);
      this.#heldBytes -= connection.heldBytes;
      connection.release();
      this.#heldBytes += connection.heldBytes;
    }
    const reason = streamValue(words, at);
    const isOver = reason === END || reason === REPLACED;
    connection.close(isOver ? null : reason === RESET ? "reset" : "closed");
  }

  #end(words: Int32Array, at: number, octetsAt: number): void {
    const slot = slotAt(words, at);
    const connection = this.#followed.get(slot);
    if (connection === undefined) return;
    if (connection.takesRecords) this.#output.copyUntil(at, octetsAt);
    this.#heldBytes -= connection.heldBytes;
    connection.end();
    this.#followed.delete(slot);
  }
}
