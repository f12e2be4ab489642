/** Sequence space of a direction that was not seen: `start` … `end` (end excluded). */
export class Hole {
  start: u32;
  end: u32;
  /** Segments that have filled parts of it so far. */
  fillers: i32 = 0;
  /** Size when it opened. */
  readonly openedSize: i32;
  /** Time when a segment beyond it, or an ACK of it, was seen. */
  readonly openedNs: f64;
  /** An ACK opened it: the receiver had those bytes before the tap could see them. */
  readonly acknowledged: boolean;

  constructor(start: u32, end: u32, openedSize: i32, openedNs: f64, acknowledged: boolean) {
    this.start = start;
    this.end = end;
    this.openedSize = openedSize;
    this.openedNs = openedNs;
    this.acknowledged = acknowledged;
  }
}
