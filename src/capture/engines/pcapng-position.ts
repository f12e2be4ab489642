/** How far a pcapng stream has come in time, read from its blocks' first bytes as they pass. */

/** Block types and magic, draft-ietf-opsawg-pcapng §4.1 and §4.3. */
const SECTION_HEADER = 0x0a0d0d0a;
const ENHANCED_PACKET = 6;
const BYTE_ORDER_LITTLE = 0x1a2b3c4d;

/** Of a block is needed: type, length, and of an Enhanced Packet Block interface and time, or of a section byte order. */
const HEAD_BYTES = 20;
const LENGTH_AT = 4;
const BYTE_ORDER_AT = 8;
const TIME_HIGH_AT = 12;
const TIME_LOW_AT = 16;
/** Shortest block: type and two lengths. */
const SHORTEST_BYTES = 12;

/** Ticks since 1970 above this are nanoseconds, below microseconds: dumpcap writes no others. */
const MAX_MICROSECONDS = 10n ** 17n;

export class PcapngPosition {
  /** Time of the latest frame so far, in ns since 1970; 0 before the first. */
  latestNs = 0n;
  readonly #head = Buffer.alloc(HEAD_BYTES);
  #headLength = 0;
  /** Bytes to pass over until the next block begins. */
  #skip = 0;
  #isLittle = true;

  /** Takes the next piece of the stream. */
  feed(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      if (this.#skip > 0) {
        const passed = Math.min(this.#skip, bytes.length - at);
        this.#skip -= passed;
        at += passed;
        continue;
      }
      const part = bytes.subarray(at, at + HEAD_BYTES - this.#headLength);
      this.#head.set(part, this.#headLength);
      this.#headLength += part.length;
      at += part.length;
      if (this.#headLength === HEAD_BYTES) this.#takeHead();
    }
  }

  /** Every block is at least as long as the head, but for an empty one of an unknown type: its successor is then lost. */
  #takeHead(): void {
    const head = this.#head;
    const type = head.readUInt32LE(0);
    if (type === SECTION_HEADER) this.#isLittle = head.readUInt32LE(BYTE_ORDER_AT) === BYTE_ORDER_LITTLE;
    const read = (offset: number): number =>
      this.#isLittle ? head.readUInt32LE(offset) : head.readUInt32BE(offset);
    if (read(0) === ENHANCED_PACKET) {
      const ticks = (BigInt(read(TIME_HIGH_AT)) << 32n) | BigInt(read(TIME_LOW_AT));
      const timeNs = ticks > MAX_MICROSECONDS ? ticks : ticks * 1000n;
      if (timeNs > this.latestNs) this.latestNs = timeNs;
    }
    const length = Math.max(read(LENGTH_AT), SHORTEST_BYTES);
    this.#skip = Math.max(0, length - HEAD_BYTES);
    this.#headLength = 0;
  }
}
