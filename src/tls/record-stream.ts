/**
 * Cuts the stream of one direction into TLS records (RFC 8446 §5.1), and finds them again behind a hole: a header has three
 * octets that can hardly be anything else, and where there are keys the record behind it must open.
 */

/** Type, version, length. */
export const HEADER_BYTES = 5;
export const CHANGE_CIPHER_SPEC = 20;
export const ALERT = 21;
export const HANDSHAKE = 22;
export const APPLICATION_DATA = 23;
/** RFC 6520. */
const HEARTBEAT = 24;

const MAJOR_VERSION = 3;
const MAX_MINOR_VERSION = 4;
/** What all records behind the first say, in TLS 1.2 and 1.3 alike (RFC 8446 §5.1). */
const LEGACY_MINOR_VERSION = 3;
/** What a record may hold, with what ciphers add: RFC 5246 §6.2.3; TLS 1.3 has 2¹⁴ + 256. */
export const MAX_LENGTH = 2 ** 14 + 2048;

/** Who takes records. */
export interface RecordSink {
  /** Whether records of this type are to be handed on with their octets. */
  wantsOctets(type: number): boolean;
  /**
   * A whole record, from its header on; valid during the call.
   * @param lostBytes of the stream before it; 0: it follows the record before it
   * @returns behind a hole: whether it is one. If not, the search goes on
   */
  record(record: Uint8Array, lostBytes: number): boolean;
  /** A record went by whose octets were not wanted, or of which some are missing. */
  passed(type: number, bytes: number, isBroken: boolean): void;
}

export class RecordStream {
  /** Of the octets that completed the record that is handed on. */
  timeNs = 0;
  frame = 0;
  /** What its sender had taken of the other side when the record began: of `reply-kind.ts`. */
  reply = 0;
  readonly #sink: RecordSink;
  #held = new Uint8Array(0);
  #filled = 0;
  /** Octets of the record under way, header included; 0: its header is not whole. */
  #total = 0;
  /** Octets of it that are still to be passed over, instead of held. */
  #toSkip = 0;
  #skippedType = 0;
  #isBroken = false;
  #isSearching = false;
  #lostBytes = 0;

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  /** Octets that are held. */
  get heldBytes(): number {
    return this.#held.length;
  }

  data(bytes: Uint8Array, start: number, end: number, timeNs: number, frame: number, reply: number): void {
    this.timeNs = timeNs;
    this.frame = frame;
    let at = start;
    while (at < end) {
      if (this.#isSearching) at = this.#search(bytes, at, end);
      else if (this.#toSkip > 0) at = this.#skip(at, end);
      else at = this.#read(bytes, at, end, reply);
    }
  }

  /** `length` octets of the stream are missing. */
  gap(length: number): void {
    let rest = length;
    if (!this.#isSearching && this.#total > 0 && this.#lostBytes === 0) {
      this.#breakRecord();
      rest -= this.#skip(0, Math.min(rest, this.#toSkip));
      if (rest === 0) return;
    }
    this.#lostBytes += rest;
    this.#searchAnew();
  }

  /** Lets go of what is held: the record under way counts as broken. */
  giveUp(): void {
    if (this.#filled === 0) return;
    if (this.#total === 0 || this.#lostBytes > 0) this.#searchAnew();
    else this.#breakRecord();
  }

  /** The rest of the record under way is passed over. */
  #breakRecord(): void {
    this.#isBroken = true;
    if (this.#filled === 0) return;
    this.#skippedType = this.#held[0] as number;
    this.#toSkip = this.#total - this.#filled;
    this.#held = NO_OCTETS;
    this.#filled = 0;
  }

  /** What is held is no record, as far as anybody knows. */
  #searchAnew(): void {
    this.#lostBytes += this.#filled;
    this.#drop();
    this.#isSearching = true;
  }

  /** Reads what it can of a record; returns where it stopped. */
  #read(bytes: Uint8Array, start: number, end: number, reply: number): number {
    if (this.#filled === 0) {
      this.reply = reply;
      if (end - start >= HEADER_BYTES) {
        const total = totalAt(bytes, start);
        if (total === 0) {
          this.#searchAnew();
          return start;
        }
        if (!this.#sink.wantsOctets(bytes[start] as number))
          return this.#passOver(bytes[start] as number, total, start);
        if (start + total <= end) {
          const isRecord = this.#isTaken(bytes.subarray(start, start + total));
          return isRecord ? start + total : start + 1;
        }
      }
    }
    if (this.#total === 0) return this.#readHeader(bytes, start, end, reply);
    const taken = Math.min(end - start, this.#total - this.#filled);
    this.#held.set(bytes.subarray(start, start + taken), this.#filled);
    this.#filled += taken;
    if (this.#filled === this.#total) {
      const record = this.#held;
      this.#drop();
      this.#handOnHeld(record, reply);
    }
    return start + taken;
  }

  #readHeader(bytes: Uint8Array, start: number, end: number, reply: number): number {
    if (this.#held.length < HEADER_BYTES) this.#held = new Uint8Array(HEADER_BYTES);
    const taken = Math.min(end - start, HEADER_BYTES - this.#filled);
    this.#held.set(bytes.subarray(start, start + taken), this.#filled);
    this.#filled += taken;
    if (this.#filled < HEADER_BYTES) return start + taken;
    const total = totalAt(this.#held, 0);
    if (total === 0) {
      this.#searchAnew();
      return start + taken;
    }
    const type = this.#held[0] as number;
    if (!this.#sink.wantsOctets(type)) return this.#passOver(type, total, start + taken - HEADER_BYTES);
    const held = new Uint8Array(total);
    held.set(this.#held);
    this.#held = held;
    this.#total = total;
    if (total === HEADER_BYTES) {
      this.#drop();
      this.#handOnHeld(held, reply);
    }
    return start + taken;
  }

  /** Begins to pass over the record whose header begins at `start`; returns where its header ends. */
  #passOver(type: number, total: number, start: number): number {
    this.#drop();
    this.#total = total;
    this.#skippedType = type;
    this.#toSkip = total - HEADER_BYTES;
    if (this.#toSkip === 0) this.#endSkip();
    return start + HEADER_BYTES;
  }

  #skip(at: number, end: number): number {
    const skipped = Math.min(end - at, this.#toSkip);
    this.#toSkip -= skipped;
    if (this.#toSkip === 0) this.#endSkip();
    return at + skipped;
  }

  #endSkip(): void {
    const type = this.#skippedType;
    const total = this.#total;
    const isBroken = this.#isBroken;
    this.#lostBytes = 0;
    this.#drop();
    this.#sink.passed(type, total, isBroken);
  }

  /** Hands a record on. Behind a hole it may only look like one: then the search goes on behind its first octet. */
  #isTaken(record: Uint8Array): boolean {
    const lost = this.#lostBytes;
    this.#lostBytes = 0;
    if (this.#sink.record(record, lost) || lost === 0) return true;
    this.#lostBytes = lost + 1;
    this.#isSearching = true;
    return false;
  }

  /** The same of one that was held, whose octets are gone through again if it is none. */
  #handOnHeld(record: Uint8Array, reply: number): void {
    if (!this.#isTaken(record)) this.data(record, 1, record.length, this.timeNs, this.frame, reply);
  }

  /** Looks for a header; returns where it begins, or `end`. */
  #search(bytes: Uint8Array, start: number, end: number): number {
    for (let at = start; at + HEADER_BYTES <= end; at++) {
      if (bytes[at + 1] !== MAJOR_VERSION || bytes[at + 2] !== LEGACY_MINOR_VERSION) continue;
      if (totalAt(bytes, at) <= HEADER_BYTES) continue;
      this.#lostBytes += at - start;
      this.#isSearching = false;
      return at;
    }
    this.#lostBytes += end - start;
    return end;
  }

  #drop(): void {
    this.#held = NO_OCTETS;
    this.#filled = 0;
    this.#total = 0;
    this.#toSkip = 0;
    this.#isBroken = false;
  }
}

const NO_OCTETS = new Uint8Array(0);

/** Octets of the record whose header is at `at`, header included; 0: it is none. */
function totalAt(bytes: Uint8Array, at: number): number {
  const type = bytes[at] as number;
  if (type < CHANGE_CIPHER_SPEC || type > HEARTBEAT) return 0;
  if (bytes[at + 1] !== MAJOR_VERSION || (bytes[at + 2] as number) > MAX_MINOR_VERSION) return 0;
  const length = ((bytes[at + 3] as number) << 8) | (bytes[at + 4] as number);
  return length > MAX_LENGTH ? 0 : HEADER_BYTES + length;
}
