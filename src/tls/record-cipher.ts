/** Opens the records of one direction and one set of keys. */
import type { RecordProtection } from "./cipher-suites.ts";
import { expandLabel, joined } from "./key-schedule.ts";
import { HEADER_BYTES } from "./record-stream.ts";
import type { HashName, TlsCrypto } from "./tls-crypto.ts";

/** A record that was opened. */
export interface OpenedRecord {
  /** Its content type, which TLS 1.3 hides. */
  readonly type: number;
  readonly content: Uint8Array;
}

/** What opens records. Sequence numbers count from 0 with each set of keys. */
export interface RecordCipher {
  /** Octets that a record has beside its content, header included; of block ciphers at least. */
  readonly overheadBytes: number;
  /**
   * @param record the whole record, from its header on
   * @returns `null` where it was not sealed with these keys and this sequence number
   */
  open(record: Uint8Array, sequence: number): OpenedRecord | null;
  /** A record went by that was not opened: of ciphers whose state it moves. @param recordBytes header included */
  skip?(recordBytes: number): void;
  /** After the sender's KeyUpdate; `null` where the protocol has none. */
  next(): RecordCipher | null;
}

const NONCE_BYTES = 12;

/** TLS 1.3 (RFC 8446 §5.2): the nonce is the vector with the sequence number, the header is authenticated. */
export class Tls13Cipher implements RecordCipher {
  readonly overheadBytes: number;
  readonly #arithmetic: TlsCrypto;
  readonly #protection: RecordProtection;
  readonly #secret: Uint8Array;
  readonly #key: Uint8Array;
  readonly #vector: Uint8Array;

  /** @param secret a traffic secret */
  constructor(arithmetic: TlsCrypto, protection: RecordProtection, secret: Uint8Array) {
    const { hash, keyBytes, tagBytes } = protection;
    this.#arithmetic = arithmetic;
    this.#protection = protection;
    this.#secret = secret;
    this.#key = expandLabel(arithmetic, hash, secret, "key", keyBytes);
    this.#vector = expandLabel(arithmetic, hash, secret, "iv", NONCE_BYTES);
    this.overheadBytes = HEADER_BYTES + tagBytes + 1;
  }

  open(record: Uint8Array, sequence: number): OpenedRecord | null {
    const { cipher, tagBytes } = this.#protection;
    const nonce = numberedNonce(this.#vector, sequence);
    const header = record.subarray(0, HEADER_BYTES);
    const sealed = record.subarray(HEADER_BYTES);
    const inner = this.#arithmetic.open(cipher, this.#key, nonce, header, sealed, tagBytes);
    if (inner === null) return null;
    let end = inner.length;
    while (end > 0 && inner[end - 1] === 0) end--;
    return end === 0 ? null : { type: inner[end - 1] as number, content: inner.subarray(0, end - 1) };
  }

  next(): RecordCipher {
    const { hash } = this.#protection;
    const secret = expandLabel(this.#arithmetic, hash, this.#secret, "traffic upd", this.#secret.length);
    return new Tls13Cipher(this.#arithmetic, this.#protection, secret);
  }
}

/** Keys of one direction in TLS 1.2. */
export interface DirectionKeys {
  readonly macKey: Uint8Array;
  readonly key: Uint8Array;
  readonly vector: Uint8Array;
}

/** AEAD in TLS 1.2 (RFC 5288, 6655, 7905): the nonce comes with the record, or as in TLS 1.3. */
export class Tls12AeadCipher implements RecordCipher {
  readonly overheadBytes: number;
  readonly #arithmetic: TlsCrypto;
  readonly #protection: RecordProtection;
  readonly #keys: DirectionKeys;

  constructor(arithmetic: TlsCrypto, protection: RecordProtection, keys: DirectionKeys) {
    this.#arithmetic = arithmetic;
    this.#protection = protection;
    this.#keys = keys;
    this.overheadBytes = HEADER_BYTES + protection.explicitBytes + protection.tagBytes;
  }

  open(record: Uint8Array, sequence: number): OpenedRecord | null {
    const { cipher, tagBytes, explicitBytes } = this.#protection;
    const length = record.length - this.overheadBytes;
    if (length < 0) return null;
    const start = HEADER_BYTES + explicitBytes;
    const nonce =
      explicitBytes === 0
        ? numberedNonce(this.#keys.vector, sequence)
        : joined(this.#keys.vector, record.subarray(HEADER_BYTES, start));
    const associated = macHeader(record, sequence, length);
    const sealed = record.subarray(start);
    const content = this.#arithmetic.open(cipher, this.#keys.key, nonce, associated, sealed, tagBytes);
    return content === null ? null : { type: record[0] as number, content };
  }

  next(): null {
    return null;
  }
}

/** Block ciphers of TLS 1.1 and 1.2 (RFC 5246 §6.2.3.2), encrypt-then-MAC (RFC 7366) or MAC first. */
export class CbcCipher implements RecordCipher {
  readonly overheadBytes: number;
  readonly #arithmetic: TlsCrypto;
  readonly #protection: RecordProtection;
  readonly #keys: DirectionKeys;
  readonly #encryptThenMac: boolean;

  constructor(
    arithmetic: TlsCrypto,
    protection: RecordProtection,
    keys: DirectionKeys,
    encryptThenMac: boolean,
  ) {
    this.#arithmetic = arithmetic;
    this.#protection = protection;
    this.#keys = keys;
    this.#encryptThenMac = encryptThenMac;
    this.overheadBytes = HEADER_BYTES + protection.explicitBytes + protection.tagBytes + 1;
  }

  open(record: Uint8Array, sequence: number): OpenedRecord | null {
    const { cipher, explicitBytes, tagBytes } = this.#protection;
    const end = this.#encryptThenMac ? record.length - tagBytes : record.length;
    const start = HEADER_BYTES + explicitBytes;
    if (end <= start) return null;
    if (this.#encryptThenMac) {
      const sealed = record.subarray(HEADER_BYTES, end);
      if (!this.#hasMac({ record, sequence, content: sealed, mac: record.subarray(end) })) return null;
    }
    const vector = record.subarray(HEADER_BYTES, start);
    const plain = this.#arithmetic.decryptChained(
      cipher,
      this.#keys.key,
      vector,
      record.subarray(start, end),
    );
    if (plain === null) return null;
    const padding = (plain[plain.length - 1] as number) + 1;
    const macEnd = plain.length - padding;
    const contentEnd = this.#encryptThenMac ? macEnd : macEnd - tagBytes;
    if (contentEnd < 0) return null;
    const content = plain.subarray(0, contentEnd);
    if (
      !this.#encryptThenMac &&
      !this.#hasMac({ record, sequence, content, mac: plain.subarray(contentEnd, macEnd) })
    )
      return null;
    return { type: record[0] as number, content };
  }

  next(): null {
    return null;
  }

  #hasMac(content: AuthenticatedContent): boolean {
    return hasMac(this.#arithmetic, this.#protection.macHash, this.#keys.macKey, content);
  }
}

/** Whether a record's content has this MAC (RFC 5246 §6.2.3.1). */
export function hasMac(
  arithmetic: TlsCrypto,
  hash: HashName,
  key: Uint8Array,
  { record, sequence, content, mac }: AuthenticatedContent,
): boolean {
  const right = arithmetic.hmac(hash, key, macHeader(record, sequence, content.length), content);
  return right.length === mac.length && right.every((octet, index) => octet === mac[index]);
}

/** Content with the MAC that stands behind it. */
export interface AuthenticatedContent {
  readonly record: Uint8Array;
  readonly sequence: number;
  readonly content: Uint8Array;
  readonly mac: Uint8Array;
}

/** What is authenticated before the content: sequence number, type, version, length (RFC 5246 §6.2.3). */
function macHeader(record: Uint8Array, sequence: number, length: number): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, Math.floor(sequence / 2 ** 32));
  view.setUint32(4, sequence >>> 0);
  header.set(record.subarray(0, 3), 8);
  view.setUint16(11, length);
  return header;
}

/** The vector, its last octets with the sequence number (exclusive or). */
function numberedNonce(vector: Uint8Array, sequence: number): Uint8Array {
  const nonce = Uint8Array.from(vector);
  let rest = sequence;
  for (let at = nonce.length - 1; rest > 0; at--) {
    nonce[at] = (nonce[at] as number) ^ (rest & 0xff);
    rest = Math.floor(rest / 256);
  }
  return nonce;
}
