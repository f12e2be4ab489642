import * as Framing from "./body-framing.ts";
import { BodyStart } from "./body-start.ts";
import { ChunkedBody } from "./chunked-body.ts";

/** The body of one message: finds its end, passes over everything else. */
export class MessageBody {
  /** By what the body is known again elsewhere. */
  readonly start: BodyStart = new BodyStart();
  private readonly chunked: ChunkedBody = new ChunkedBody(this.start);
  /** One of `body-framing.ts`. */
  private framing: i32 = Framing.NONE;
  private remaining: f64 = 0;

  /** A body begins; `length` counts with `Framing.LENGTH` only, and is then above 0. */
  begin(framing: i32, length: f64): void {
    this.framing = framing;
    this.remaining = length;
    this.start.begin();
    if (framing === Framing.CHUNKED) this.chunked.begin();
  }

  /** The body was read, or passed over, to its last byte. */
  get hasEnded(): boolean {
    if (this.framing === Framing.LENGTH) return this.remaining === 0;
    return this.framing === Framing.CHUNKED && this.chunked.hasEnded;
  }

  /** What was read is no chunked body. */
  get isBroken(): boolean {
    return this.framing === Framing.CHUNKED && this.chunked.isBroken;
  }

  get endsAtClose(): boolean {
    return this.framing === Framing.UNTIL_CLOSE;
  }

  /** Reads on; the result is `end`, or where the body ended or broke. */
  consume(bytes: Uint8Array, start: i32, end: i32): i32 {
    if (this.framing === Framing.CHUNKED) return this.chunked.consume(bytes, start, end);
    if (this.framing === Framing.UNTIL_CLOSE) {
      this.start.take(bytes, start, end);
      return end;
    }
    const held = end - start;
    if (held < this.remaining) {
      this.remaining -= held;
      this.start.take(bytes, start, end);
      return end;
    }
    const taken = this.remaining as i32;
    this.remaining = 0;
    this.start.take(bytes, start, start + taken);
    return start + taken;
  }

  /** Passes over a hole. The result is how many of its bytes belong to the body, −1 where framing is lost in it. */
  skip(length: f64): f64 {
    if (this.framing === Framing.CHUNKED) return this.chunked.skip(length) ? length : -1;
    if (this.framing === Framing.UNTIL_CLOSE) {
      this.start.miss(length);
      return length;
    }
    const taken = Math.min(length, this.remaining);
    this.remaining -= taken;
    this.start.miss(taken);
    return taken;
  }
}
