import { UNKNOWN } from "./methods.ts";
import { holdsAt } from "./octets.ts";

/** No Content-Length field in the header. */
export const NO_LENGTH: f64 = -1;
/** Content-Length fields that can't be read, or that differ (RFC 9112 §6.3, item 5). */
export const INVALID_LENGTH: f64 = -2;
/** The longest body, or chunk, whose bytes can be counted exactly: 2⁵³ − 1. */
export const MAX_COUNTED: f64 = 9_007_199_254_740_991;

// What the Transfer-Encoding fields say of the last coding applied (RFC 9112 §6.1).
export const NONE = 0;
export const CHUNKED = 1;
export const OTHER = 2;

/** Where the value of a field lies, without the blanks around it. */
export class FieldValue {
  /** −1: the head has no such field. */
  start: i32 = -1;
  end: i32 = -1;

  get isThere(): boolean {
    return this.start !== -1;
  }

  /** Whether the value begins with this text. */
  begins(bytes: Uint8Array, text: Uint8Array): boolean {
    return this.isThere && this.end - this.start >= text.length && holdsAt(bytes, this.start, text);
  }
}

/**
 * Start line and header fields of one message, as far as framing and reports need them. One record is filled over and
 * over; ranges are offsets into the bytes that were parsed, −1 where the field is absent.
 */
export class MessageHead {
  isRequest: boolean = false;
  /** A request line without a version (HTTP/0.9): no header follows, the response is bare bytes until close. */
  isSimple: boolean = false;
  /** Number of a known method (see `methods.ts`); `UNKNOWN` for others, and for responses. */
  method: i32 = UNKNOWN;
  /** The method as sent; −1 for responses. */
  methodStart: i32 = -1;
  methodEnd: i32 = -1;
  targetStart: i32 = -1;
  targetEnd: i32 = -1;
  /** 100 … 999; 0 for requests. */
  status: i32 = 0;
  /** Bytes of body announced, `NO_LENGTH` or `INVALID_LENGTH`. */
  contentLength: f64 = NO_LENGTH;
  /** The last transfer coding: `NONE`, `CHUNKED` or `OTHER`. */
  transferCoding: i32 = NONE;
  readonly host: FieldValue = new FieldValue();
  readonly requestId: FieldValue = new FieldValue();
  readonly forwardedFor: FieldValue = new FieldValue();
  /** Of responses only. */
  readonly etag: FieldValue = new FieldValue();
  readonly serverTiming: FieldValue = new FieldValue();
  readonly via: FieldValue = new FieldValue();
  /** Of responses: what the connection is upgraded to. */
  readonly upgrade: FieldValue = new FieldValue();
  /** `Connection: close`: the sender keeps the connection for no other message. */
  closes: boolean = false;

  /** Forgets the fields of the message before; the start line sets the rest. */
  clearFields(): void {
    this.contentLength = NO_LENGTH;
    this.transferCoding = NONE;
    this.closes = false;
    this.host.start = -1;
    this.requestId.start = -1;
    this.forwardedFor.start = -1;
    this.etag.start = -1;
    this.serverTiming.start = -1;
    this.via.start = -1;
    this.upgrade.start = -1;
  }
}
