/**
 * What crosses from the tracking program to the counting program: a row of records, in the order of the calls that they stand
 * for. A record is some words of 32 bits, its kind first. Files of this room whose names end in `-record` or `-records` each
 * write and read theirs. The payload of streams lies apart, as octets one behind the other.
 *
 * Times, durations and numbers of bytes in a tally are doubles of two words. `ends`: connection × 2 + side.
 */
export interface RecordBatch {
  /** The records. */
  readonly words: Int32Array;
  /** The payload that DATA records speak of. */
  readonly octets: Uint8Array;
  /** Whether some of the records are of a connection that may be TLS. */
  readonly hasTls: boolean;
}
