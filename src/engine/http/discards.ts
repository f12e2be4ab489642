/**
 * Why parts of streams, or whole connections, were given up. Each names a place in a stream where the http room lost
 * track and searched for the next start line, except where said otherwise.
 */
/** Nothing was given up. */
export const NONE = -1;
/** A hole where a message would have begun: an unknown number of messages is missing. */
export const START_HOLE = 0;
/** A hole in a header: snap length too short, or bytes lost. */
export const HEADER_HOLE = 1;
/** A hole in the framing of a chunked body. */
export const CHUNK_HOLE = 2;
/** A header longer than 256 KiB. */
export const HEADER_TOO_LONG = 3;
/** Unfinished headers of all connections together exceed 64 MiB. */
export const HEADER_MEMORY = 4;
/** After one message, something that is no start line (of this direction: a request where responses belong is none). */
export const BAD_START_LINE = 5;
/** Content-Length fields that differ or can't be read. */
export const BAD_CONTENT_LENGTH = 6;
/** A request with a transfer coding whose end can't be told. */
export const BAD_TRANSFER_CODING = 7;
/** A chunked body that breaks the coding. */
export const BAD_CHUNK = 8;
/** Requests without a response (or the reverse) beyond the limit: those that waited were let go. */
export const TOO_MANY_OPEN = 9;
/** Host, target and other texts of open exchanges exceed 64 MiB: an exchange went without them. */
export const DETAIL_MEMORY = 10;
/** Bytes passed over while searching, on connections that spoke HTTP (a sum of bytes, not of places). */
export const SKIPPED_BYTES = 11;
/** Connections that never spoke HTTP, by what their first bytes say. */
export const TLS = 12;
export const SSH = 13;
export const OTHER_PROTOCOL = 14;
/** HTTP/2: a hole, or a fault, after which the begin of the next frame was searched. */
export const HTTP2_HOLE = 15;
/** HTTP/2: header blocks with fields that refer to what was not captured, or that can't be read. */
export const HTTP2_FIELDS = 16;
/** HTTP/2: responses that a server announced to push (PUSH_PROMISE); nobody asked, so they are no exchanges. */
export const HTTP2_PUSHED = 17;
export const REASONS = 18;

/** What was given up, by the reasons above. */
export class Discards {
  /** From 0. */
  readonly counts: Float64Array = new Float64Array(REASONS);
  /** The frame in which each was first seen, 0 = never. */
  readonly firstFrames: Float64Array = new Float64Array(REASONS);

  add(reason: i32, count: f64, frame: i32): void {
    if (count === 0) return;
    this.counts[reason] = (this.counts[reason] as f64) + count;
    if ((this.firstFrames[reason] as f64) === 0) this.firstFrames[reason] = frame;
  }
}
