/**
 * Which frames have TLS as Wireshark 4.0 sees it: every segment with payload that is read as TLS, and the one that completes a
 * record; those between a record's first segment and its last have none.
 */
import { joined } from "../../tls/key-schedule.ts";
import { APPLICATION_DATA, HANDSHAKE, HEADER_BYTES, MAX_LENGTH } from "../../tls/record-stream.ts";
import { FrameProtocol } from "../filter-fields.ts";
import {
  Demand,
  type PayloadReader,
  type ReadContext,
  type ShownProtocols,
  type UnfinishedMessage,
} from "./demand.ts";
import { isPrintable, NOTHING, wordAt } from "./octets.ts";
import type { TlsConversation } from "./tls-conversation.ts";

/** Bytes by which a text is told from records. */
const TEXT_BEGINNING = 4;
const SSL_3 = 0x0300;
const TLS_1_2 = 0x0303;

/** A record of which more has to come. */
class TlsRecord implements UnfinishedMessage {
  demand: number;
  isOpaque: boolean;
  /** What came of it, where its header is not complete, or its content says which version the connection has. */
  readonly start: Uint8Array;

  constructor(demand: number, start: Uint8Array) {
    this.demand = demand;
    this.isOpaque = start.length === 0;
    this.start = start;
  }
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

  read(bytes: Uint8Array, message: UnfinishedMessage | null, context: ReadContext): UnfinishedMessage | null {
    const start = message instanceof TlsRecord ? message.start : NOTHING;
    const all = start.length === 0 ? bytes : joined(start, bytes);
    if (start.length > 0 && !this.accepts(all)) return null;
    this.#shown.bits |= FrameProtocol.tls;
    const record = this.#readRecords(all, context);
    if (record === null) return null;
    this.unfinishedAt = start.length > 0 && record.at === 0 ? -1 : record.at - start.length;
    return record.unfinished;
  }

  /** Goes through the records. @returns the one that is not complete, and where it begins */
  #readRecords(bytes: Uint8Array, { mayAsk, missingBytes }: ReadContext): IncompleteRecord | null {
    const conversation = this.#conversation;
    let at = 0;
    while (at < bytes.length) {
      const left = bytes.length - at;
      const type = bytes[at] as number;
      if (left < conversation.headerBytes(type))
        return mayAsk ? { at, unfinished: new TlsRecord(Demand.oneMoreSegment, bytes.slice(at)) } : null;
      const kind = conversation.recordKind(bytes, at);
      if (kind === "none") return null;
      const length = conversation.recordLength(kind, bytes, at);
      if (length > left) {
        // Cut off by the snap length: what is there is read.
        if (length <= left + missingBytes && left > HEADER_BYTES) conversation.note(kind, bytes.subarray(at));
        const isKept = length <= MAX_LENGTH && conversation.learnsFrom(type);
        const start = isKept ? bytes.slice(at) : NOTHING;
        return mayAsk ? { at, unfinished: new TlsRecord(length - left, start) } : null;
      }
      conversation.note(kind, bytes.subarray(at, at + length));
      at += length;
    }
    return null;
  }
}

interface IncompleteRecord {
  readonly at: number;
  readonly unfinished: TlsRecord;
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
