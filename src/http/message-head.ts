/** No Content-Length field in the header. */
export const NO_LENGTH = -1;
/** Content-Length fields that can't be read, or that differ (RFC 9112 §6.3, item 5). */
export const INVALID_LENGTH = -2;

/** What the Transfer-Encoding fields say of the last coding applied (RFC 9112 §6.1). */
export const TransferCoding = { NONE: 0, CHUNKED: 1, OTHER: 2 } as const;
export type TransferCoding = (typeof TransferCoding)[keyof typeof TransferCoding];

/**
 * Start line and header fields of one message, as far as framing and reports need them. One record is filled over and
 * over; ranges are offsets into the bytes that were parsed, −1 where the field is absent.
 */
export class MessageHead {
  isRequest = false;
  /** A request line without a version (HTTP/0.9): no header follows, the response is bare bytes until close. */
  isSimple = false;
  /** Interned for known methods, else as sent; empty for responses. */
  method = "";
  targetStart = -1;
  targetEnd = -1;
  /** 100 … 999; 0 for requests. */
  status = 0;
  /** Bytes of body announced, `NO_LENGTH` or `INVALID_LENGTH`. */
  contentLength = NO_LENGTH;
  transferCoding: TransferCoding = TransferCoding.NONE;
  hostStart = -1;
  hostEnd = -1;
  requestIdStart = -1;
  requestIdEnd = -1;
  forwardedForStart = -1;
  forwardedForEnd = -1;

  /** Forgets the fields of the message before; the start line sets the rest. */
  clearFields(): void {
    this.contentLength = NO_LENGTH;
    this.transferCoding = TransferCoding.NONE;
    this.hostStart = -1;
    this.requestIdStart = -1;
    this.forwardedForStart = -1;
  }
}
