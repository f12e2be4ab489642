/**
 * A TLS connection among the records of a batch. Its encrypted records are kept aside until its ClientHello shows whether there are
 * keys: then plaintext takes their place. Without keys they go on as they came, and only what is not encrypted is read.
 */
import * as Protocol from "../engine/readings/protocol-readings.ts";
import {
  DATA,
  dataReply,
  GAP,
  STREAM_RECORD_SIZE,
  streamEnds,
  streamFrame,
  streamTimeNs,
  streamValue,
} from "../engine/records/stream-records.ts";
import type { Arrival, RecordOutput } from "./record-output.ts";
import type { SessionKeys } from "./session-keys.ts";
import { type PlaintextListener, TlsConnection } from "./tls-connection.ts";
import type { ServerTls } from "./tls-tally.ts";

/** A ClientHello has no more; what is kept longer goes on as it came. */
const MAX_KEPT_BYTES = 2 ** 18;

interface KeptRecord {
  readonly words: Int32Array;
  readonly octets: Uint8Array;
}

export class FollowedConnection implements PlaintextListener {
  readonly #slot: number;
  readonly #output: RecordOutput;
  readonly #guessedSide: number;
  readonly #tls: TlsConnection;
  /** `null`: it was decided what becomes of them. */
  #kept: KeptRecord[] | null = null;
  #keptBytes = 0;
  /** Encrypted records are left out. */
  #isDecrypted = false;
  /** Why it ended, so far; `null`: only because the capture does. */
  #cause: string | null | undefined;

  /**
   * @param keys `null`: it goes on as it came
   * @param guessedSide the server's, where its ClientHello doesn't say
   * @param serverAt the server, where it is on that side
   */
  constructor(
    slot: number,
    output: RecordOutput,
    keys: SessionKeys | null,
    guessedSide: number,
    serverAt: (side: number) => ServerTls,
  ) {
    this.#slot = slot;
    this.#output = output;
    this.#guessedSide = guessedSide;
    this.#tls = new TlsConnection(this, keys, serverAt);
    if (keys !== null) this.#kept = [];
  }

  /** Octets that are held for later. */
  get heldBytes(): number {
    return this.#keptBytes + this.#tls.heldBytes;
  }

  /** Whether records are kept aside. */
  get isWaiting(): boolean {
    return this.#kept !== null;
  }

  /** Whether the record is to be left out of the batch: it was kept aside, or was encrypted. */
  get takesRecords(): boolean {
    return this.#kept !== null || this.#isDecrypted;
  }

  /** Takes data or a gap. Where `takesRecords` it was left out before. @param octets those of the data */
  record(words: Int32Array, at: number, octets: Uint8Array): void {
    this.#kept?.push({ words: words.slice(at, at + STREAM_RECORD_SIZE), octets: octets.slice() });
    if (this.#kept !== null) this.#keptBytes += octets.length;
    this.#read(words, at, octets);
    if (this.#kept !== null) this.#decide();
  }

  /** Lets go of what it holds: what was kept goes on as it came, and the records under way count as lost. */
  drop(): void {
    this.release();
    this.#tls.giveUp();
  }

  /** A side ended: the first one says why the connection did. @param cause `null`: the capture ended, or nobody knows */
  close(cause: string | null): void {
    if (this.#cause === undefined) this.#cause = cause;
  }

  /** What is kept goes on as it came. */
  release(): void {
    for (const { words, octets } of this.#kept ?? []) this.#output.putRecord(words, octets);
    this.#kept = null;
    this.#keptBytes = 0;
  }

  /** Nothing more comes. */
  end(): void {
    this.release();
    this.#tls.end(this.#guessedSide, this.#cause ?? null);
  }

  opened(clientSide: number): void {
    this.#output.protocol(this.#slot, clientSide, Protocol.DECRYPTED_TLS);
  }

  content(side: number, octets: Uint8Array, arrival: Arrival): void {
    this.#output.data(2 * this.#slot + side, octets, arrival);
  }

  missing(side: number, length: number, arrival: Arrival): void {
    this.#output.gap(2 * this.#slot + side, length, arrival);
  }

  #read(words: Int32Array, at: number, octets: Uint8Array): void {
    const side = streamEnds(words, at) & 1;
    const timeNs = streamTimeNs(words, at);
    const frame = streamFrame(words, at);
    if (words[at] === GAP) this.#tls.gap(side, streamValue(words, at), timeNs, frame);
    if (words[at] === DATA)
      this.#tls.data(side, octets, 0, octets.length, timeNs, frame, dataReply(words, at));
  }

  #decide(): void {
    const random = this.#tls.clientRandom;
    if (random === null) {
      if (this.#keptBytes > MAX_KEPT_BYTES || !this.#tls.mayBegin) this.release();
      return;
    }
    if (!this.#tls.hasKeys) {
      this.release();
      return;
    }
    this.#kept = null;
    this.#keptBytes = 0;
    this.#isDecrypted = true;
    this.#output.protocol(this.#slot, this.#tls.clientSide, Protocol.TLS);
  }
}
