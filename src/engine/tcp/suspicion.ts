/** A retransmission that put earlier copies of `start` … `end` (end excluded) under suspicion of having been lost. */
export class Suspicion {
  readonly start: u32;
  readonly end: u32;
  /** How far the direction had come when it was sent: an ACK beyond is of something later. */
  readonly sentEnd: u32;
  /** Copies that it says were lost; 0 once they are taken back. */
  losses: i32;
  /** Whether it may have been in vain without a trace: its losses are within the range of what was lost. */
  readonly isUnsure: boolean;
  /** Duplicate ACKs that it will cause, if it was in vain. */
  due: i32;

  constructor(start: u32, end: u32, sentEnd: u32, losses: i32, isUnsure: boolean) {
    this.start = start;
    this.end = end;
    this.sentEnd = sentEnd;
    this.losses = losses;
    this.isUnsure = isUnsure;
    this.due = losses;
  }
}
