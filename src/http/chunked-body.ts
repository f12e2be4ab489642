/**
 * The chunked transfer coding (RFC 9112 §7.1), followed over any cut of the stream. Chunk data are passed over by
 * arithmetic; sizes, extensions and trailer fields are read byte by byte and not kept.
 *
 *   SIZE → (EXTENSION →) DATA → DATA_END → SIZE … ; size 0 → TRAILER_START ⇄ TRAILER → ended
 */
import { CR, LF, SEMICOLON, SPACE, TAB } from "./octets.ts";

const State = {
  SIZE: 0,
  /** Blanks after the size: an extension or the line's end must follow. */
  AFTER_SIZE: 1,
  EXTENSION: 2,
  SIZE_LF: 3,
  DATA: 4,
  DATA_END: 5,
  DATA_LF: 6,
  TRAILER_START: 7,
  TRAILER: 8,
  TRAILER_LF: 9,
  ENDED: 10,
  BROKEN: 11,
} as const;
type State = (typeof State)[keyof typeof State];

/** 0 … 15 for hexadecimal digits, 255 for every other octet. */
const HEX_VALUE = new Uint8Array(256).fill(255);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  HEX_VALUE[digit.charCodeAt(0)] = value;
  HEX_VALUE[digit.toUpperCase().charCodeAt(0)] = value;
}

export class ChunkedBody {
  private state: State = State.SIZE;
  /** Size read so far in SIZE, then bytes of the chunk still to come in DATA. */
  private remaining = 0;
  private hasDigits = false;

  /** A new body begins. */
  begin(): void {
    this.state = State.SIZE;
    this.remaining = 0;
    this.hasDigits = false;
  }

  /** The last chunk and its trailers were read to their last byte. */
  get hasEnded(): boolean {
    return this.state === State.ENDED;
  }

  /** What was read is no chunked body. */
  get isBroken(): boolean {
    return this.state === State.BROKEN;
  }

  /** Reads on; the result is `end`, or where the body ended or broke. */
  consume(bytes: Buffer, start: number, end: number): number {
    let at = start;
    while (at < end && this.state !== State.ENDED && this.state !== State.BROKEN) {
      if (this.state === State.DATA) {
        const held = end - at;
        if (held < this.remaining) {
          this.remaining -= held;
          return end;
        }
        at += this.remaining;
        this.remaining = 0;
        this.state = State.DATA_END;
      } else {
        this.state = this.next(bytes[at] ?? 0);
        at++;
      }
    }
    return at;
  }

  /** Passes over a hole of `length` bytes; `false` when it reaches beyond the chunk's data, so that framing is lost. */
  skip(length: number): boolean {
    if (this.state !== State.DATA || length > this.remaining) return false;
    this.remaining -= length;
    if (this.remaining === 0) this.state = State.DATA_END;
    return true;
  }

  private next(octet: number): State {
    switch (this.state) {
      case State.SIZE:
        return this.afterSizeOctet(octet);
      case State.AFTER_SIZE:
        if (octet === SPACE || octet === TAB) return State.AFTER_SIZE;
        return octet === SEMICOLON ? State.EXTENSION : this.atSizeLineEnd(octet);
      case State.EXTENSION:
        return octet === LF ? this.afterSizeLine() : State.EXTENSION;
      case State.SIZE_LF:
        return octet === LF ? this.afterSizeLine() : State.BROKEN;
      case State.DATA_END:
        if (octet === CR) return State.DATA_LF;
        return octet === LF ? this.nextSize() : State.BROKEN;
      case State.DATA_LF:
        return octet === LF ? this.nextSize() : State.BROKEN;
      case State.TRAILER_START:
        if (octet === LF) return State.ENDED;
        return octet === CR ? State.TRAILER_LF : State.TRAILER;
      case State.TRAILER:
        return octet === LF ? State.TRAILER_START : State.TRAILER;
      case State.TRAILER_LF:
        return octet === LF ? State.ENDED : State.TRAILER;
      default:
        return this.state;
    }
  }

  private afterSizeOctet(octet: number): State {
    const digit = HEX_VALUE[octet] ?? 255;
    if (digit !== 255) {
      this.hasDigits = true;
      this.remaining = this.remaining * 16 + digit;
      return this.remaining > Number.MAX_SAFE_INTEGER ? State.BROKEN : State.SIZE;
    }
    if (!this.hasDigits) return State.BROKEN;
    if (octet === SPACE || octet === TAB) return State.AFTER_SIZE;
    return octet === SEMICOLON ? State.EXTENSION : this.atSizeLineEnd(octet);
  }

  private atSizeLineEnd(octet: number): State {
    if (octet === CR) return State.SIZE_LF;
    return octet === LF ? this.afterSizeLine() : State.BROKEN;
  }

  private afterSizeLine(): State {
    return this.remaining === 0 ? State.TRAILER_START : State.DATA;
  }

  private nextSize(): State {
    this.hasDigits = false;
    return State.SIZE;
  }
}
