import { Framing } from "./body-framing.ts";
import { ChunkedBody } from "./chunked-body.ts";

/** The body of one message: finds its end, passes over everything else. */
export class MessageBody {
  private readonly chunked = new ChunkedBody();
  private framing: Framing = Framing.NONE;
  private remaining = 0;

  /** A body begins; `length` counts with `Framing.LENGTH` only, and is then above 0. */
  begin(framing: Framing, length: number): void {
    this.framing = framing;
    this.remaining = length;
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
  consume(bytes: Buffer, start: number, end: number): number {
    if (this.framing === Framing.CHUNKED) return this.chunked.consume(bytes, start, end);
    if (this.framing === Framing.UNTIL_CLOSE) return end;
    const taken = Math.min(end - start, this.remaining);
    this.remaining -= taken;
    return start + taken;
  }

  /** Passes over a hole. The result is how many of its bytes belong to the body, −1 where framing is lost in it. */
  skip(length: number): number {
    if (this.framing === Framing.CHUNKED) return this.chunked.skip(length) ? length : -1;
    if (this.framing === Framing.UNTIL_CLOSE) return length;
    const taken = Math.min(length, this.remaining);
    this.remaining -= taken;
    return taken;
  }
}
