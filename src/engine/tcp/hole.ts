/** Sequence space of a direction that was not seen: `start` … `end` (end excluded). */
export class Hole {
  start: u32;
  end: u32;
  /**
   * Whether the segment beyond it, or the ACK of it, had timestamps, which all segments of both sides have or none; the former's
   * value and echo: what was sent later has later ones.
   */
  hasTimestamp: boolean = false;
  openedTimestamp: u32 = 0;
  openedEcho: u32 = 0;
  /** Whether its receiver has said by SACKs that its sender has to fill it, and the timestamp of that ACK. */
  isSacked: boolean = false;
  sackedTimestamp: u32 = 0;
  /** Whether something was seen that its sender sent after a repeat of these bytes, when, and that one's timestamp and echo. */
  isPassed: boolean = false;
  passedNs: f64 = 0;
  passedTimestamp: u32 = 0;
  passedEcho: u32 = 0;
  /** A duplicate SACK opened it, of a segment whose first copy was recorded then; −1 = none did. */
  askedNs: f64 = -1;
  /** Time when a segment beyond it, or an ACK of it, was seen. */
  readonly openedNs: f64;
  /** An ACK opened it: the receiver had those bytes before the tap could see them. */
  readonly acknowledged: boolean;

  constructor(start: u32, end: u32, openedNs: f64, acknowledged: boolean) {
    this.start = start;
    this.end = end;
    this.openedNs = openedNs;
    this.acknowledged = acknowledged;
  }

  /** The rest of the hole from `start` on, once a segment lies in its middle. */
  rest(start: u32): Hole {
    const rest = new Hole(start, this.end, this.openedNs, this.acknowledged);
    rest.hasTimestamp = this.hasTimestamp;
    rest.openedTimestamp = this.openedTimestamp;
    rest.openedEcho = this.openedEcho;
    rest.askedNs = this.askedNs;
    rest.isSacked = this.isSacked;
    rest.sackedTimestamp = this.sackedTimestamp;
    rest.isPassed = this.isPassed;
    rest.passedNs = this.passedNs;
    rest.passedTimestamp = this.passedTimestamp;
    rest.passedEcho = this.passedEcho;
    return rest;
  }
}
