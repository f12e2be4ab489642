import type { Side } from "./connection.ts";

/** Who takes the ordered bytes of connections: the HTTP room. Connections are slots: small integers, used again. */
export interface StreamListener {
  /**
   * A connection begins.
   * @param fromStart its SYN was seen, so the first bytes are the stream's first
   * @param clientSide the side that sent the SYN, −1 where unknown
   */
  open(connection: number, fromStart: boolean, clientSide: Side | -1): void;
  /** The next bytes of `side`'s stream, `bytes[start, end)`; they lie in the capture's memory, valid during the call. */
  data(
    connection: number,
    side: Side,
    bytes: Buffer,
    start: number,
    end: number,
    timeNs: number,
    frame: number,
  ): void;
  /** `length` bytes of the stream that the capture doesn't hold: lost, or cut off by the snap length. */
  gap(connection: number, side: Side, length: number, timeNs: number, frame: number): void;
  /** The direction ends, after its last byte. */
  close(connection: number, side: Side, reason: "fin" | "reset" | "end", timeNs: number, frame: number): void;
  /** The connection is gone; its slot may be used again. */
  forget(connection: number): void;
}
