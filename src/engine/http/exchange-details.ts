import { min } from "../dialect/integers.ts";
import type { FieldValue, MessageHead } from "./message-head.ts";
import type { ExchangePool, OpenExchange } from "./open-exchange.ts";

/** Longest request target that is reported, in bytes. */
const MAX_TARGET_LENGTH: i32 = 8192;
/** Longest value of Host, X-Request-ID and X-Forwarded-For that is reported, in bytes. */
const MAX_FIELD_LENGTH: i32 = 1024;

/**
 * Copies what reports tell of a request's head: target, Host, X-Request-ID, X-Forwarded-For.
 * @returns `false` when they would take too much memory; then none is copied
 */
export function takeDetails(
  exchange: OpenExchange,
  head: MessageHead,
  bytes: Uint8Array,
  pool: ExchangePool,
): boolean {
  const targetLength = min(head.targetEnd - head.targetStart, MAX_TARGET_LENGTH);
  const hostLength = fieldLength(head.host);
  const requestIdLength = fieldLength(head.requestId);
  const forwardedForLength = fieldLength(head.forwardedFor);
  const length = targetLength + hostLength + requestIdLength + forwardedForLength;
  if (!pool.grantDetails(exchange, length)) return false;
  exchange.target = copyOf(bytes, head.targetStart, targetLength);
  exchange.host = copyOf(bytes, head.host.start, hostLength);
  exchange.requestId = copyOf(bytes, head.requestId.start, requestIdLength);
  exchange.forwardedFor = copyOf(bytes, head.forwardedFor.start, forwardedForLength);
  return true;
}

/** The octets of a method that is none of the known ones. */
export function takeMethodName(exchange: OpenExchange, head: MessageHead, bytes: Uint8Array): void {
  exchange.methodName = copyOf(bytes, head.methodStart, head.methodEnd - head.methodStart);
}

function fieldLength(value: FieldValue): i32 {
  return value.isThere ? min(value.end - value.start, MAX_FIELD_LENGTH) : 0;
}

/** A copy of `length` bytes, `null` of none. */
function copyOf(bytes: Uint8Array, start: i32, length: i32): Uint8Array | null {
  if (length === 0) return null;
  const copy = new Uint8Array(length);
  copy.set(bytes.subarray(start, start + length));
  return copy;
}
