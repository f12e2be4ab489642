/** PING as a round trip (RFC 9113 §6.7): from a frame to its acknowledgement, which has the same octets. */
import { octetAt } from "../dialect/byte-order.ts";
import { PING_LENGTH } from "./frame-types.ts";

/** Not measured. */
export const NO_ROUND_TRIP: f64 = -1;

/** The latest PING of one side. */
export class Ping {
  private readonly octets: Uint8Array = new Uint8Array(PING_LENGTH);
  private sentNs: f64 = NO_ROUND_TRIP;

  begin(): void {
    this.sentNs = NO_ROUND_TRIP;
  }

  sent(payload: Uint8Array, nowNs: f64): void {
    this.octets.set(payload.subarray(0, PING_LENGTH));
    this.sentNs = nowNs;
  }

  /** The other side acknowledges it: how long that took, or `NO_ROUND_TRIP`. */
  acknowledged(payload: Uint8Array, nowNs: f64): f64 {
    const sentNs = this.sentNs;
    if (sentNs < 0) return NO_ROUND_TRIP;
    for (let index: i32 = 0; index < PING_LENGTH; index++) {
      if (octetAt(payload, index) !== octetAt(this.octets, index)) return NO_ROUND_TRIP;
    }
    this.sentNs = NO_ROUND_TRIP;
    return nowNs - sentNs;
  }
}
