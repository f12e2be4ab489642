/** Who takes the ordered bytes of connections: the HTTP room. Connections are slots: small integers, used again. */
export interface StreamListener {
  /**
   * A connection begins.
   * @param fromStart its SYN was seen, so the first bytes are the stream's first
   * @param clientSide the side that sent the SYN, −1 where unknown
   */
  open(connection: i32, fromStart: boolean, clientSide: i32): void;
  /**
   * The next bytes of `side`'s stream, `bytes[start, end)`; they lie in the capture's memory, valid during the call.
   * @param reply what the side has taken of the other one: of `reply-kind.ts`
   */
  data(
    connection: i32,
    side: i32,
    bytes: Uint8Array,
    start: i32,
    end: i32,
    timeNs: f64,
    frame: i32,
    reply: i32,
  ): void;
  /** `length` bytes of the stream that the capture doesn't hold: lost, or cut off by the snap length. */
  gap(connection: i32, side: i32, length: i32, timeNs: f64, frame: i32): void;
  /** The direction ends, after its last byte; reasons: below. */
  close(connection: i32, side: i32, reason: i32, timeNs: f64, frame: i32): void;
  /** The connection is gone; its slot may be used again. */
  forget(connection: i32): void;
}

// How a direction of a stream ended.
export const FIN = 0;
export const RESET = 1;
/** The connection was given up, or the capture ended. */
export const END = 2;
/** Another connection took its ports over: it had ended, unseen. */
export const REPLACED = 3;
