/** RC4 in TLS 1.2 (RFC 5246 §6.2.3.1), which RFC 7465 forbids and old captures have. OpenSSL 3 lacks it, so it is done here. */
import type { RecordProtection } from "./cipher-suites.ts";
import { type DirectionKeys, hasMac, type OpenedRecord, type RecordCipher } from "./record-cipher.ts";
import { HEADER_BYTES } from "./record-stream.ts";
import type { TlsCrypto } from "./tls-crypto.ts";

export class Rc4Cipher implements RecordCipher {
  readonly overheadBytes: number;
  readonly #arithmetic: TlsCrypto;
  readonly #protection: RecordProtection;
  readonly #macKey: Uint8Array;
  #stream: KeyStream;

  constructor(arithmetic: TlsCrypto, protection: RecordProtection, { key, macKey }: DirectionKeys) {
    this.#arithmetic = arithmetic;
    this.#protection = protection;
    this.#macKey = macKey;
    this.#stream = new KeyStream(key);
    this.overheadBytes = HEADER_BYTES + protection.tagBytes;
  }

  open(record: Uint8Array, sequence: number): OpenedRecord | null {
    const { macHash, tagBytes } = this.#protection;
    if (record.length < HEADER_BYTES + tagBytes) return null;
    const stream = this.#stream.copy();
    const plain = record.slice(HEADER_BYTES);
    stream.apply(plain);
    const content = plain.subarray(0, plain.length - tagBytes);
    const mac = plain.subarray(content.length);
    if (!hasMac(this.#arithmetic, macHash, this.#macKey, { record, sequence, content, mac })) return null;
    this.#stream = stream;
    return { type: record[0] as number, content };
  }

  skip(recordBytes: number): void {
    this.#stream.apply(new Uint8Array(recordBytes - HEADER_BYTES));
  }

  next(): null {
    return null;
  }
}

/** The stream of octets that RC4 makes of a key; content is combined with it by exclusive or. */
class KeyStream {
  #state = Uint8Array.from({ length: 256 }, (_, index) => index);
  #first = 0;
  #second = 0;

  constructor(key: Uint8Array | null) {
    if (key === null) return;
    let other = 0;
    for (let index = 0; index < 256; index++) {
      other = (other + (this.#state[index] as number) + (key[index % key.length] as number)) & 0xff;
      this.#swap(index, other);
    }
  }

  copy(): KeyStream {
    const copy = new KeyStream(null);
    copy.#state = this.#state.slice();
    copy.#first = this.#first;
    copy.#second = this.#second;
    return copy;
  }

  apply(octets: Uint8Array): void {
    const state = this.#state;
    for (let at = 0; at < octets.length; at++) {
      this.#first = (this.#first + 1) & 0xff;
      this.#second = (this.#second + (state[this.#first] as number)) & 0xff;
      this.#swap(this.#first, this.#second);
      const place = ((state[this.#first] as number) + (state[this.#second] as number)) & 0xff;
      octets[at] = (octets[at] as number) ^ (state[place] as number);
    }
  }

  #swap(a: number, b: number): void {
    const kept = this.#state[a] as number;
    this.#state[a] = this.#state[b] as number;
    this.#state[b] = kept;
  }
}
