/**
 * An estimate of the time to first byte of HTTP/1.1 in TLS, from encrypted records alone: from the last record of the client before
 * the server's next record to that record. Bias: an interim response counts as the answer, a request that was sent before the answer to
 * the one before it is not told apart from that one, and of TLS 1.3 the first exchange of a connection is left out, since session
 * tickets look like its answer (RFC 8446 §4.6.1).
 */
export class FirstByteEstimate {
  readonly #add: (durationNs: number) => void;
  #askedNs = -1;
  #toLeaveOut: number;

  /** @param leftOut exchanges at the beginning that do not count */
  constructor(leftOut: number, add: (durationNs: number) => void) {
    this.#add = add;
    this.#toLeaveOut = leftOut;
  }

  /** A record of application data, as far as anybody can tell. */
  record(isClient: boolean, timeNs: number): void {
    if (isClient) {
      this.#askedNs = timeNs;
      return;
    }
    if (this.#askedNs < 0) return;
    if (this.#toLeaveOut > 0) this.#toLeaveOut--;
    else this.#add(Math.max(0, timeNs - this.#askedNs));
    this.#askedNs = -1;
  }
}
