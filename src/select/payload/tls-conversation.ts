/** What both directions of a connection know of each other's TLS, as far as Wireshark 4.0 looks at it to tell what bytes begin. */
import { CLIENT_HELLO, HandshakeMessages, SERVER_HELLO } from "../../tls/handshake-messages.ts";
import { readServerHello } from "../../tls/hello.ts";
import { CHANGE_CIPHER_SPEC, HANDSHAKE, HEADER_BYTES } from "../../tls/record-stream.ts";
import { wordAt } from "./octets.ts";

/** What bytes begin: a record of SSL 3.0 or TLS, one of SSL 2, or neither. */
export type RecordKind = "tls" | "ssl2" | "none";

const UNKNOWN = 0;
const SSL_2 = 0x0002;
/** What a record's header may say; the first is China's (TLCP). */
const RECORD_VERSIONS: ReadonlySet<number> = new Set([0x0101, 0x0300, 0x0301, 0x0302, 0x0303]);
const TLS_1_3 = 0x0304;
/** Records with a connection ID, which DTLS alone has (RFC 9146): the last type that Wireshark knows. */
const CONNECTION_ID = 25;
/** Handshake messages that say by their record's version which one the connection has: all but the ClientHello. */
const TELLING_MESSAGES: ReadonlySet<number> = new Set([
  0, 2, 4, 5, 6, 8, 11, 12, 13, 14, 15, 16, 20, 21, 22, 23, 24, 25, 67,
]);

/** The bit of a header of two bytes, not of three. */
const SSL_2_SHORT = 0x80;
/** Messages by which SSL 2 is recognized: an error, ClientHello, client's key, ServerHello; the last two make the connection one. */
const SSL_2_MESSAGES: ReadonlySet<number> = new Set([0, 1, 2, 4]);
const SSL_2_TELLING: ReadonlySet<number> = new Set([2, 4]);

export class TlsConversation {
  #version = UNKNOWN;

  /** Forgets everything: the record is used again. */
  clear(): void {
    this.#version = UNKNOWN;
  }

  /** Bytes of the header that begins with this one. */
  headerBytes(first: number): number {
    return this.#version === SSL_2 ? ssl2HeaderBytes(first) : HEADER_BYTES;
  }

  /** What stands at `at`, where at least a header is. */
  recordKind(bytes: Uint8Array, at: number): RecordKind {
    if (this.#version === SSL_2) return "ssl2";
    const [type = 0, , third = 0] = bytes.subarray(at, at + 3);
    if (RECORD_VERSIONS.has(this.#version)) {
      if (type === SSL_2_SHORT && third === CLIENT_HELLO) return "ssl2";
      return isRecordType(type) ? "tls" : "none";
    }
    // Nothing is known; of TLS 1.3 Wireshark doesn't make use.
    if (type >= SSL_2_SHORT && SSL_2_MESSAGES.has(third)) return "ssl2";
    return isRecordType(type) && RECORD_VERSIONS.has(wordAt(bytes, at + 1)) ? "tls" : "none";
  }

  /** Bytes of the record at `at`, header included. */
  recordLength(kind: RecordKind, bytes: Uint8Array, at: number): number {
    return kind === "ssl2" ? ssl2Length(bytes, at) : HEADER_BYTES + wordAt(bytes, at + 3);
  }

  /** Whether a record that begins with this type may say which version the connection has. */
  learnsFrom(type: number): boolean {
    return this.#version === UNKNOWN || type === HANDSHAKE;
  }

  /** A record is complete. */
  note(kind: RecordKind, record: Uint8Array): void {
    if (kind === "ssl2") this.#noteSsl2(record);
    else this.#noteTls(record);
  }

  #noteSsl2(record: Uint8Array): void {
    const message = record[ssl2HeaderBytes(record[0] ?? 0)] ?? 0;
    if (this.#version === UNKNOWN && SSL_2_TELLING.has(message)) this.#version = SSL_2;
  }

  #noteTls(record: Uint8Array): void {
    const [type = 0] = record;
    const message = record[HEADER_BYTES] ?? 0;
    if (this.#version === UNKNOWN && (type !== HANDSHAKE || TELLING_MESSAGES.has(message)))
      this.#version = wordAt(record, 1);
    if (type !== HANDSHAKE) return;
    new HandshakeMessages().add(record.subarray(HEADER_BYTES), (messageType, body) => {
      if (messageType === SERVER_HELLO) this.#noteHello(readServerHello(body)?.version ?? UNKNOWN);
    });
  }

  /** What a ServerHello says goes before the versions of records. Drafts of TLS 1.3 have higher numbers. */
  #noteHello(version: number): void {
    if (RECORD_VERSIONS.has(version) || version >= TLS_1_3) this.#version = version;
  }
}

function isRecordType(type: number): boolean {
  return type >= CHANGE_CIPHER_SPEC && type <= CONNECTION_ID;
}

function ssl2HeaderBytes(first: number): number {
  return (first & SSL_2_SHORT) === 0 ? 3 : 2;
}

/** Bytes of a record of SSL 2, header included. */
function ssl2Length(bytes: Uint8Array, at: number): number {
  const header = ssl2HeaderBytes(bytes[at] ?? 0);
  return header + (wordAt(bytes, at) & (header === 2 ? 0x7fff : 0x3fff));
}
