/** What the tracker found in one segment: valid until the next one. */
export class SegmentFacts {
  /** Slot of its connection, and which side sent it. */
  connection: i32 = 0;
  side: i32 = 0;
  /** Bits of `analysis-flags.ts`. */
  analysis: i32 = 0;
  /** A frame recorded twice: nothing of it counts but Wireshark's analysis. */
  duplicate: boolean = false;
  /** It occupies sequence space: SYN, data or FIN (a keep-alive or zero-window probe does not). */
  occupies: boolean = false;
  /** Payload bytes seen for the first time, and sequence space seen again. */
  newPayloadBytes: i32 = 0;
  seenAgainBytes: i32 = 0;
  /** How its IPv4 ID follows the direction's last one: see `id-step.ts`. */
  idStep: i32 = 0;
}
