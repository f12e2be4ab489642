/** A segment in flight: occupies sequence space, was seen at the tap, and is not yet acknowledged. */
export class FlightEntry {
  /** Sequence space: `start` … `end` (end excluded). */
  start: u32 = 0;
  end: u32 = 0;
  /** How often its bytes were seen at the tap. */
  copies: i32 = 0;
  /** Number of the last packet that carried it: one that is sent again may carry several. */
  lastPacket: f64 = 0;
  /** Another part of the segment that it was recorded in was repeated without it, or it without that. */
  isPart: boolean = false;
  /** Copies that a receiver without SACK showed to be missing, and those sent again without a sign of the receiver. */
  missing: i32 = 0;
  unanswered: i32 = 0;
  /** When the first and the last copy were recorded. */
  firstNs: f64 = 0;
  lastNs: f64 = 0;
  /** Timestamp option's value of the first and of the last copy; 0 where they have none. */
  firstTimestamp: u32 = 0;
  lastTimestamp: u32 = 0;
  /** The entry after this one, in ascending order of sequence number. */
  next: FlightEntry | null = null;
}
