/**
 * What a message's body is known by on another connection: its length and a hash of its first bytes, both without the
 * framing of chunks, which a proxy may change.
 */
import { min } from "../dialect/integers.ts";
import { hashOn, neverZero, OFFSET_BASIS } from "./request-identity.ts";

/** Bytes that are hashed: enough for a name, a token or a number near the start of a short answer. */
const MAX_BYTES: i32 = 256;

export class BodyStart {
  private value: i32 = OFFSET_BASIS;
  private hashed: i32 = 0;
  /** Bytes are missing among those that would be hashed. */
  private hasHole: boolean = false;
  /** Bytes of content so far. */
  length: f64 = 0;

  /** A body begins. */
  begin(): void {
    this.value = OFFSET_BASIS;
    this.hashed = 0;
    this.hasHole = false;
    this.length = 0;
  }

  /** The next bytes of content. */
  take(bytes: Uint8Array, start: i32, end: i32): void {
    this.length += end - start;
    if (this.hashed === MAX_BYTES) return;
    const limit = min(end, start + MAX_BYTES - this.hashed);
    this.value = hashOn(this.value, bytes, start, limit);
    this.hashed += limit - start;
  }

  /** Content that is missing in the capture. */
  miss(length: f64): void {
    this.length += length;
    if (this.hashed < MAX_BYTES) this.hasHole = true;
  }

  /** Hash of the first bytes; 0 where there are none, or some were not captured. */
  get hash(): i32 {
    return this.hashed === 0 || this.hasHole ? 0 : neverZero(this.value);
  }
}
