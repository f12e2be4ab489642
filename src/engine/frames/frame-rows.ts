/**
 * Frames as columns, not objects: the hot path makes no object per packet. This half of `FrameBatch` is compiled to
 * WebAssembly too, where frames are followed.
 */

/**
 * Largest frame that is believed, in bytes: libpcap's MAXIMUM_SNAPLEN and Wireshark's
 * WTAP_MAX_PACKET_SIZE_STANDARD. A record that claims more is damage.
 */
export const MAX_FRAME_LENGTH: i32 = 262_144;
/** Largest length on the wire that is counted: the engine's lengths are `i32`. What claims more is damaged. */
export const MAX_WIRE_LENGTH: u32 = 0x7fff_ffff;
/** Largest `FrameRows.interfaceIndex`; more interfaces than that share it. */
export const MAX_INTERFACE_INDEX: i32 = 0xffff;
/** Largest integer that a double holds exactly: 104 days in nanoseconds. */
const MAX_EXACT_NS: f64 = 9_007_199_254_740_991;

/** Row `i` of each column, `0 ≤ i < count`, is one frame. */
export class FrameRows {
  /** The memory that the frames lie in. */
  bytes: Uint8Array = new Uint8Array(0);
  /** The same memory as `bytes`, offset for offset. */
  view: DataView = new DataView(new ArrayBuffer(0));
  /** Number of frames. */
  count: i32 = 0;
  /** Where the frame starts in `bytes`. */
  offset: Uint32Array = new Uint32Array(0);
  /** Bytes of the frame that the file holds (≤ `wireLength`, shorter after a short snap length). */
  capturedLength: Uint32Array = new Uint32Array(0);
  /** Bytes that the frame had on the wire. */
  wireLength: Uint32Array = new Uint32Array(0);
  /** Integer nanoseconds since the capture's first packet; negative where time runs backwards past it. */
  timeNs: Float64Array = new Float64Array(0);
  /** LINKTYPE_* number (https://www.tcpdump.org/linktypes.html): how the frame's bytes begin. */
  linkType: Uint16Array = new Uint16Array(0);
  /** Interface that recorded the frame: 0, 1, … over all files and sections of the capture. */
  interfaceIndex: Uint16Array = new Uint16Array(0);

  /** How many rows there is room for. */
  get capacity(): i32 {
    return this.offset.length;
  }

  /** Empties the rows. */
  clear(): void {
    this.count = 0;
  }

  /** Appends one frame. There is room for it, and `wireLength` is at most `MAX_WIRE_LENGTH`. */
  push(
    offset: i32,
    capturedLength: i32,
    wireLength: u32,
    timeNs: f64,
    linkType: i32,
    interfaceIndex: i32,
  ): void {
    const row = this.count;
    this.offset[row] = offset;
    this.capturedLength[row] = capturedLength;
    this.wireLength[row] = wireLength;
    this.timeNs[row] = timeNs;
    this.linkType[row] = linkType as u16;
    this.interfaceIndex[row] = interfaceIndex as u16;
    this.count = row + 1;
  }

  /**
   * Moves frames on the time axis, and numbers their interfaces from `interfaceShift` on.
   * @returns frames that are too far from its start for their times to be exact
   */
  place(shiftNs: f64, interfaceShift: i32): i32 {
    const timeNs = this.timeNs;
    let far: i32 = 0;
    for (let row: i32 = 0; row < this.count; row++) {
      const placed = (timeNs[row] as f64) + shiftNs;
      timeNs[row] = placed;
      if (Math.abs(placed) > MAX_EXACT_NS) far++;
    }
    if (interfaceShift > 0) {
      const interfaceIndex = this.interfaceIndex;
      for (let row: i32 = 0; row < this.count; row++) {
        const index = (interfaceIndex[row] as i32) + interfaceShift;
        interfaceIndex[row] = (index < MAX_INTERFACE_INDEX ? index : MAX_INTERFACE_INDEX) as u16;
      }
    }
    return far;
  }

  /** Makes room for as many rows; what is in them is lost. */
  reserveRows(capacity: i32): void {
    if (capacity <= this.capacity) return;
    this.offset = new Uint32Array(capacity);
    this.capturedLength = new Uint32Array(capacity);
    this.wireLength = new Uint32Array(capacity);
    this.timeNs = new Float64Array(capacity);
    this.linkType = new Uint16Array(capacity);
    this.interfaceIndex = new Uint16Array(capacity);
  }

  /** The frames lie in this memory. */
  setBytes(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
  }
}
