/** A retransmission that put earlier copies of `start` … `end` (end excluded) under suspicion of having been lost. */
export class Suspicion {
  readonly start: u32;
  readonly end: u32;
  /** Copies that it says were lost; 0 once they are taken back. */
  losses: i32;
  /** Whether it may have been in vain without a trace: its losses are within the range of what was lost. */
  isUnsure: boolean;
  /** Of `connection-sink.ts`: `UNDECIDED` where the receiver's silence explains it as well. */
  readonly evidence: i32;

  constructor(start: u32, end: u32, losses: i32, isUnsure: boolean, evidence: i32) {
    this.start = start;
    this.end = end;
    this.losses = losses;
    this.isUnsure = isUnsure;
    this.evidence = evidence;
  }
}
