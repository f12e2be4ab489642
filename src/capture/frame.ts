/**
 * The capture room's noun: frames, in batches. A batch holds columns, not objects: the hot path makes no
 * object per packet. The reader reuses its batch, so a batch is valid until the next one is asked for.
 */

/** Rows of a batch: few enough that what is found in them stays in the processor's cache until it is read. */
const INITIAL_CAPACITY = 1024;

/**
 * Link type of what is no packet but has a frame number in Wireshark all the same: pcapng's custom and systemd journal
 * blocks. They are delivered, empty, so that frame numbers are Wireshark's.
 */
export const NO_PACKET = 0xffff;

/** Frames as columns; row `i` of each column, `0 ≤ i < count`, is one frame. */
export class FrameBatch {
  /** The memory that the frames of this batch lie in; the reader replaces it from batch to batch. */
  bytes: Buffer = Buffer.alloc(0);
  /** The same memory as `bytes`, offset for offset. */
  view: DataView = new DataView(new ArrayBuffer(0));
  /** Number of frames. */
  count = 0;
  /** Where the frame starts in `bytes`. */
  offset = new Uint32Array(INITIAL_CAPACITY);
  /** Bytes of the frame that the file holds (≤ `wireLength`, shorter after a short snap length). */
  capturedLength = new Uint32Array(INITIAL_CAPACITY);
  /** Bytes that the frame had on the wire. */
  wireLength = new Uint32Array(INITIAL_CAPACITY);
  /** Integer nanoseconds since the capture's first packet; negative where time runs backwards past it. */
  timeNs = new Float64Array(INITIAL_CAPACITY);
  /** LINKTYPE_* number (https://www.tcpdump.org/linktypes.html): how the frame's bytes begin. */
  linkType = new Uint16Array(INITIAL_CAPACITY);
  /** Interface that recorded the frame: 0, 1, … over all files and sections of the capture. */
  interfaceIndex = new Uint16Array(INITIAL_CAPACITY);

  /** Makes this batch refer to other memory and empties it. */
  reset(bytes: Buffer): void {
    if (
      bytes.buffer !== this.view.buffer ||
      bytes.byteOffset !== this.view.byteOffset ||
      bytes.length !== this.view.byteLength
    ) {
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    this.bytes = bytes;
    this.count = 0;
  }

  /** Appends one frame. */
  push(
    offset: number,
    capturedLength: number,
    wireLength: number,
    timeNs: number,
    linkType: number,
    interfaceIndex: number,
  ): void {
    const row = this.count;
    if (row === this.offset.length) this.#grow();
    this.offset[row] = offset;
    this.capturedLength[row] = capturedLength;
    this.wireLength[row] = wireLength;
    this.timeNs[row] = timeNs;
    this.linkType[row] = linkType;
    this.interfaceIndex[row] = interfaceIndex;
    this.count = row + 1;
  }

  #grow(): void {
    const capacity = this.offset.length * 2;
    const grow32 = (column: Uint32Array) => {
      const larger = new Uint32Array(capacity);
      larger.set(column);
      return larger;
    };
    const grow16 = (column: Uint16Array) => {
      const larger = new Uint16Array(capacity);
      larger.set(column);
      return larger;
    };
    this.offset = grow32(this.offset);
    this.capturedLength = grow32(this.capturedLength);
    this.wireLength = grow32(this.wireLength);
    const times = new Float64Array(capacity);
    times.set(this.timeNs);
    this.timeNs = times;
    this.linkType = grow16(this.linkType);
    this.interfaceIndex = grow16(this.interfaceIndex);
  }
}
