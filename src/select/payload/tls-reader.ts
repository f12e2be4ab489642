/**
 * Which frames have TLS as Wireshark 4.0 sees it: every segment with payload that is read as TLS, and the one that completes a
 * record; those between a record's first segment and its last have none.
 */
import { SERVER_HELLO } from "../../tls/handshake-messages.ts";
import { joined } from "../../tls/key-schedule.ts";
import {
  APPLICATION_DATA,
  CHANGE_CIPHER_SPEC,
  HANDSHAKE,
  HEADER_BYTES,
  HEARTBEAT,
  MAX_LENGTH,
} from "../../tls/record-stream.ts";
import { FrameProtocol } from "../filter-fields.ts";
import {
  Demand,
  type PayloadReader,
  type ReadContext,
  type ShownProtocols,
  type UnfinishedMessage,
} from "./demand.ts";
import { isPrintable, NOTHING, wordAt } from "./octets.ts";

/** Bytes by which a text is told from records. */
const TEXT_BEGINNING = 4;
/** SSL 2: a header of two bytes has this bit. */
const SSL_2_LONG = 0x80;
const SSL_2_LAST_TYPE = 8;
const SSL_3 = 0x0300;
const TLS_1_2 = 0x0303;

/** A record of which more has to come. */
class TlsRecord implements UnfinishedMessage {
  demand: number;
  isOpaque: boolean;
  /** Its header, where that is not complete. */
  readonly header: Uint8Array;

  constructor(demand: number, header: Uint8Array) {
    this.demand = demand;
    this.isOpaque = header.length === 0;
    this.header = header;
  }
}

/** What both directions of a connection know of each other's TLS. */
export interface TlsConversation {
  /** A ServerHello said which version it is: from then on nothing passes for SSL 2. */
  isVersionKnown: boolean;
}

export class TlsReader implements PayloadReader {
  unfinishedAt = -1;
  readonly #shown: ShownProtocols;
  readonly #conversation: TlsConversation;

  constructor(shown: ShownProtocols, conversation: TlsConversation) {
    this.#shown = shown;
    this.#conversation = conversation;
  }

  /** Whether bytes are read at all: not where they begin like a text. */
  accepts(bytes: Uint8Array): boolean {
    return bytes.length < HEADER_BYTES || !bytes.subarray(0, TEXT_BEGINNING).every(isPrintable);
  }

  read(
    bytes: Uint8Array,
    message: UnfinishedMessage | null,
    { mayAsk }: ReadContext,
  ): UnfinishedMessage | null {
    const header = message instanceof TlsRecord ? message.header : NOTHING;
    const all = header.length === 0 ? bytes : joined(header, bytes);
    if (header.length > 0 && !this.accepts(all)) return null;
    this.#shown.bits |= FrameProtocol.tls;
    const record = this.#readRecords(all, mayAsk);
    if (record === null) return null;
    this.unfinishedAt = header.length > 0 && record.at === 0 ? -1 : record.at - header.length;
    return record.unfinished;
  }

  /** Goes through the records. @returns the one that is not complete, and where it begins */
  #readRecords(bytes: Uint8Array, mayAsk: boolean): IncompleteRecord | null {
    let at = 0;
    while (at < bytes.length) {
      const left = bytes.length - at;
      if (left < HEADER_BYTES) {
        return mayAsk ? { at, unfinished: new TlsRecord(Demand.oneMoreSegment, bytes.slice(at)) } : null;
      }
      const type = bytes[at] as number;
      const isSsl2 = !isRecordType(type);
      if (isSsl2 && (!this.#looksLikeSsl2(bytes.subarray(at)) || (type & SSL_2_LONG) === 0)) return null;
      const length = isSsl2 ? 2 + (wordAt(bytes, at) & 0x7fff) : HEADER_BYTES + wordAt(bytes, at + 3);
      if (length > left) return mayAsk ? { at, unfinished: new TlsRecord(length - left, NOTHING) } : null;
      if (type === HANDSHAKE && bytes[at + HEADER_BYTES] === SERVER_HELLO)
        this.#conversation.isVersionKnown = true;
      at += length;
    }
    return null;
  }

  /** SSL 2: the third byte is a type of message from error to client certificate. */
  #looksLikeSsl2(bytes: Uint8Array): boolean {
    const type = bytes[2] ?? 0xff;
    return !this.#conversation.isVersionKnown && type <= SSL_2_LAST_TYPE;
  }
}

interface IncompleteRecord {
  readonly at: number;
  readonly unfinished: TlsRecord;
}

function isRecordType(type: number): boolean {
  return type >= CHANGE_CIPHER_SPEC && type <= HEARTBEAT;
}

/** Whether the bytes begin a record, for connections on other ports. */
export function looksLikeTls(bytes: Uint8Array): boolean {
  if (bytes.length < HEADER_BYTES) return false;
  const [type = 0] = bytes;
  if (type !== HANDSHAKE && type !== APPLICATION_DATA) return false;
  const version = wordAt(bytes, 1);
  const length = wordAt(bytes, 3);
  return version >= SSL_3 && version <= TLS_1_2 && length > 0 && length < MAX_LENGTH;
}
