import { type DecodeResult, SkipReason } from "./skip-reason.ts";

/**
 * Where the walk through one frame stands. A reader of a header may read `offset … capturedEnd` and nothing
 * else: what lies behind belongs to the next frame. `capturedEnd ≤ wireEnd` always; `offset` may pass either
 * (a header that says it is longer than what is left), so every reader compares before it reads.
 */
export class Cursor {
  /** Memory that the packet lies in: the batch's, or a reassembled IP datagram's. */
  bytes: Buffer = Buffer.alloc(0);
  view: DataView = new DataView(new ArrayBuffer(0));
  /** Where the next header starts. */
  offset = 0;
  /** Behind the last byte of the packet that the capture holds. */
  capturedEnd = 0;
  /** Behind the last byte that the packet had on the wire, by the headers read so far. */
  wireEnd = 0;
  /** Bytes that the IP header says the packet has, and its frame had not: 0 = as many. */
  missingBytes = 0;
  /** The frame's time, nanoseconds since the capture's first packet. */
  timeNs = 0;
  /**
   * The result on reaching TCP: 0, or the reason why the TCP header ahead isn't a segment on the wire
   * (quoted by an ICMP error, sampled by sFlow, in the cut first fragment of a datagram).
   */
  notASegment: DecodeResult = 0;

  /** Places the cursor on bytes that the capture holds completely. */
  moveTo(bytes: Buffer, offset: number): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.offset = offset;
    this.capturedEnd = bytes.length;
    this.wireEnd = bytes.length;
  }

  /** Whether the capture holds `length` bytes from the cursor on. */
  holds(length: number): boolean {
    return this.capturedEnd - this.offset >= length;
  }

  /**
   * Why `length` bytes can't be read: they were on the wire and the capture cut them off, or the header
   * needs more than there was, which makes the packet `malformed`.
   */
  missing(length: number, malformed: DecodeResult): DecodeResult {
    return this.wireEnd - this.offset >= length ? SkipReason["truncated-header"] : malformed;
  }

  /** Ends the packet `length` bytes behind the cursor, if that is earlier: padding and trailers go. */
  limit(length: number): void {
    const end = this.offset + length;
    if (end < this.wireEnd) this.wireEnd = end;
    if (end < this.capturedEnd) this.capturedEnd = end;
  }
}
