/** The connection that a reader of frames belongs to. */

/** What is known of the frame that is being read. */
export class Http2Frame {
  type: i32 = 0;
  flags: i32 = 0;
  /** Of its payload, in octets. */
  length: i32 = 0;
  stream: i32 = 0;
  /** When its first octet was recorded, and the latest so far. */
  startNs: f64 = 0;
  startFrame: i32 = 0;
  endNs: f64 = 0;
  endFrame: i32 = 0;
  /** Of the frame that began a header block: when it was whole, without those that continue it. Wireshark shows it there. */
  wholeNs: f64 = 0;
  wholeFrame: i32 = 0;

  has(flag: i32): boolean {
    return (this.flags & flag) !== 0;
  }
}

export interface FrameOwner {
  /** Content of a DATA frame, without padding. */
  content(side: i32, frame: Http2Frame, bytes: Uint8Array, start: i32, end: i32): void;
  /** So many bytes of a DATA frame's payload are missing. */
  contentHole(side: i32, frame: Http2Frame, length: i32): void;
  /** A DATA frame's last byte came. */
  endData(side: i32, frame: Http2Frame): void;
  /**
   * A header block is whole: `bytes[start, end)`. Where bytes of it are missing, or it is too long, it is empty.
   * @param frame the HEADERS or PUSH_PROMISE frame that began it, with the time of the block's end
   * @param octets that its frames take in the stream
   */
  endBlock(
    side: i32,
    frame: Http2Frame,
    bytes: Uint8Array,
    start: i32,
    end: i32,
    isWhole: boolean,
    octets: f64,
  ): void;
  /** One of the other frames is whole; `payload` has its first octets. */
  control(side: i32, frame: Http2Frame, payload: Uint8Array, length: i32): void;
  /** Frames of this side are missing: where the next begins is searched. */
  loseFrames(side: i32): void;
  /** Bytes went by in which no frame was read. */
  skip(length: f64): void;
}
