import { UNKNOWN } from "./methods.ts";

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
  hostStart: i32 = -1;
  hostEnd: i32 = -1;
  requestIdStart: i32 = -1;
  requestIdEnd: i32 = -1;
  forwardedForStart: i32 = -1;
  forwardedForEnd: i32 = -1;
  /** `Connection: close`: the sender keeps the connection for no other message. */
  closes: boolean = false;
  /** The value of the field read last. */
  valueStart: i32 = -1;
  valueEnd: i32 = -1;
  /** Of responses only. */
  etagStart: i32 = -1;
  etagEnd: i32 = -1;
  serverTimingStart: i32 = -1;
  serverTimingEnd: i32 = -1;
  viaStart: i32 = -1;
  viaEnd: i32 = -1;

  /** Forgets the fields of the message before; the start line sets the rest. */
  clearFields(): void {
    this.contentLength = NO_LENGTH;
    this.transferCoding = NONE;
    this.closes = false;
    this.hostStart = -1;
    this.requestIdStart = -1;
    this.forwardedForStart = -1;
    this.etagStart = -1;
    this.serverTimingStart = -1;
    this.viaStart = -1;
  }
}
