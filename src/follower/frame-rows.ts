/** Frames as columns: the counterpart of `FrameBatch` in WebAssembly's memory. */
export class FrameRows {
  /** The memory that the frames lie in. */
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(new ArrayBuffer(0));
  count: i32 = 0;
  offset: Int32Array = new Int32Array(0);
  capturedLength: Int32Array = new Int32Array(0);
  wireLength: Int32Array = new Int32Array(0);
  timeNs: Float64Array = new Float64Array(0);
  linkType: Int32Array = new Int32Array(0);
  interfaceIndex: Int32Array = new Int32Array(0);

  /** Makes room for as many rows. */
  reserveRows(capacity: i32): void {
    if (capacity <= this.offset.length) return;
    this.offset = new Int32Array(capacity);
    this.capturedLength = new Int32Array(capacity);
    this.wireLength = new Int32Array(capacity);
    this.timeNs = new Float64Array(capacity);
    this.linkType = new Int32Array(capacity);
    this.interfaceIndex = new Int32Array(capacity);
  }

  /** Makes room for frames in as many bytes. */
  reserveBytes(length: i32): void {
    if (length <= this.bytes.length) return;
    this.bytes = new Uint8Array(length);
    this.view = new DataView(this.bytes.buffer);
  }
}
