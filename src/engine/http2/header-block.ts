/** The header block of one direction that is being read: HEADERS or PUSH_PROMISE, and what CONTINUATION adds (RFC 9113 §4.3). */
import { copyOctets, octetAt } from "../dialect/byte-order.ts";
import { type HeaderMemory, MAX_HEADER_LENGTH } from "../http/split-header.ts";
import { type FrameOwner, Http2Frame } from "./frame-owner.ts";
import * as Type from "./frame-types.ts";

const NO_BUFFER: Uint8Array = new Uint8Array(0);
const PROMISED_LENGTH: i32 = 4;

export class HeaderBlock {
  private readonly memory: HeaderMemory;
  /** The frame that began the block, with the time of the latest of its bytes. */
  readonly frame: Http2Frame = new Http2Frame();
  /** A block has begun, and has not ended. */
  isOpen: boolean = false;
  private buffer: Uint8Array = NO_BUFFER;
  /** The block so far, and behind it the payload of the frame that is being read. */
  private length: i32 = 0;
  private fragmentAt: i32 = 0;
  /** Bytes of it are missing, or there are too many. */
  private isBroken: boolean = false;
  /** What its frames take in the stream. */
  private octets: f64 = 0;

  constructor(memory: HeaderMemory) {
    this.memory = memory;
  }

  /** A frame begins a block. */
  begin(frame: Http2Frame): void {
    const first = this.frame;
    first.type = frame.type;
    first.flags = frame.flags;
    first.length = frame.length;
    first.stream = frame.stream;
    first.startNs = frame.startNs;
    first.startFrame = frame.startFrame;
    first.endNs = frame.endNs;
    first.endFrame = frame.endFrame;
    this.isOpen = true;
    this.isBroken = false;
    this.octets = 0;
    this.length = 0;
    this.fragmentAt = 0;
  }

  /** Whether the frame, if all of it lies together, is the whole block. */
  isInPlace(frame: Http2Frame): boolean {
    return frame.type !== Type.CONTINUATION && frame.has(Type.END_HEADERS) && !this.isBroken;
  }

  /** Hands on the block that lies in the payload of its only frame, at `start`. */
  readInPlace(owner: FrameOwner, side: i32, frame: Http2Frame, bytes: Uint8Array, start: i32): void {
    this.isOpen = false;
    this.take(frame);
    const end = start + frame.length;
    const first = start + fragmentStart(frame);
    const last: i32 = frame.has(Type.PADDED) && frame.length > 0 ? end - octetAt(bytes, start) : end;
    const isWhole = first <= last;
    owner.endBlock(side, this.frame, bytes, first, isWhole ? last : first, isWhole, this.octets);
  }

  /** Adds payload of a frame. */
  add(bytes: Uint8Array, start: i32, end: i32): void {
    if (this.isBroken) return;
    const length = this.length + end - start;
    if (length > this.buffer.length) {
      const memory = this.memory;
      if (length > MAX_HEADER_LENGTH || !memory.allows(this.buffer, length)) {
        this.breaks();
        return;
      }
      const larger = memory.take(length);
      copyOctets(this.buffer, 0, this.length, larger, 0);
      memory.release(this.buffer);
      this.buffer = larger;
    }
    copyOctets(bytes, start, end - start, this.buffer, this.length);
    this.length = length;
  }

  /** Bytes of it are missing, or are too many to be kept. */
  breaks(): void {
    this.isBroken = true;
  }

  /** The frame's last byte came; with it, perhaps, the block's. */
  endFrame(owner: FrameOwner, side: i32, frame: Http2Frame): void {
    this.take(frame);
    if (!this.isBroken) this.cutFragment(frame);
    if (!frame.has(Type.END_HEADERS)) return;
    this.isOpen = false;
    const isWhole = !this.isBroken;
    owner.endBlock(side, this.frame, this.buffer, 0, isWhole ? this.length : 0, isWhole, this.octets);
    this.drop();
  }

  /** Lets go of what there is. */
  drop(): void {
    this.isOpen = false;
    if (this.buffer.length === 0) return;
    this.memory.release(this.buffer);
    this.buffer = NO_BUFFER;
  }

  private take(frame: Http2Frame): void {
    if (this.octets === 0) {
      this.frame.wholeNs = frame.endNs;
      this.frame.wholeFrame = frame.endFrame;
    }
    this.octets += frame.length + Type.HEADER_LENGTH;
    if (frame.endFrame <= this.frame.endFrame) return;
    this.frame.endNs = frame.endNs;
    this.frame.endFrame = frame.endFrame;
  }

  /** Leaves of the frame's payload what belongs to the block. */
  private cutFragment(frame: Http2Frame): void {
    const at = this.fragmentAt;
    const first = fragmentStart(frame);
    const padding: i32 = hasPadding(frame) && this.length > at ? octetAt(this.buffer, at) : 0;
    const length = this.length - at - first - padding;
    if (length < 0) {
      this.breaks();
      return;
    }
    copyOctets(this.buffer, at + first, length, this.buffer, at);
    this.length = at + length;
    this.fragmentAt = this.length;
  }
}

function hasPadding(frame: Http2Frame): boolean {
  return frame.type !== Type.CONTINUATION && frame.has(Type.PADDED);
}

/** What lies before the block in the frame's payload. */
function fragmentStart(frame: Http2Frame): i32 {
  if (frame.type === Type.CONTINUATION) return 0;
  let at: i32 = frame.has(Type.PADDED) ? 1 : 0;
  if (frame.type === Type.PUSH_PROMISE) at += PROMISED_LENGTH;
  else if (frame.has(Type.PRIORITY_FLAG)) at += Type.PRIORITY_LENGTH;
  return at;
}
