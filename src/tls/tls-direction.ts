/** One direction of a TLS connection: its records, opened where there are keys, as messages, alerts and content. */
import { HandshakeMessages } from "./handshake-messages.ts";
import type { KeySequence } from "./key-sequence.ts";
import type { Arrival } from "./record-output.ts";
import {
  ALERT,
  APPLICATION_DATA,
  CHANGE_CIPHER_SPEC,
  HANDSHAKE,
  HEADER_BYTES,
  type RecordSink,
  RecordStream,
} from "./record-stream.ts";

/** Who takes what the records of both directions say. */
export interface DirectionListener {
  /** A message of the handshake; of some only the type. */
  message(side: number, type: number, body: Uint8Array): void;
  changeCipherSpec(side: number): void;
  /** @param level 1 warning, 2 fatal @param description of RFC 8446 §6 */
  alert(side: number, level: number, description: number): void;
  /** Plaintext of an application data record. */
  content(side: number, octets: Uint8Array, arrival: Arrival): void;
  /** About so many octets of plaintext are missing. */
  missing(side: number, length: number, arrival: Arrival): void;
  /** An encrypted record that was not opened. @param bytes of it, header included */
  sealed(side: number, type: number, bytes: number, arrival: Arrival): void;
}

/** A ChangeCipherSpec that is not encrypted. */
const PLAIN_CHANGE_BYTES = HEADER_BYTES + 1;

export class TlsDirection implements RecordSink {
  readonly #side: number;
  readonly #listener: DirectionListener;
  readonly #stream: RecordStream;
  readonly #messages = new HandshakeMessages();
  /** From here on records are encrypted. */
  isEncrypted = false;
  /** What opens them; `null`: nothing does. */
  keys: KeySequence | null = null;
  /** Records, sealed ones included, that passed since they are encrypted. */
  records = 0;
  /** Records that could not be opened though there are keys. */
  lostRecords = 0;

  constructor(side: number, listener: DirectionListener) {
    this.#side = side;
    this.#listener = listener;
    this.#stream = new RecordStream(this);
  }

  /** Octets that are held for later. */
  get heldBytes(): number {
    return this.#stream.heldBytes + this.#messages.heldBytes;
  }

  data(bytes: Uint8Array, start: number, end: number, timeNs: number, frame: number, reply: number): void {
    this.#stream.data(bytes, start, end, timeNs, frame, reply);
  }

  gap(length: number, timeNs: number, frame: number): void {
    this.#stream.timeNs = timeNs;
    this.#stream.frame = frame;
    this.#stream.gap(length);
  }

  /** Lets go of what is held: the record under way counts as lost. */
  giveUp(): void {
    this.#stream.giveUp();
    this.#messages.restart();
  }

  wantsOctets(type: number): boolean {
    return this.keys !== null || !(this.isEncrypted || type === APPLICATION_DATA);
  }

  record(record: Uint8Array, lostBytes: number): boolean {
    const type = record[0] as number;
    if (lostBytes > 0) this.#messages.restart();
    if (!this.#isSealed(type, record.length)) {
      this.#take(type, record.subarray(HEADER_BYTES));
      return true;
    }
    const { keys } = this;
    if (keys === null) {
      this.passed(type, record.length, false);
      return true;
    }
    const opened = keys.open(record, lostBytes);
    if (opened === null) {
      if (lostBytes > 0) return false;
      this.#cannotOpen(type, record.length);
      return true;
    }
    if (lostBytes > 0) {
      const lost = keys.skipped;
      this.lostRecords += lost;
      const plain = lostBytes - lost * keys.overheadBytes;
      if (plain > 0) this.#listener.missing(this.#side, plain, this.arrival);
    }
    this.records++;
    this.#take(opened.type, opened.content);
    return true;
  }

  passed(type: number, bytes: number, isBroken: boolean): void {
    if (!this.#isSealed(type, bytes)) {
      if (isBroken) this.#messages.restart();
      return;
    }
    if (this.keys === null) {
      this.records++;
      this.#listener.sealed(this.#side, type, bytes, this.arrival);
    } else this.#cannotOpen(type, bytes);
  }

  #cannotOpen(type: number, bytes: number): void {
    const { keys } = this;
    if (keys === null) return;
    keys.missOne(bytes);
    this.lostRecords++;
    this.#messages.restart();
    if (type !== APPLICATION_DATA) return;
    const length = bytes - keys.overheadBytes;
    if (length > 0) this.#listener.missing(this.#side, length, this.arrival);
  }

  /** In TLS 1.3 only application data is; in TLS 1.2 everything is, a ChangeCipherSpec of a renegotiation too. */
  #isSealed(type: number, bytes: number): boolean {
    if (type === APPLICATION_DATA) return true;
    return this.isEncrypted && (type !== CHANGE_CIPHER_SPEC || bytes > PLAIN_CHANGE_BYTES);
  }

  #take(type: number, content: Uint8Array): void {
    const side = this.#side;
    const listener = this.#listener;
    if (type === HANDSHAKE) this.#messages.add(content, (kind, body) => listener.message(side, kind, body));
    else if (type === CHANGE_CIPHER_SPEC) listener.changeCipherSpec(side);
    else if (type === ALERT && content.length === 2)
      listener.alert(side, content[0] as number, content[1] as number);
    else if (type === APPLICATION_DATA) listener.content(side, content, this.arrival);
  }

  /** When and where the record under way was completed. */
  get arrival(): Arrival {
    return this.#stream;
  }
}
