/**
 * The chunked transfer coding (RFC 9112 §7.1), followed over any cut of the stream. Chunk data are passed over by
 * arithmetic; sizes, extensions and trailer fields are read byte by byte and not kept.
 *
 *   SIZE → (EXTENSION →) DATA → DATA_END → SIZE … ; size 0 → TRAILER_START ⇄ TRAILER → ended
 */
import { octetAt } from "../dialect/byte-order.ts";
import type { BodyStart } from "./body-start.ts";
import { MAX_COUNTED } from "./message-head.ts";
import { CR, LF, octetsOf, SEMICOLON, SPACE, TAB } from "./octets.ts";

const NO_DIGIT: i32 = 255;
/** 0 … 15 for hexadecimal digits, `NO_DIGIT` for every other octet. */
const HEX_VALUE: Uint8Array = hexValues();

function hexValues(): Uint8Array {
  const values = new Uint8Array(256);
  values.fill(NO_DIGIT);
  const digits = octetsOf("0123456789abcdefABCDEF");
  for (let index: i32 = 0; index < digits.length; index++) {
    values[octetAt(digits, index)] = index < 16 ? index : index - 6;
  }
  return values;
}

// Where a chunked body is being read.
const SIZE: i32 = 0;
/** Blanks after the size: an extension or the line's end must follow. */
const AFTER_SIZE: i32 = 1;
const EXTENSION: i32 = 2;
const SIZE_LF: i32 = 3;
const DATA: i32 = 4;
const DATA_END: i32 = 5;
const DATA_LF: i32 = 6;
const TRAILER_START: i32 = 7;
const TRAILER: i32 = 8;
const TRAILER_LF: i32 = 9;
const ENDED: i32 = 10;
const BROKEN: i32 = 11;

export class ChunkedBody {
  private readonly content: BodyStart;
  private state: i32 = SIZE;
  /** Size read so far in SIZE, then bytes of the chunk still to come in DATA. */
  private remaining: f64 = 0;
  private hasDigits: boolean = false;

  /** @param content is told of the chunks' data */
  constructor(content: BodyStart) {
    this.content = content;
  }

  /** A new body begins. */
  begin(): void {
    this.state = SIZE;
    this.remaining = 0;
    this.hasDigits = false;
  }

  /** The last chunk and its trailers were read to their last byte. */
  get hasEnded(): boolean {
    return this.state === ENDED;
  }

  /** What was read is no chunked body. */
  get isBroken(): boolean {
    return this.state === BROKEN;
  }

  /** Reads on; the result is `end`, or where the body ended or broke. */
  consume(bytes: Uint8Array, start: i32, end: i32): i32 {
    let at = start;
    while (at < end && this.state !== ENDED && this.state !== BROKEN) {
      if (this.state === DATA) {
        const held = end - at;
        if (held < this.remaining) {
          this.remaining -= held;
          this.content.take(bytes, at, end);
          return end;
        }
        const last = at + (this.remaining as i32);
        this.content.take(bytes, at, last);
        at = last;
        this.remaining = 0;
        this.state = DATA_END;
      } else {
        this.state = this.next(octetAt(bytes, at));
        at++;
      }
    }
    return at;
  }

  /** Passes over a hole of `length` bytes; `false` when it reaches beyond the chunk's data, so that framing is lost. */
  skip(length: f64): boolean {
    if (this.state !== DATA || length > this.remaining) return false;
    this.remaining -= length;
    this.content.miss(length);
    if (this.remaining === 0) this.state = DATA_END;
    return true;
  }

  private next(octet: i32): i32 {
    switch (this.state) {
      case SIZE:
        return this.afterSizeOctet(octet);
      case AFTER_SIZE:
        if (octet === SPACE || octet === TAB) return AFTER_SIZE;
        return octet === SEMICOLON ? EXTENSION : this.atSizeLineEnd(octet);
      case EXTENSION:
        return octet === LF ? this.afterSizeLine() : EXTENSION;
      case SIZE_LF:
        return octet === LF ? this.afterSizeLine() : BROKEN;
      case DATA_END:
        if (octet === CR) return DATA_LF;
        return octet === LF ? this.nextSize() : BROKEN;
      case DATA_LF:
        return octet === LF ? this.nextSize() : BROKEN;
      case TRAILER_START:
        if (octet === LF) return ENDED;
        return octet === CR ? TRAILER_LF : TRAILER;
      case TRAILER:
        return octet === LF ? TRAILER_START : TRAILER;
      case TRAILER_LF:
        return octet === LF ? ENDED : TRAILER;
      default:
        return this.state;
    }
  }

  private afterSizeOctet(octet: i32): i32 {
    const digit = octetAt(HEX_VALUE, octet);
    if (digit !== NO_DIGIT) {
      this.hasDigits = true;
      this.remaining = this.remaining * 16 + digit;
      return this.remaining > MAX_COUNTED ? BROKEN : SIZE;
    }
    if (!this.hasDigits) return BROKEN;
    if (octet === SPACE || octet === TAB) return AFTER_SIZE;
    return octet === SEMICOLON ? EXTENSION : this.atSizeLineEnd(octet);
  }

  private atSizeLineEnd(octet: i32): i32 {
    if (octet === CR) return SIZE_LF;
    return octet === LF ? this.afterSizeLine() : BROKEN;
  }

  private afterSizeLine(): i32 {
    return this.remaining === 0 ? TRAILER_START : DATA;
  }

  private nextSize(): i32 {
    this.hasDigits = false;
    return SIZE;
  }
}
