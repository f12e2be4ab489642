/**
 * Reads the frames of one direction (RFC 9113 §4). Nothing is copied but header blocks that span segments and the payload of
 * small frames. After a hole whose length says in which frame it ends, reading goes on; after any other the next plausible
 * header is searched.
 */
import { copyOctets, octetAt } from "../dialect/byte-order.ts";
import { max, min } from "../dialect/integers.ts";
import type { HeaderMemory } from "../http/split-header.ts";
import { type FrameOwner, Http2Frame } from "./frame-owner.ts";
import * as Type from "./frame-types.ts";
import { beginFrames, HEADER_LENGTH, isLengthOf, isStreamOf, lengthAt, number31At } from "./frame-types.ts";
import { HeaderBlock } from "./header-block.ts";

/** Octets of a small frame that are kept: 20 settings. */
const MAX_SMALL: i32 = 120;

const PHASE_HEADER: i32 = 0;
const PHASE_PAYLOAD: i32 = 1;
const PHASE_SEARCH: i32 = 2;

export class FrameReader {
  private readonly owner: FrameOwner;
  private readonly side: i32;
  private readonly frame: Http2Frame = new Http2Frame();
  private readonly block: HeaderBlock;
  private readonly small: Uint8Array = new Uint8Array(MAX_SMALL);
  private smallLength: i32 = 0;
  private phase: i32 = PHASE_HEADER;
  /** Frames that were read to their end. */
  wholeFrames: i32 = 0;
  /** Payload that is still to come. */
  private left: i32 = 0;
  /** Of a DATA frame: padding, −1 before its length is known. */
  private padding: i32 = 0;

  constructor(owner: FrameOwner, side: i32, memory: HeaderMemory) {
    this.owner = owner;
    this.side = side;
    this.block = new HeaderBlock(memory);
  }

  /** The direction begins. @param isAtFrame with a frame */
  open(isAtFrame: boolean): void {
    this.phase = isAtFrame ? PHASE_HEADER : PHASE_SEARCH;
    this.smallLength = 0;
    this.block.drop();
  }

  /** Lets memory go. */
  drop(): void {
    this.block.drop();
  }

  /** The next bytes of the stream. */
  data(bytes: Uint8Array, start: i32, end: i32, timeNs: f64, frame: i32): void {
    let at = start;
    // A frame without payload ends where its header does.
    while (at < end || (this.phase === PHASE_PAYLOAD && this.left === 0)) {
      if (this.phase === PHASE_HEADER) at = this.readHeader(bytes, at, end, timeNs, frame);
      else if (this.phase === PHASE_PAYLOAD) at = this.readPayload(bytes, at, end, timeNs, frame);
      else at = this.search(bytes, at, end);
    }
  }

  /** So many bytes are missing. */
  gap(length: i32, timeNs: f64, frame: i32): void {
    if (this.phase === PHASE_SEARCH) {
      this.owner.skip(length);
      return;
    }
    if (this.phase !== PHASE_PAYLOAD || length > this.left) {
      this.lose();
      return;
    }
    this.touch(timeNs, frame);
    this.left -= length;
    const type = this.frame.type;
    if (type === Type.DATA) this.missContent(length);
    else if (isOfBlock(type)) this.block.breaks();
    else if (type <= Type.CONTINUATION) this.smallLength = -1;
    if (this.left === 0) this.endFrame();
  }

  /** Where the length of the padding is missing too, padding can't be told from content. */
  private missContent(length: i32): void {
    const content: i32 = this.padding === -1 ? length - 1 : length;
    this.padding = max(0, this.padding);
    this.owner.contentHole(this.side, this.frame, content);
  }

  private readHeader(bytes: Uint8Array, start: i32, end: i32, timeNs: f64, frame: i32): i32 {
    if (this.smallLength === 0) {
      this.frame.startNs = timeNs;
      this.frame.startFrame = frame;
      this.frame.endNs = timeNs;
      this.frame.endFrame = frame;
    } else this.touch(timeNs, frame);
    const taken = min(HEADER_LENGTH - this.smallLength, end - start);
    if (taken === HEADER_LENGTH) {
      this.takeHeader(bytes, start);
      return start + HEADER_LENGTH;
    }
    copyOctets(bytes, start, taken, this.small, this.smallLength);
    this.smallLength += taken;
    if (this.smallLength === HEADER_LENGTH) this.takeHeader(this.small, 0);
    return start + taken;
  }

  private takeHeader(bytes: Uint8Array, at: i32): void {
    const frame = this.frame;
    frame.length = lengthAt(bytes, at);
    frame.type = octetAt(bytes, at + 3);
    frame.flags = octetAt(bytes, at + 4);
    frame.stream = number31At(bytes, at + 5);
    this.smallLength = 0;
    const type = frame.type;
    if (!isLengthOf(type, frame.length) || !isStreamOf(type, frame.stream)) {
      this.lose();
      return;
    }
    this.phase = PHASE_PAYLOAD;
    this.left = frame.length;
    this.padding = type === Type.DATA && frame.has(Type.PADDED) ? -1 : 0;
    const goesOn = this.block.isOpen;
    if (type === Type.CONTINUATION ? !goesOn || frame.stream !== this.block.frame.stream : goesOn) {
      // Nothing may come between the frames of a block (RFC 9113 §6.10).
      this.lose();
    } else if (type === Type.HEADERS || type === Type.PUSH_PROMISE) this.block.begin(frame);
  }

  private readPayload(bytes: Uint8Array, start: i32, end: i32, timeNs: f64, number: i32): i32 {
    this.touch(timeNs, number);
    const type = this.frame.type;
    const taken = min(this.left, end - start);
    if (type === Type.DATA) this.readContent(bytes, start, start + taken);
    else if (isOfBlock(type)) {
      if (taken === this.frame.length && this.block.isInPlace(this.frame)) {
        this.left = 0;
        this.phase = PHASE_HEADER;
        this.wholeFrames = (this.wholeFrames + 1) | 0;
        this.block.readInPlace(this.owner, this.side, this.frame, bytes, start);
        return start + taken;
      }
      this.block.add(bytes, start, start + taken);
    } else if (type <= Type.CONTINUATION && this.smallLength >= 0) {
      const kept = min(taken, MAX_SMALL - this.smallLength);
      copyOctets(bytes, start, kept, this.small, this.smallLength);
      this.smallLength += kept;
    }
    this.left -= taken;
    if (this.left === 0) this.endFrame();
    return start + taken;
  }

  private readContent(bytes: Uint8Array, start: i32, end: i32): void {
    let at = start;
    if (this.padding === -1 && at < end) this.padding = min(octetAt(bytes, at++), this.left - 1);
    const contentEnd = min(end, start + this.left - this.padding);
    if (at < contentEnd) this.owner.content(this.side, this.frame, bytes, at, contentEnd);
  }

  private endFrame(): void {
    const owner = this.owner;
    const frame = this.frame;
    const length = this.smallLength;
    this.phase = PHASE_HEADER;
    this.smallLength = 0;
    this.wholeFrames = (this.wholeFrames + 1) | 0;
    if (frame.type === Type.DATA) owner.endData(this.side, frame);
    else if (isOfBlock(frame.type)) this.block.endFrame(owner, this.side, frame);
    else if (frame.type <= Type.CONTINUATION && length >= 0)
      owner.control(this.side, frame, this.small, length);
  }

  /** Looks for the first place at which frames begin. */
  private search(bytes: Uint8Array, start: i32, end: i32): i32 {
    for (let at = start; at <= end - HEADER_LENGTH; at++) {
      if (!beginFrames(bytes, at, end)) continue;
      this.owner.skip(at - start);
      this.phase = PHASE_HEADER;
      return at;
    }
    this.owner.skip(end - start);
    return end;
  }

  private lose(): void {
    this.phase = PHASE_SEARCH;
    this.smallLength = 0;
    this.block.drop();
    this.owner.loseFrames(this.side);
  }

  private touch(timeNs: f64, frame: i32): void {
    if (frame <= this.frame.endFrame) return;
    this.frame.endNs = timeNs;
    this.frame.endFrame = frame;
  }
}

/** Whether frames of the type carry a header block. */
function isOfBlock(type: i32): boolean {
  return type === Type.HEADERS || type === Type.PUSH_PROMISE || type === Type.CONTINUATION;
}
