/**
 * Counts gRPC's messages in one direction of a stream: each begins with a flag of one octet and its length in four
 * (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md, Length-Prefixed-Message).
 */
import { octetAt } from "../dialect/byte-order.ts";

const PREFIX_LENGTH: i32 = 5;
const OCTETS: f64 = 256;

export class GrpcMessages {
  /** Messages that came whole. */
  count: i32 = 0;
  /** Octets of the prefix that came. */
  private prefix: i32 = 0;
  /** Octets of the message that are still to come. */
  private left: f64 = 0;
  /** Where the next message begins is not known, since bytes are missing. */
  private isLost: boolean = false;

  begin(): void {
    this.count = 0;
    this.prefix = 0;
    this.left = 0;
    this.isLost = false;
  }

  /** The next octets of content. @returns whether a message ends in them */
  take(bytes: Uint8Array, start: i32, end: i32): boolean {
    const before = this.count;
    let at = start;
    while (at < end && !this.isLost) {
      if (this.prefix < PREFIX_LENGTH) {
        const octet = octetAt(bytes, at++);
        this.left = this.prefix === 0 ? 0 : this.left * OCTETS + octet;
        this.prefix++;
      } else {
        const taken: f64 = Math.min(this.left, end - at);
        this.left -= taken;
        at += taken as i32;
      }
      this.endIfWhole();
    }
    return this.count > before;
  }

  /** So many octets are missing. */
  miss(length: i32): void {
    if (this.prefix < PREFIX_LENGTH || this.left < length) this.isLost = true;
    this.left -= length;
    if (!this.isLost) this.endIfWhole();
  }

  private endIfWhole(): void {
    if (this.prefix < PREFIX_LENGTH || this.left > 0) return;
    this.count++;
    this.prefix = 0;
  }
}
