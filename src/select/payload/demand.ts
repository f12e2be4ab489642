/** What a reader of payloads makes of the bytes that it is given: complete messages, and one that goes on in later segments. */

/** How much the reader of an unfinished message asks for, besides a number of bytes above 0. */
export const Demand = {
  /** Nothing: all messages are complete. */
  none: 0,
  /** One segment more, however long. */
  oneMoreSegment: -1,
  /** Everything up to the FIN. */
  untilFin: -2,
} as const;

/** A message of which more has to come. Its reader keeps here what it knows of it. */
export interface UnfinishedMessage {
  /** Bytes, or one of `Demand`. */
  demand: number;
  /** What comes next is skipped: the bytes need not be kept until it is there. */
  isOpaque: boolean;
}

/** The circumstances of bytes that are read. */
export interface ReadContext {
  /** Their last segment has a FIN: nothing comes after it. */
  readonly isLast: boolean;
  /** More may be asked for: every byte of the segment was captured, and the stream goes on. */
  readonly mayAsk: boolean;
  /** Bytes of the segment behind them that were not captured. */
  readonly missingBytes: number;
}

/** Reads the payload of one direction of a connection. */
export interface PayloadReader {
  /** Where in the bytes of the last call the message that it left unfinished begins; −1: before them. */
  readonly unfinishedAt: number;

  /**
   * Reads what follows on the bytes before, or on an unfinished message.
   * @param message the unfinished message that the bytes continue; `null`: they stand alone
   * @returns the message that they leave unfinished; `null`: none
   */
  read(bytes: Uint8Array, message: UnfinishedMessage | null, context: ReadContext): UnfinishedMessage | null;
}

/** What the payload of the frame under way shows: bits of `FrameProtocol`. */
export interface ShownProtocols {
  bits: number;
}
