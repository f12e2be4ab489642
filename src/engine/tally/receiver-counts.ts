/** Requests by who got them, below the address that all were sent to: see `frame-receiver.ts`. */
import { NO_RECEIVER } from "../frames/frame-receiver.ts";

/** Receivers told apart; requests of further ones are not counted by receiver. */
const MAX_RECEIVERS: i32 = 64;

export class ReceiverCounts {
  private readonly receivers: f64[] = [];
  private readonly requests: f64[] = [];

  /** A request came to the receiver, if it is known. */
  add(receiver: f64): void {
    if (receiver === NO_RECEIVER) return;
    const receivers = this.receivers;
    for (let index: i32 = 0; index < receivers.length; index++) {
      if ((receivers[index] as f64) === receiver) {
        this.requests[index] = (this.requests[index] as f64) + 1;
        return;
      }
    }
    if (receivers.length >= MAX_RECEIVERS) return;
    receivers.push(receiver);
    this.requests.push(1);
  }

  /** The same counts once more, to be added to apart from these. */
  copy(): ReceiverCounts {
    const copy = new ReceiverCounts();
    for (let index: i32 = 0; index < this.receivers.length; index++) {
      copy.receivers.push(this.receivers[index] as f64);
      copy.requests.push(this.requests[index] as f64);
    }
    return copy;
  }

  /** Each receiver, in order of its first request, and its requests. */
  readings(): Float64Array {
    const readings = new Float64Array(2 * this.receivers.length);
    for (let index: i32 = 0; index < this.receivers.length; index++) {
      readings[2 * index] = this.receivers[index] as f64;
      readings[2 * index + 1] = this.requests[index] as f64;
    }
    return readings;
  }
}
