/** Classic pcap with nanoseconds (draft-ietf-opsawg-pcap), written frame by frame in blocks. */

const MAGIC_NANOSECONDS = 0xa1b23c4d;
const FILE_HEADER_BYTES = 24;
const FRAME_HEADER_BYTES = 16;
const BLOCK_BYTES = 256 * 1024;

export class PcapWriter {
  /** Frames added since the last block went out. */
  pendingFrames = 0;
  readonly #snapLength: number;
  readonly #write: (bytes: Uint8Array) => void;
  readonly #block = Buffer.alloc(BLOCK_BYTES);
  #length = 0;

  /**
   * Writes the file's header at once.
   * @param linkType LINKTYPE_* number
   * @param snapLength bytes kept of a frame, 1 … 65,535
   * @param write takes a block, which is valid during the call
   */
  constructor(linkType: number, snapLength: number, write: (bytes: Uint8Array) => void) {
    this.#snapLength = snapLength;
    this.#write = write;
    const header = Buffer.alloc(FILE_HEADER_BYTES);
    header.writeUInt32LE(MAGIC_NANOSECONDS, 0);
    header.writeUInt16LE(2, 4);
    header.writeUInt16LE(4, 6);
    header.writeUInt32LE(snapLength, 16);
    header.writeUInt32LE(linkType, 20);
    write(header);
  }

  /**
   * Appends a frame.
   * @param seconds since 1970
   * @param nanoseconds 0 … 999,999,999
   * @param length bytes of it that lie at the start of `frame`
   * @param wireLength bytes that it had on the wire
   */
  add(seconds: number, nanoseconds: number, frame: Buffer, length: number, wireLength: number): void {
    const kept = Math.min(length, this.#snapLength);
    if (this.#length + FRAME_HEADER_BYTES + kept > BLOCK_BYTES) this.flush();
    const block = this.#block;
    const at = this.#length;
    block.writeUInt32LE(seconds, at);
    block.writeUInt32LE(nanoseconds, at + 4);
    block.writeUInt32LE(kept, at + 8);
    block.writeUInt32LE(wireLength, at + 12);
    frame.copy(block, at + FRAME_HEADER_BYTES, 0, kept);
    this.#length = at + FRAME_HEADER_BYTES + kept;
    this.pendingFrames += 1;
  }

  /** Writes what is pending. */
  flush(): void {
    if (this.#length === 0) return;
    this.#write(this.#block.subarray(0, this.#length));
    this.#length = 0;
    this.pendingFrames = 0;
  }
}
