/**
 * Why parts of streams, or whole connections, were given up. Each names a place in a stream where the http room lost
 * track and searched for the next start line, except where said otherwise.
 */
export const DISCARD_REASONS = [
  /** A hole where a message would have begun: an unknown number of messages is missing. */
  "startHole",
  /** A hole in a header: snap length too short, or bytes lost. */
  "headerHole",
  /** A hole in the framing of a chunked body. */
  "chunkHole",
  /** A header longer than 256 KiB. */
  "headerTooLong",
  /** Unfinished headers of all connections together exceed 64 MiB. */
  "headerMemory",
  /** After one message, something that is no start line (of this direction: a request where responses belong is none). */
  "badStartLine",
  /** Content-Length fields that differ or can't be read. */
  "badContentLength",
  /** A request with a transfer coding whose end can't be told. */
  "badTransferCoding",
  /** A chunked body that breaks the coding. */
  "badChunk",
  /** Requests without a response (or the reverse) beyond the limit: those that waited were let go. */
  "tooManyOpen",
  /** Host, target and other strings of open exchanges exceed 64 MiB: an exchange went without them. */
  "detailMemory",
  /** Bytes passed over while searching, on connections that spoke HTTP (a sum of bytes, not of places). */
  "skippedBytes",
  /** Connections that never spoke HTTP, by what their first bytes say. */
  "tls",
  "ssh",
  "http2",
  "otherProtocol",
] as const;

export type DiscardReason = (typeof DISCARD_REASONS)[number];

/** Counts by reason, all from 0. */
export type Discards = Record<DiscardReason, number>;

export function noDiscards(): Discards {
  return Object.fromEntries(DISCARD_REASONS.map((reason) => [reason, 0])) as Discards;
}
