/** A retransmission that put earlier copies of `start` … `end` (end excluded) under suspicion of having been lost. */
export class Suspicion {
  readonly start: u32;
  readonly end: u32;
  /** Copies that it says were lost; 0 once they are taken back. */
  losses: i32;

  constructor(start: u32, end: u32, losses: i32) {
    this.start = start;
    this.end = end;
    this.losses = losses;
  }
}
