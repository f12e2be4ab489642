import { least, most } from "../integers.ts";

/** Frames as columns: the counterpart of `FrameBatch` in WebAssembly's memory. */
export class FrameRows {
  /** The memory that the frames lie in. */
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(new ArrayBuffer(0));
  count: i32 = 0;
  offset: Uint32Array = new Uint32Array(0);
  capturedLength: Uint32Array = new Uint32Array(0);
  wireLength: Uint32Array = new Uint32Array(0);
  timeNs: Float64Array = new Float64Array(0);
  linkType: Uint16Array = new Uint16Array(0);
  interfaceIndex: Uint16Array = new Uint16Array(0);

  /** Where the first of the frames begins. */
  get start(): i32 {
    let start: i32 = this.count === 0 ? 0 : (this.offset[0] as i32);
    for (let row: i32 = 1; row < this.count; row++) start = least(start, this.offset[row] as i32);
    return start;
  }

  /** Behind the last of the frames. */
  get end(): i32 {
    let end: i32 = 0;
    for (let row: i32 = 0; row < this.count; row++) {
      end = most(end, ((this.offset[row] as i32) + (this.capturedLength[row] as i32)) as i32);
    }
    return end;
  }

  /** Makes room for as many rows. */
  reserveRows(capacity: i32): void {
    if (capacity <= this.offset.length) return;
    this.offset = new Uint32Array(capacity);
    this.capturedLength = new Uint32Array(capacity);
    this.wireLength = new Uint32Array(capacity);
    this.timeNs = new Float64Array(capacity);
    this.linkType = new Uint16Array(capacity);
    this.interfaceIndex = new Uint16Array(capacity);
  }

  /** Makes room for frames in as many bytes. */
  reserveBytes(length: i32): void {
    if (length <= this.bytes.length) return;
    this.bytes = new Uint8Array(length);
    this.view = new DataView(this.bytes.buffer);
  }
}
