/** Puts handshake messages together, which may lie over several records or share one (RFC 8446 §4). */

export const CLIENT_HELLO = 1;
export const SERVER_HELLO = 2;
export const ENCRYPTED_EXTENSIONS = 8;
export const CERTIFICATE = 11;
export const FINISHED = 20;
export const KEY_UPDATE = 24;

/** Those whose content is read; all others are passed over. */
const WANTED: ReadonlySet<number> = new Set([CLIENT_HELLO, SERVER_HELLO, ENCRYPTED_EXTENSIONS, KEY_UPDATE]);

/** Type and length of 24 bits. */
const HEADER_BYTES = 4;
/** A hello has no more; a longer message is passed over. */
const MAX_HELD_BYTES = 2 ** 17;

export class HandshakeMessages {
  #held = new Uint8Array(0);
  #toSkip = 0;

  /** Octets that wait for the rest of their message. */
  get heldBytes(): number {
    return this.#held.length;
  }

  /** Takes the content of a record. @param use gets each message that is whole; of some only the type */
  add(content: Uint8Array, use: (type: number, body: Uint8Array) => void): void {
    const skipped = Math.min(this.#toSkip, content.length);
    this.#toSkip -= skipped;
    let bytes = content.subarray(skipped);
    if (this.#held.length > 0) {
      const joined = new Uint8Array(this.#held.length + bytes.length);
      joined.set(this.#held);
      joined.set(bytes, this.#held.length);
      bytes = joined;
      this.#held = NOTHING;
    }
    let at = 0;
    while (at + HEADER_BYTES <= bytes.length) {
      const type = bytes[at] as number;
      const start = at + HEADER_BYTES;
      const end = start + uint24(bytes, at + 1);
      if (!WANTED.has(type) || end - start > MAX_HELD_BYTES) {
        use(type, NOTHING);
        this.#toSkip = Math.max(0, end - bytes.length);
      } else if (end > bytes.length) break;
      else use(type, bytes.subarray(start, end));
      at = Math.min(end, bytes.length);
    }
    if (at < bytes.length) this.#held = bytes.slice(at);
  }

  /** Records are missing: what waited is of no use. */
  restart(): void {
    this.#held = NOTHING;
    this.#toSkip = 0;
  }
}

const NOTHING = new Uint8Array(0);

function uint24(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 16) | ((bytes[at + 1] as number) << 8) | (bytes[at + 2] as number);
}
