/** Fragments begin at multiples of this many bytes (RFC 791 §3.2, RFC 8200 §4.5). */
const BLOCK_LENGTH = 8;
/** Largest payload of an IP datagram. */
const MAX_PAYLOAD_LENGTH = 65_535;
const MAX_BLOCKS = Math.ceil(MAX_PAYLOAD_LENGTH / BLOCK_LENGTH);
/** Payload room that a datagram starts with. */
const INITIAL_ROOM = 2_048;

/**
 * One IP datagram that is being put together. The payload is a row of blocks of 8 bytes, each there or not;
 * the copy of a block that comes first stays. Complete when the end is known and every block up to it is there.
 */
export class IpDatagram {
  /** When its first fragment was recorded. */
  readonly startNs: number;
  readonly headerLength: number;
  /** Number of the protocol inside, −1 until the fragment at offset 0 has said it. */
  protocol = -1;
  /** The header, with room for the payload behind it. */
  #bytes: Buffer;
  readonly #isThere = new Uint8Array(MAX_BLOCKS);
  #blocksThere = 0;
  /** −1 until the last fragment has come. */
  #payloadLength = -1;

  constructor(header: Uint8Array, startNs: number) {
    this.startNs = startNs;
    this.headerLength = header.length;
    this.#bytes = Buffer.alloc(header.length + INITIAL_ROOM);
    this.#bytes.set(header);
  }

  /** Memory that the datagram takes, in bytes. */
  get memory(): number {
    return this.#bytes.length + this.#isThere.length;
  }

  get isComplete(): boolean {
    return this.#payloadLength >= 0 && this.#blocksThere * BLOCK_LENGTH >= this.#payloadLength;
  }

  /** Header and payload, once complete. */
  get packet(): Buffer {
    return this.#bytes.subarray(0, this.headerLength + this.#payloadLength);
  }

  /**
   * Adds a fragment.
   * @param offset where it lies in the payload, a multiple of 8
   * @param isLast no fragment lies behind it
   * @returns false if it can't be part of this datagram: it would reach beyond the end
   */
  add(fragment: Uint8Array, offset: number, isLast: boolean): boolean {
    // Only the last fragment may end within a block (RFC 791 §3.2).
    const length = isLast ? fragment.length : fragment.length - (fragment.length % BLOCK_LENGTH);
    const end = offset + length;
    const limit = this.#payloadLength >= 0 ? this.#payloadLength : MAX_PAYLOAD_LENGTH;
    if (end > limit) return false;
    if (isLast && this.#payloadLength < 0) this.#payloadLength = end;
    this.#makeRoom(end);
    for (let from = 0; from < length; from += BLOCK_LENGTH) {
      const block = (offset + from) / BLOCK_LENGTH;
      if (this.#isThere[block] === 1) continue;
      this.#isThere[block] = 1;
      this.#blocksThere += 1;
      this.#bytes.set(
        fragment.subarray(from, Math.min(length, from + BLOCK_LENGTH)),
        this.headerLength + offset + from,
      );
    }
    return true;
  }

  #makeRoom(payloadLength: number): void {
    const needed = this.headerLength + payloadLength;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.alloc(Math.max(needed, Math.min(MAX_PAYLOAD_LENGTH, this.#bytes.length * 2)));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
