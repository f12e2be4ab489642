import type { MessageHead } from "./message-head.ts";
import type { ExchangePool, OpenExchange } from "./open-exchange.ts";

/** Longest request target that is reported, in bytes. */
const MAX_TARGET_LENGTH = 8192;
/** Longest value of Host, X-Request-ID and X-Forwarded-For that is reported, in bytes. */
const MAX_FIELD_LENGTH = 1024;

/**
 * Makes the strings of a request's head: target, Host, X-Request-ID, X-Forwarded-For, each as latin-1.
 * @returns `false` when they would take too much memory; then none is made
 */
export function takeDetails(
  exchange: OpenExchange,
  head: MessageHead,
  bytes: Buffer,
  pool: ExchangePool,
): boolean {
  const targetLength = Math.min(head.targetEnd - head.targetStart, MAX_TARGET_LENGTH);
  const hostLength = fieldLength(head.hostStart, head.hostEnd);
  const requestIdLength = fieldLength(head.requestIdStart, head.requestIdEnd);
  const forwardedForLength = fieldLength(head.forwardedForStart, head.forwardedForEnd);
  const length = targetLength + hostLength + requestIdLength + forwardedForLength;
  if (!pool.grantDetails(exchange, length)) return false;
  exchange.target = bytes.toString("latin1", head.targetStart, head.targetStart + targetLength);
  exchange.host = text(bytes, head.hostStart, hostLength);
  exchange.requestId = text(bytes, head.requestIdStart, requestIdLength);
  exchange.forwardedFor = text(bytes, head.forwardedForStart, forwardedForLength);
  return true;
}

function fieldLength(start: number, end: number): number {
  return start === -1 ? 0 : Math.min(end - start, MAX_FIELD_LENGTH);
}

function text(bytes: Buffer, start: number, length: number): string {
  return length === 0 ? "" : bytes.toString("latin1", start, start + length);
}
